"""What a decision of the Secretariat or of a table does to a commitment drafted together: it adopts it, or leaves it open."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.cocreation import actions, telling
from tequio.cocreation.models import JointDraft
from tequio.common.i18n import best
from tequio.meetings.models import Body
from tequio.record.append import Actor
from tequio.secretariat.effects import Effect, register
from tequio.secretariat.models import Decision, Matter


def _about(decision: Decision) -> JointDraft | None:
    place, _subject, number = decision.about.split("/", 2)
    rows = JointDraft.public_rows().filter(jurisdiction__slug=place, number=int(number))
    return rows.select_related("commitment__jurisdiction").first()


def passed(decision: Decision, by: Actor, day: dt.date) -> None:
    """Adopts the draft; whoever fed it hears of it once that is certain."""
    draft = _about(decision)
    if draft is not None:
        actions.adopt(draft=draft, decision=decision.subject_key(), by=by, on=day)
        transaction.on_commit(lambda: telling.tell_authors(draft))


def failed(decision: Decision, by: Actor, day: dt.date) -> None:
    """The draft stays what it is: it may be written better and decided again."""
    draft = _about(decision)
    if draft is not None:
        actions.reject(draft=draft, decision=decision.subject_key(), by=by, on=day)


def candidates(body: Body) -> Iterator[tuple[str, str]]:
    """The drafts that nobody has adopted; a table decides only on its own."""
    rows = JointDraft.public_rows().filter(
        ~Q(status=JointDraft.Status.ADOPTED), jurisdiction_id=body.jurisdiction_id, version__gt=0
    )
    if body.kind == "table":
        rows = rows.filter(table__body=body)
    for row in rows.order_by("number"):
        yield row.subject_key(), f"{row.number}. {best(row.title)[0]}"


def register_all() -> None:
    """Has decisions about drafts adopt them."""
    register(
        Effect(
            "jointdraft", Matter.COMMITMENT, _("Adoptar un compromiso redactado en común"), passed, candidates, failed
        )
    )
