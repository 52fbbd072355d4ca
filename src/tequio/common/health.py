"""What ``doctor`` asks. An app registers its own questions in ``apps.py``: ``health.register("mail", mail)``.

A question is a function that yields findings; it may look, and write and remove what is its own, but changes nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How grave a finding is. Only ``BAD`` makes ``doctor`` end with an error."""

    GOOD = "✓"
    WARN = "!"
    BAD = "✗"


@dataclass(frozen=True)
class Finding:
    """What was found, and in one sentence what to do about it (empty when nothing)."""

    level: Level
    what: str
    fix: str = ""


Check = Callable[[], Iterator[Finding]]
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Adds a question under a name that stands for one question only; the same name again takes its place."""
    _checks[name] = check


def checks() -> list[tuple[str, Check]]:
    """Every question with its name, in the order of registration."""
    return list(_checks.items())


def good(what: str) -> Finding:
    """Nothing to do."""
    return Finding(Level.GOOD, what)


def warn(what: str, fix: str) -> Finding:
    """It works, yet somebody should look."""
    return Finding(Level.WARN, what, fix)


def bad(what: str, fix: str) -> Finding:
    """It does not work, or is not safe."""
    return Finding(Level.BAD, what, fix)
