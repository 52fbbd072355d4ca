"""Two versions side by side, as lines that a person can read. Needs no database.

A unit is told line by line: its heading and text, then each part. Lines that stayed are kept where they help to find the
place, and folded where many follow each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tequio.common.difference import Piece
from tequio.legaltext.tree import Node, walk
from tequio.legaltext.worddiff import changed_words, compare, sides

FOLD = 3  # lines that stayed, one after the other, from which they are folded


@dataclass(frozen=True)
class Line:
    """``kind``: same, changed, new, gone or folded (then ``count`` lines stayed). ``depth`` 0 is the unit itself."""

    kind: str
    before: str = ""  # label
    after: str = ""
    pieces: list[Piece] = field(default_factory=list)
    depth: int = 0
    count: int = 0

    @property
    def old(self) -> list[Piece]:
        """What stood there."""
        return sides(self.pieces)[0]

    @property
    def new(self) -> list[Piece]:
        """What stands there now."""
        return sides(self.pieces)[1]

    @property
    def renumbered(self) -> bool:
        """Whether its number is another one."""
        return self.kind in ("same", "changed") and self.before != self.after


class Count(NamedTuple):
    """Words that went and words that came."""

    gone: int
    came: int


def _words(node: Node) -> str:
    return "\n".join(part for part in (node.heading, node.text) if part)


def _flat(nodes: Sequence[Node]) -> list[tuple[Node, int]]:
    found: list[tuple[Node, int]] = []

    def inside(node: Node, depth: int) -> None:
        found.append((node, depth))
        for child in node.children:
            inside(child, depth + 1)

    for node in nodes:
        inside(node, 0)
    return found


def lines(olds: Sequence[Node], news: Sequence[Node], carries: Mapping[str, str]) -> list[Line]:
    """The old and the new wording of one unit (or of those that it was split into or merged from)."""
    before, after = _flat(olds), _flat(news)
    by_eid = {node.eid: node for node, _depth in before}
    taken = {carries[node.eid] for node, _depth in after if carries.get(node.eid) in by_eid}
    found: list[Line] = []
    told: set[str] = set()

    def gone_before(eid: str) -> None:
        """What went and stood before the old provision that comes next."""
        for node, depth in before:
            if node.eid == eid:
                return
            if node.eid not in taken and node.eid not in told:
                told.add(node.eid)
                found.append(Line("gone", node.label, "", _pieces(_words(node), ""), depth))

    for node, depth in after:
        old = by_eid.get(carries.get(node.eid, ""))
        if old is None:
            found.append(Line("new", "", node.label, _pieces("", _words(node)), depth))
            continue
        gone_before(old.eid)
        pieces = compare(_words(old), _words(node))
        kind = "same" if all(piece.kind == "same" for piece in pieces) else "changed"
        found.append(Line(kind, old.label, node.label, pieces, depth))
    gone_before("")
    return found


def _pieces(before: str, after: str) -> list[Piece]:
    return [piece for piece in (Piece("gone", before), Piece("new", after)) if piece.text]


def folded(rows: Sequence[Line]) -> list[Line]:
    """The lines with long rows of those that stayed folded into one; the unit's own line always stays."""
    found: list[Line] = []
    waiting: list[Line] = []

    def flush() -> None:
        if len(waiting) >= FOLD:
            found.append(Line("folded", depth=waiting[0].depth, count=len(waiting)))
        else:
            found.extend(waiting)
        waiting.clear()

    for row in rows:
        if row.kind == "same" and row.depth and not row.renumbered:
            waiting.append(row)
        else:
            flush()
            found.append(row)
    flush()
    return found


def count(rows: Sequence[Line]) -> Count:
    """How many words went and came in all lines."""
    pairs = [changed_words(row.pieces) for row in rows]
    return Count(sum(gone for gone, _came in pairs), sum(came for _gone, came in pairs))


def by_place(nodes: Sequence[Node]) -> dict[str, Node]:
    """Every provision by its eId."""
    return {node.eid: node for node in walk(tuple(nodes))}
