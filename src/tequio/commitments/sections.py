"""Places on the pages of plans, commitments and activities that apps above fill, and the lights for lists.

Slots: of a **commitment** ``lights``, ``next``, ``steps``, ``verifications``, ``levels``, ``after`` (the foot of the story);
of an **activity** ``lights``, ``next``, ``deadline``, ``history``, ``after``; of a **plan** ``commitments``, ``obligations``,
``after``; of an **indicator** ``values`` (beneath its values); of a piece of **evidence**, the **committee** (a plan)
and the **board** (a plan)
``after``. A slot that nobody fills shows nothing, or what this app can say by itself.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from tequio.commitments.models import Commitment
from tequio.common.sections import Fill, Section, filled, register

__all__ = [
    "Fill",
    "Section",
    "Standing",
    "default_legend",
    "filled",
    "lights_of",
    "register",
    "register_legend",
    "register_lights",
]


class Standing(Protocol):
    """Where a commitment stands: two lights (``colour``, ``word``), how many activities, and the gap in a sentence."""

    @property
    def institution(self) -> Any: ...

    @property
    def citizens(self) -> Any: ...

    @property
    def total(self) -> int: ...

    @property
    def sentence(self) -> str: ...


Lights = Callable[[list[Commitment]], Mapping[int, Standing]]

_lights: list[Lights] = []
_legend: list[Callable[[], list[dict[str, Any]]]] = []


def register_lights(lights: Lights) -> None:
    """The function that knows where commitments stand, by primary key. It costs the same queries for one and for many."""
    _lights[:] = [lights]


def lights_of(commitments: Iterable[Commitment]) -> Mapping[int, Standing]:
    """Where each commitment stands; empty while no app above knows."""
    rows = list(commitments)
    return _lights[0](rows) if _lights and rows else {}


def register_legend(legend: Callable[[], list[dict[str, Any]]]) -> None:
    """The function that knows the five lights as we name them: ``colour``, ``word`` and ``meaning`` of each."""
    _legend[:] = [legend]


def default_legend() -> list[dict[str, Any]]:
    """Our own legend, for plans that publish none; empty while no app above knows."""
    return _legend[0]() if _legend else []
