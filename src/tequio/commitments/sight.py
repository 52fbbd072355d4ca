"""Who follows a piece of evidence coming into the public's sight or leaving it: what public objects above say of it changes."""

from collections.abc import Callable

from tequio.commitments.models import Evidence
from tequio.record.append import Actor

Follower = Callable[[Evidence, Actor], object]
_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Adds a function that is called in the transaction of the change, after its act; each app does so in ``apps.py``."""
    if follower not in _followers:
        _followers.append(follower)


def changed(piece: Evidence, by: Actor) -> None:
    """Tells every follower that the piece came into sight or left it."""
    for follower in _followers:
        follower(piece, by)
