"""My pending: what waits for a person, computed from state. Each app adds its own source from ``apps.py``.

A source gets the role that the person acts in and the day, and gives the items that wait for that very role. It asks
the database a fixed number of times, whatever the number of items.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.functional import Promise

from tequio.people.models import Role


@dataclass(frozen=True)
class Item:
    """Something that waits. ``words`` says what, ``about`` names the object, ``url`` is the page where it is done.

    ``kind`` is one of ``report``, ``verify``, ``decide``, ``answer``, ``check``, ``write``; ``due`` the day it should be
    done by, where there is one; ``since`` the day it began to wait.
    """

    kind: str
    words: str | Promise
    about: str
    url: str
    due: dt.date | None = None
    since: dt.date | None = None

    def is_late(self, today: dt.date) -> bool:
        return self.due is not None and self.due < today


KEPT = 60
Source = Callable[[Role, dt.date], Iterable[Item]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Adds a source; the same one again changes nothing."""
    if source not in _sources:
        _sources.append(source)


def items_for(role: Role, today: dt.date) -> list[Item]:
    """Everything that waits for ``role``: late first, then what is due soonest, then what has waited longest."""
    found = [item for source in _sources for item in source(role, today)]
    far = dt.date.max
    return sorted(found, key=lambda item: (not item.is_late(today), item.due or far, item.since or far))


def count_for(role: Role, today: dt.date) -> int:
    """How many items wait, for the menu of every page: at most ``KEPT`` seconds old, and new after each form of the role."""
    key = _key(role)
    known: int | None = cache.get(key)
    if known is None:
        known = len(items_for(role, today))
        cache.set(key, known, KEPT)
    return known


def forget(role: Role) -> None:
    """Has the next page count anew."""
    cache.delete(_key(role))


def _key(role: Role) -> str:
    return f"pending:{role.pk}"
