"""Whom to remind of what: activities due and late, and the committee's clock, computed from where each activity stands.

An activity is reminded of 30, 7 and 1 days before it is due and when it is late, to the liaison and the head of the
commitment; where these are not named or cannot be reached, to everybody who answers for its institution. When nothing
has come for as many days after it was due as the plan says (``Clocks``), the secretariat hears; so it does when the
committee has not decided that long after a report.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.commitments.models import Commitment
from tequio.common.dates import in_words
from tequio.monitoring.models import Committee, Said, State, clocks_of
from tequio.monitoring.rows import Step
from tequio.monitoring.standing import rows_for
from tequio.notices import reminders
from tequio.notices.reminders import Reminder, reached
from tequio.people.models import Role
from tequio.plans.models import Plan
from tequio.record.subjects import url

BEFORE = (1, 7, 30)  # days before the day an activity is due
ANSWERS = ("lead", "seat_head", "seat_liaison")  # who answers for an institution
AFTER_PLAN = dt.timedelta(days=90)  # how long after a plan's end we still remind
DONE = (State.REPORTED, State.UNDER_REVIEW, State.REOPENED)  # what waits for the committee


def register() -> None:
    reminders.register(due_and_late)


def due_and_late(today: dt.date) -> Iterator[Reminder]:
    """Every reminder that holds today, of all plans that run or ended not long ago. A fixed number of queries for each."""
    plans = Plan.objects.filter(status=Plan.Status.PUBLISHED).select_related("jurisdiction", "clocks")
    for plan in plans:
        if plan.end.last is None or plan.end.last + AFTER_PLAN >= today:
            yield from _of_plan(plan, today)


def _of_plan(plan: Plan, today: dt.date) -> Iterator[Reminder]:
    commitments = list(
        Commitment.objects.filter(plan=plan, status=Commitment.Status.PUBLISHED)
        .select_related("plan", "lead", "jurisdiction", "head__person__account", "liaison__person__account")
        .prefetch_related("supports__organisation")
    )
    answering = _answering(plan, today)
    committee, patience = _committee(plan, today), clocks_of(plan).days_to_escalate
    for row in rows_for(commitments, today, lean=True):
        for step in row.steps:
            if not step.standing.told:
                continue
            if step.standing.state in DONE and step.standing.said == Said.COMPLETE:
                yield from _to_decide(step, committee, today, patience)
            elif step.standing.state != State.VERIFIED and step.deadline.due is not None:
                yield from _to_report(step, step.deadline.due, answering, today, patience)


def _answering(plan: Plan, today: dt.date) -> dict[int, list[Role]]:
    """Who answers for each institution of the plan's jurisdiction, by its primary key."""
    roles = Role.objects.filter(Q(until=None) | Q(until__gte=today), jurisdiction=plan.jurisdiction, kind__in=ANSWERS)
    found: dict[int, list[Role]] = defaultdict(list)
    for role in roles.select_related("person__account"):
        if role.organisation_id is not None:
            found[role.organisation_id].append(role)
    return found


def _committee(plan: Plan, today: dt.date) -> list[Role]:
    committee = Committee.objects.filter(plan=plan).first()
    return list(committee.members.select_related("person__account")) if committee else []


def _to_report(
    step: Step, due: dt.date, answering: dict[int, list[Role]], today: dt.date, patience: int
) -> Iterator[Reminder]:
    activity, left = step.activity, (due - today).days
    roles = _roles(step, answering, today)
    if left < 0:
        yield _reminder(step, "late", due, partial(_late, due, -left), roles)
        if -left >= patience:
            who = activity.lead or activity.commitment.lead
            yield _reminder(step, "escalated", due, partial(_escalated, due, -left, who.name if who else ""), ())
        return
    threshold = next((days for days in BEFORE if left <= days), None)
    if threshold is not None:
        yield _reminder(step, str(threshold), due, partial(_due, due, left), roles)


def _roles(step: Step, answering: dict[int, list[Role]], today: dt.date) -> Sequence[Role]:
    """The commitment's liaison and head where its institution leads the activity; else, or where one of the two cannot be
    reached, everybody who answers for the institution."""
    activity, commitment = step.activity, step.activity.commitment
    lead = activity.lead_id or commitment.lead_id
    named: list[Role] = []
    if lead == commitment.lead_id:
        named = [role for role in (commitment.liaison, commitment.head) if role is not None and reached([role], today)]
        if len(named) == 2:
            return named
    return [*named, *(answering.get(lead, ()) if lead is not None else ())]


def _to_decide(step: Step, committee: Iterable[Role], today: dt.date, patience: int) -> Iterator[Reminder]:
    track = step.activity.track
    if track.said_on is None:
        return
    waited = (today - track.said_on).days
    if waited >= patience:
        words = partial(_undecided, track.said_on, waited)
        roles = list(committee)
        if roles:
            yield _reminder(step, "decide", track.said_on, words, roles)
        yield _reminder(step, "undecided", track.said_on, words, ())


def _reminder(step: Step, threshold: str, due: dt.date, words: partial[str], roles: Sequence[Role]) -> Reminder:
    activity = step.activity
    place = activity.commitment.jurisdiction
    key = f"{place.slug}/activity/{activity.number}"
    with translation.override("es"):
        address = url(key)
    return Reminder(
        key=f"{key}:{threshold}:{due.isoformat()}",
        jurisdiction=place,
        about=activity.title,
        words=words,
        url=address,
        due=due,
        roles=roles,
    )


def _due(due: dt.date, left: int) -> str:
    if left == 0:
        return _("Vence hoy, %(day)s") % {"day": in_words(due)}
    return ngettext("Vence mañana, %(day)s", "Vence en %(n)s días, el %(day)s", left) % {
        "n": left,
        "day": in_words(due),
    }


def _late(due: dt.date, late: int) -> str:
    words = ngettext("Venció el %(day)s, hace %(n)s día", "Venció el %(day)s, hace %(n)s días", late)
    return words % {"n": late, "day": in_words(due)}


def _escalated(due: dt.date, late: int, who: str) -> str:
    if not who:
        return _("Sin reporte, y %(late)s") % {"late": _late(due, late).lower()}
    return _("Sin reporte de %(who)s. %(late)s") % {"who": who, "late": _late(due, late)}


def _undecided(since: dt.date, waited: int) -> str:
    words = ngettext(
        "Espera la decisión del Comité desde el %(day)s, hace %(n)s día",
        "Espera la decisión del Comité desde el %(day)s, hace %(n)s días",
        waited,
    )
    return words % {"n": waited, "day": in_words(since)}
