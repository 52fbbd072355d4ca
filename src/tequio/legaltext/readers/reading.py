"""What a reader brings."""

from collections.abc import Callable
from typing import NamedTuple

from tequio.legaltext.lines import Layout
from tequio.legaltext.tree import Doubt

Tell = Callable[[str], None]
"""Hears, in a sentence, what is being read and how far it is."""


class Reading(NamedTuple):
    """Plain text and how its lines stand. `second` is another layout to read it by, whose differences become doubts."""

    text: str
    layout: Layout = "auto"
    markdown: bool | None = None
    title: str = ""
    doubts: tuple[Doubt, ...] = ()
    second: Layout | None = None


def quietly(words: str) -> None:
    """Tells nobody how far the reading is."""
