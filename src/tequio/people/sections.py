"""What apps above add to an institution's page (its commitments)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Fill = Callable[[HttpRequest, Any], tuple[str, dict[str, Any]] | None]

_fills: list[Fill] = []


def register(fill: Fill) -> None:
    """Has ``fill`` called for each institution's page; it gives a template and its context, or None."""
    if fill not in _fills:
        _fills.append(fill)


def filled(request: HttpRequest, organisation: Any) -> list[dict[str, Any]]:
    """The added parts, in order."""
    results = [fill(request, organisation) for fill in _fills]
    return [{"template": result[0], "context": result[1]} for result in results if result]
