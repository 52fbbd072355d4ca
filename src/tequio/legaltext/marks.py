"""What apps above put behind each article of a version: how many people said something, a way to say it.

A function gets the request, the version and its units on this page, and gives safe HTML by the unit's key.
"""

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpRequest
from django.utils.safestring import SafeString

from tequio.legaltext.models import Expression, Provision

Marks = Callable[[HttpRequest, Expression, Sequence[Provision]], Mapping[int, SafeString]]
_marks: list[Marks] = []


def register(marks: Marks) -> None:
    """Adds a function; call it from ``apps.py``."""
    if marks not in _marks:
        _marks.append(marks)


def after(request: HttpRequest, expression: Expression, units: Sequence[Provision]) -> dict[int, str]:
    """Everything that stands behind each unit."""
    found: dict[int, str] = {}
    for marks in _marks:
        for key, html in marks(request, expression, units).items():
            found[key] = found.get(key, "") + html
    return found
