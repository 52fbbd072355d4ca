"""The closed registry of kinds of act, and what happens after acts were numbered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from tequio.record.models import Act


@dataclass(frozen=True)
class Kind:
    """A kind of act. ``words`` says in a person's words what happened ("Se publicó el compromiso").

    ``decisive`` acts are sealed within a minute; the others within a quarter of an hour.
    """

    key: str
    words: str | Promise
    decisive: bool = False


_kinds: dict[str, Kind] = {}

# Called after commit with acts that have just got their number, in order. Search indexing hangs here.
on_sequenced: list[Callable[[Sequence[Act]], None]] = []


def register(*kinds: Kind) -> None:
    """Adds kinds; each app does so in ``apps.py``."""
    _kinds.update({kind.key: kind for kind in kinds})


def kind(key: str) -> Kind:
    """A registered kind; ``LookupError`` for any other."""
    if key not in _kinds:
        raise LookupError(f"no kind of act {key!r} is registered")
    return _kinds[key]


def words(key: str) -> str:
    """The kind in words; the key itself for one of another release."""
    return str(_kinds[key].words) if key in _kinds else key


def all_kinds() -> list[Kind]:
    """All kinds, by key."""
    return [_kinds[key] for key in sorted(_kinds)]
