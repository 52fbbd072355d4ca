"""How a decision ends."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.record.append import Actor, act
from tequio.secretariat import effects, queries
from tequio.secretariat.actions.opening import locked
from tequio.secretariat.models import Decision, Urn


def _rows(decision: Decision, places: list[queries.Place]) -> list[dict[str, Any]]:
    """Who of each seat was there, and what the seat did; never what it voted in secret."""
    conflicts = set(decision.conflicts.values_list("seat", flat=True))
    cast = {row.seat_id: row.holder.capacity for row in decision.ballots.select_related("holder")}
    return [
        {
            "seat": place.seat.subject_key(),
            "house": place.house,
            "sector": place.seat.sector,
            "filled": place.filled,
            "head": place.presence.head,
            "liaison": place.presence.liaison,
            "delegated": place.presence.delegated,
            "conflict": place.seat.pk in conflicts,
            "voted": cast.get(place.seat.pk, ""),
        }
        for place in places
    ]


@transaction.atomic
def close_decision(*, decision: Decision, by: Actor, on: dt.date | None = None, seen: int | None = None) -> Decision:
    """Counts, by the rules under which the decision was opened, writes down the result with quorum and presence, burns
    the urn, and does to what was decided whatever its app registered: all in one transaction.

    Raises ``ValidationError`` for a decision that is not open, and for whatever the effect refuses.
    """
    found, day = locked(decision), on or timezone.localdate()
    places = queries.table(found.session)
    outcome = queries.outcome_of(found, places)
    with act("resolution.passed" if outcome.passed else "resolution.failed", found, by=by, done=on, seen=seen):
        found.state = Decision.State.PASSED if outcome.passed else Decision.State.FAILED
        found.closed_on = day
        found.outcome = {**outcome.data(), "table": _rows(found, places)}
    Urn.objects.filter(decision=found).delete()
    effects.apply(found, by, day)
    return found


@transaction.atomic
def withdraw_decision(
    *, decision: Decision, reason: str, by: Actor, on: dt.date | None = None, seen: int | None = None
) -> Decision:
    """Takes an open decision back, for a public reason. What was cast in secret is burnt unread."""
    found = locked(decision)
    if not reason.strip():
        raise ValidationError({"reason": _("Escribe por qué se retira: es público.")})
    with act("resolution.withdrawn", found, by=by, why=reason.strip(), done=on, seen=seen):
        found.state, found.reason = Decision.State.WITHDRAWN, reason.strip()
        found.closed_on = on or timezone.localdate()
    Urn.objects.filter(decision=found).delete()
    return found
