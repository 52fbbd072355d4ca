"""What allies add to the log's seals. The witnesses live in an app above; here is where they are asked."""

from collections.abc import Callable, Sequence

from tequio.record.models import Checkpoint

# The cosignature lines under a checkpoint, and the newest checkpoint that enough witnesses confirmed.
_lines: list[Callable[[Checkpoint], Sequence[str]]] = []
_attested: list[Callable[[], Checkpoint | None]] = []
_first: list[Callable[[int], Checkpoint | None]] = []
_policy: list[Callable[[], str]] = []


def register(
    lines: Callable[[Checkpoint], Sequence[str]],
    attested: Callable[[], Checkpoint | None],
    first: Callable[[int], Checkpoint | None],
    policy: Callable[[], str],
) -> None:
    """Has the witnesses asked; once is enough."""
    _lines[:], _attested[:], _first[:], _policy[:] = [lines], [attested], [first], [policy]


def policy() -> str:
    """The policy in force as a file: who the witnesses are and how many are enough. Empty where nobody is asked."""
    return "".join(ask() for ask in _policy)


def cosigned(checkpoint: Checkpoint) -> str:
    """The checkpoint's note with every cosignature that there is."""
    return checkpoint.note + "".join(line for lines in _lines for line in lines(checkpoint))


def newest_attested() -> Checkpoint | None:
    """The newest checkpoint that enough witnesses confirmed; None while there is none."""
    return next((found for ask in _attested if (found := ask()) is not None), None)


def first_attested(position: int) -> Checkpoint | None:
    """The first checkpoint over the act at a position that enough witnesses confirmed; None while there is none."""
    return next((found for ask in _first if (found := ask(position)) is not None), None)


def attested_size() -> int:
    """How many acts stand under the newest confirmed checkpoint."""
    found = newest_attested()
    return found.size if found else 0
