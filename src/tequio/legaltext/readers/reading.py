"""What a reader brings."""

from typing import NamedTuple

from tequio.legaltext.lines import Layout
from tequio.legaltext.tree import Doubt


class Reading(NamedTuple):
    """Plain text and how its lines stand. `second` is another layout to read it by, whose differences become doubts."""

    text: str
    layout: Layout = "auto"
    markdown: bool | None = None
    title: str = ""
    doubts: tuple[Doubt, ...] = ()
    second: Layout | None = None
