"""What was recorded as a contribution goes on to whoever works with contributions, in the transaction that approves the
minutes: ``register(function)``; ``function(entry, by)`` is called once for each entry of that kind."""

from collections.abc import Callable

from tequio.meetings.models import MinutesEntry
from tequio.record.append import Actor

Taker = Callable[[MinutesEntry, Actor], object]
_takers: list[Taker] = []


def register(taker: Taker) -> None:
    """Adds a function; the same one again changes nothing. What it raises keeps the minutes from being approved."""
    if taker not in _takers:
        _takers.append(taker)


def hand_on(entry: MinutesEntry, by: Actor) -> None:
    """Gives one entry to everybody who asked."""
    for taker in _takers:
        taker(entry, by)
