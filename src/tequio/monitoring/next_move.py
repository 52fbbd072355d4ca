"""What comes next, from whom, by when: one sentence for each commitment and activity."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from tequio.commitments.models import Commitment
from tequio.common.dates import days_left, in_words
from tequio.common.i18n import best
from tequio.monitoring.models import State
from tequio.monitoring.queries import Step


def next_move(steps: Sequence[Step], commitment: Commitment, today: dt.date) -> str:
    """The move that is due first, in words; where the sources give no date, that nothing more is known."""
    if not steps or not steps[0].standing.told:
        return _unknown_move(commitment, today)
    if all(step.standing.state == State.VERIFIED for step in steps):
        return _("Todo está verificado. El Comité puede reabrir una actividad si algo cambia.")
    who = commitment.lead.name if commitment.lead else _("la institución responsable")
    waiting = sorted(
        (step for step in steps if step.standing.state != State.VERIFIED),
        key=lambda step: (_ORDER.get(step.standing.state, 5), step.deadline.due or dt.date.max),
    )
    step = waiting[0]
    title = best(step.activity.title)[0] if len(steps) > 1 else ""
    name = _(" «%(title)s»") % {"title": title} if title else ""
    state = step.standing.state
    if state == State.OBSERVED:
        return _("Toca a %(who)s atender la observación del Comité%(name)s.") % {"who": who, "name": name}
    if state == State.REJECTED:
        return _("Toca a %(who)s reportar de nuevo%(name)s, con evidencia que lo demuestre.") % {
            "who": who,
            "name": name,
        }
    if state in (State.REPORTED, State.UNDER_REVIEW, State.REOPENED):
        return _("Toca al Comité de Seguimiento decidir%(name)s.") % {"name": name}
    due = step.deadline.due
    if due is None:
        return _("La fuente no dice para cuándo sigue ni a quién le toca.")
    values = {"who": who, "name": name, "day": in_words(due), "left": days_left(due, today)}
    return _("Toca a %(who)s reportar%(name)s a más tardar el %(day)s (%(left)s).") % values


def _unknown_move(commitment: Commitment, today: dt.date) -> str:
    end = commitment.plan.end
    if end.last is not None and end.last < today:
        return _("El plan terminó en %(day)s. Las fuentes no dicen qué siguió ni a quién le tocaba.") % {
            "day": in_words(end)
        }
    return _("La fuente no nombra actividades: no se sabe qué sigue.")


# Who is waited for first: an observation, then a rejection, then the committee, then a report.
_ORDER: dict[str, int] = {
    State.OBSERVED: 0,
    State.REJECTED: 1,
    State.REPORTED: 2,
    State.UNDER_REVIEW: 2,
    State.REOPENED: 2,
}
