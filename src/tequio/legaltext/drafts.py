"""Nodes while they are being put together, and the joining of lines that the margin cut."""

from dataclasses import dataclass, field

from tequio.legaltext.lines import Line, join
from tequio.legaltext.tree import Doubt, Node, Note, Removed, Span, State


@dataclass(slots=True)
class Draft:
    """A node that is not finished. `body` holds its lines until lists are sought in them."""

    kind: str
    label: str = ""
    key: str = ""
    heading: str = ""
    text: str = ""
    start: int = 0
    end: int = 0
    state: State = "in_force"
    children: "list[Draft]" = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    words: bool = False

    def doubt(self, code: str, severity: str = "minor", **values: str) -> None:
        """Puts a doubt on this node."""
        self.doubts.append(
            Doubt(
                code, Span(self.start, self.end), "serious" if severity == "serious" else "minor", tuple(values.items())
            )
        )

    def finished(self) -> Node:
        """The node and all below it, with spans that hold their children and notes."""
        children = tuple(child.finished() for child in self.children)
        ends = [self.end, *(child.span.end for child in children), *(note.span.end for note in self.notes)]
        return Node(
            self.kind,
            self.label,
            self.key,
            self.heading,
            self.text,
            children,
            tuple(self.notes),
            self.state,
            Span(self.start, max(ends)),
            tuple(self.doubts),
        )


class Joiner:
    """Joins cut lines and keeps account of the hyphens that it took out."""

    def __init__(self, words: set[str]) -> None:
        self.words = words
        self.hyphens: list[Removed] = []

    def add(self, draft: Draft, line: Line) -> None:
        """Puts a line behind the draft's text."""
        if not draft.text:
            draft.text = line.text
        else:
            draft.text, hyphen, sure = join(draft.text, line.text, self.words, draft.end)
            if hyphen:
                self.hyphens.append(hyphen)
            if not sure:
                draft.doubts.append(Doubt("hyphen", Span(draft.end - 1, line.start), "minor"))
        draft.end = line.end
