"""What waits for a role in meetings, for its list of pending things. A fixed number of queries."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import best
from tequio.meetings.models import AgendaItem, Agreement, Correction, Minutes, Session
from tequio.people.models import Role
from tequio.people.pending import Item

SECRETARIAT = ("secretariat", "poc")
SEATS = ("seat_head", "seat_liaison")
OWNERS = ("lead", "support", *SEATS)
SOON = dt.timedelta(days=14)


def for_role(role: Role, today: dt.date) -> Iterator[Item]:
    """Everything that waits for this role."""
    if role.kind in SECRETARIAT:
        yield from _secretariat(role, today)
    if role.kind in SEATS:
        yield from _reviews(role, today)
    if role.kind in OWNERS:
        yield from _agreements(role, today)


def _url(name: str, role: Role, number: int) -> str:
    return reverse(f"meetings:{name}", args=[role.jurisdiction.slug, number])


def _secretariat(role: Role, today: dt.date) -> Iterator[Item]:
    place = role.jurisdiction
    drafts = Session.objects.filter(jurisdiction=place, state=Session.State.DRAFT).select_related(
        "body", "jurisdiction"
    )
    for session in drafts:
        yield Item(
            "write",
            _("Convocar la sesión"),
            best(session.title)[0],
            _url("run", role, session.number),
            session.invite_by,
        )
    rows = Minutes.objects.filter(session__jurisdiction=place, due__isnull=False).exclude(state=Minutes.State.APPROVED)
    asked = set(Correction.objects.filter(minutes__in=rows, answer="").values_list("minutes_id", flat=True))
    for minutes in rows.select_related("session"):
        number, about = minutes.session.number, best(minutes.session.title)[0]
        if minutes.pk in asked:
            yield Item("answer", _("Responder correcciones del acta"), about, _url("review", role, number), minutes.due)
        elif minutes.state == Minutes.State.DRAFT:
            yield Item("write", _("Terminar el acta"), about, _url("minutes", role, number), minutes.due)
        elif minutes.review_until is not None and minutes.review_until < today:
            yield Item("decide", _("Aprobar el acta"), about, _url("review", role, number), minutes.due)
    for item in AgendaItem.objects.filter(jurisdiction=place, state=AgendaItem.State.PROPOSED).order_by("number"):
        yield Item(
            "answer",
            _("Responder una propuesta de tema"),
            item.title,
            _url("proposal", role, item.number),
            None,
            item.proposed_on,
        )


def _reviews(role: Role, today: dt.date) -> Iterator[Item]:
    rows = Minutes.objects.filter(
        state=Minutes.State.REVIEW,
        review_until__gte=today,
        session__attendees__holder__role=role,
        session__attendees__confirmed=True,
    )
    for minutes in rows.select_related("session").distinct():
        about = best(minutes.session.title)[0]
        yield Item(
            "check", _("Revisar el acta"), about, _url("review", role, minutes.session.number), minutes.review_until
        )


def _agreements(role: Role, today: dt.date) -> Iterator[Item]:
    own = Q(seat__holders__role=role)
    if role.organisation_id is not None:
        own |= Q(organisation=role.organisation_id)
    rows = Agreement.objects.filter(own, state=Agreement.State.OPEN, agreed_on__isnull=False, due__lte=today + SOON)
    for row in rows.filter(jurisdiction=role.jurisdiction).distinct():
        yield Item("report", _("Dar seguimiento a un acuerdo"), str(row), _url("follow_up", role, row.number), row.due)
