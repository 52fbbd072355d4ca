"""Places on the commitment and activity pages that apps above fill: the lights, what comes next, verifications.

An app registers a function in ``apps.py``; it gets the request and the object and returns a template with its context, or
None. So knowledge travels upwards without an import.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

Fill = Callable[[HttpRequest, Any], tuple[str, dict[str, Any]] | None]


@dataclass(frozen=True)
class Section:
    """A filled place: include ``template`` with ``section=context``."""

    template: str
    context: dict[str, Any]


_fills: dict[tuple[str, str], list[Fill]] = {}


def register(page: str, slot: str, fill: Fill) -> None:
    """Has ``fill`` called for a ``slot`` of a ``page`` ("commitment", "activity")."""
    known = _fills.setdefault((page, slot), [])
    if fill not in known:
        known.append(fill)


def filled(page: str, request: HttpRequest, obj: Any) -> dict[str, list[Section]]:
    """All slots of a page, filled, by name."""
    found: dict[str, list[Section]] = {}
    for (name, slot), fills in _fills.items():
        if name == page:
            results = [fill(request, obj) for fill in fills]
            found[slot] = [Section(*result) for result in results if result]
    return found
