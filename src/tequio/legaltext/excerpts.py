"""Pieces of the source beside the structure that was found in them. Needs no database."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tequio.legaltext.tree import UNITS, Document, Node, Span, walk

AROUND = 160  # characters of the source before and after a place


class Row(NamedTuple):
    """A piece of the source, and the provisions read from it with how deep each stands."""

    source: str
    nodes: list[tuple[Node, int]]


class Pairs(Sequence[Row]):
    """The whole source in pieces, a unit each; a page of them costs no more than what it shows."""

    def __init__(self, document: Document, source: str) -> None:
        self.source = source
        self._groups: list[list[tuple[Node, int]]] = []
        for node, depth in _deep(document.nodes, 0):
            if node.kind in UNITS or not self._groups or not _is_part(self._groups[-1], depth):
                self._groups.append([(node, depth)])
            else:
                self._groups[-1].append((node, depth))

    def __len__(self) -> int:
        return len(self._groups)

    def __getitem__(self, place):  # type: ignore[no-untyped-def]
        if isinstance(place, slice):
            return [self._row(n) for n in range(*place.indices(len(self)))]
        return self._row(place)

    def _row(self, place: int) -> Row:
        group = self._groups[place]
        start = group[0][0].span.start
        end = self._groups[place + 1][0][0].span.start if place + 1 < len(self) else len(self.source)
        top = group[0][1]
        return Row(self.source[start : max(start, end)].strip("\n"), [(node, depth - top) for node, depth in group])


def _is_part(group: list[tuple[Node, int]], depth: int) -> bool:
    first, top = group[0]
    return first.kind in UNITS and depth > top


def _deep(nodes: Sequence[Node], depth: int) -> Iterator[tuple[Node, int]]:
    for node in nodes:
        yield node, depth
        yield from _deep(node.children, depth + 1)


def pairs(document: Document, source: str) -> Pairs:
    """Source and structure side by side."""
    return Pairs(document, source)


def around(source: str, span: Span, width: int = AROUND) -> list[tuple[str, bool]]:
    """A place in the source with what stands around it; the place itself is marked. A long one is shortened inside."""
    start, end = max(0, span.start), min(len(source), max(span.end, span.start + 1))
    inside = source[start:end]
    if len(inside) > 4 * width:
        inside = f"{inside[: 2 * width]} […] {inside[-width:]}"
    before, after = source[max(0, start - width) : start], source[end : end + width]
    return [piece for piece in ((before, False), (inside, True), (after, False)) if piece[0]]


def innermost(document: Document, span: Span) -> Node | None:
    """The smallest provision that holds a place of the source."""
    found = None
    for node in walk(document.nodes):
        inside = node.span.start <= span.start < max(node.span.end, node.span.start + 1)
        if inside and (found is None or node.span.end - node.span.start <= found.span.end - found.span.start):
            found = node
    return found


def near(document: Document, eid: str) -> list[tuple[Node, int]]:
    """A provision with those read before and after it, two on each side."""
    every = list(_deep(document.nodes, 0))
    place = next((n for n, (node, _depth) in enumerate(every) if node.eid == eid), 0)
    shown = every[max(0, place - 2) : place + 3]
    top = min(depth for _node, depth in shown)
    return [(node, depth - top) for node, depth in shown]
