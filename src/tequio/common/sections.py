"""Places on a page that apps above fill. So knowledge travels upwards without an import.

An app registers a function in ``apps.py``; it gets the request and the page's object and returns a template with its
context, or None where it has nothing to say. The page includes each as ``{% include s.template with section=s.context %}``.
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


_fills: dict[tuple[str, str], list[tuple[int, Fill]]] = {}


def register(page: str, slot: str, fill: Fill, order: int = 50) -> None:
    """Has ``fill`` called for a ``slot`` of a ``page`` ("plan", "commitment", "activity"); lower ``order`` comes first."""
    known = _fills.setdefault((page, slot), [])
    if fill not in [other for _order, other in known]:
        known.append((order, fill))
        known.sort(key=lambda pair: pair[0])


def filled(page: str, request: HttpRequest, obj: Any) -> dict[str, list[Section]]:
    """All slots of a page, filled, by name."""
    found: dict[str, list[Section]] = {}
    for (name, slot), fills in _fills.items():
        if name == page:
            results = [fill(request, obj) for _order, fill in fills]
            found[slot] = [Section(*result) for result in results if result]
    return found
