"""Figures as panels: one sentence, a chart, its table. The same panels make a page, its downloads and an API."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

EMPTY = mark_safe("")


@dataclass(frozen=True)
class Panel:
    """``key`` names it in addresses; ``heads`` and ``rows`` are its table, the words first. ``empty`` says why there is
    nothing to count, and then there is neither chart nor table."""

    key: str
    title: str
    sentence: str
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    chart: SafeString = EMPTY
    empty: str = ""
