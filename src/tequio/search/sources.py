"""Where findable things come from. Apps above register a source each; the index knows none of them."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Item:
    """A public object for readers of one language.

    ``key`` as in the record (``jalisco/commitment/mxjl0002``), ``url`` the page in that language, ``body``
    everything worth finding as plain text. ``text_language`` where the text is not in the reader's language.
    """

    key: str
    jurisdiction: str
    language: str
    url: str
    title: str
    body: str = ""
    day: dt.date | None = None
    weight: float = 1.0
    text_language: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of thing that can be found.

    ``subjects``: second parts of the object keys it answers for (``commitment``). ``entries`` gives the items of
    those of
    the keys that are public now; what it leaves out is removed. ``keys`` gives the keys of everything, for a rebuild.
    """

    kind: str
    label: str | Promise
    subjects: tuple[str, ...]
    entries: Callable[[Sequence[str]], Iterable[Item]]
    keys: Callable[[], Iterable[str]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Adds a source; registering the same kind again replaces it."""
    _sources[source.kind] = source


def unregister(kind: str) -> None:
    """Takes a source away."""
    _sources.pop(kind, None)


def sources() -> list[Source]:
    """All sources in the order they were registered."""
    return list(_sources.values())


def label(kind: str) -> str:
    """What a kind is called on screen."""
    return str(_sources[kind].label) if kind in _sources else kind
