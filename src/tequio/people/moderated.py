"""One queue and one public register of moderation for everything that anybody writes. Each app adds its own source from
``apps.py``: what waits for somebody to look at it, and what was hidden or restored, without the hidden words.

A source asks the database a fixed number of times, whatever the number of its lines.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from tequio.places.models import Jurisdiction


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a look. ``url`` is the work page where it is decided, ``why`` the rule by which it was
    held or what was asked, ``since`` the day it began to wait."""

    about: str
    url: str
    since: dt.date
    why: str = ""


@dataclass(frozen=True)
class Moderated:
    """A line of the public register: what happened to what, by which rule and for which reason. Never the words."""

    about: str
    url: str
    what: str
    on: dt.date
    rule: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Source:
    """One sort of thing that people write."""

    key: str
    label: str | Promise
    waiting: Callable[[Jurisdiction], Iterable[Waiting]]
    register: Callable[[Jurisdiction], Iterable[Moderated]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Adds a source; the same key again replaces it."""
    _sources[source.key] = source


def queue(jurisdiction: Jurisdiction) -> list[tuple[Source, Waiting]]:
    """Everything that waits, the oldest first."""
    found = [(source, line) for source in _sources.values() for line in source.waiting(jurisdiction)]
    return sorted(found, key=lambda pair: (pair[1].since, pair[1].about))


def public_register(jurisdiction: Jurisdiction) -> list[tuple[Source, Moderated]]:
    """Everything that was moderated, the newest first."""
    found = [(source, line) for source in _sources.values() for line in source.register(jurisdiction)]
    return sorted(found, key=lambda pair: (pair[1].on, pair[1].about), reverse=True)
