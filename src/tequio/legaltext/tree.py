"""The structure of a legal text, as plain immutable values. Needs no database and no Django.

Readers (`readers/`) bring a file to plain text, `segment` finds the structure in it, `akn`, `docx_out` and `pdf_out`
write it. Comparison and the tables of the database start from the same values.

Nothing is lost: the characters of the source that are no white space, in their order, are those of the tree (label,
heading, text, children, depth first) with the notes and the removed pieces put back where they stood. `missing` finds
the first place where that does not hold; it must never find one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

CONTAINERS = ("libro", "titulo", "capitulo", "seccion", "apartado")
"""Kinds that hold articles, from the widest to the narrowest."""

UNITS = ("articulo", "transitorio", "considerando", "antecedente", "resolutivo", "clausula", "lineamiento")
"""Kinds that have a number of their own in the whole text (or in their scope) and hold paragraphs and lists."""

ITEMS = ("fraccion", "inciso", "numeral", "subinciso")
"""Members of lists. Which stands under which is told by the tree, not by the kind: texts differ."""

BLOCKS = (
    "preambulo",
    "transitorios",
    "considerandos",
    "antecedentes",
    "resolutivos",
    "cierre",
    "cita",
    "decreto",
    "anexo",
)
"""Parts of a document. `cita` holds provisions that a decree quotes ("para quedar como sigue"): they are provisions
of the text that the decree changes, not of the decree. `decreto` is a later decree printed after the text that it
reformed: its own articles and, in a block of their own, its transitorios."""

LEAVES = ("parrafo", "table", "figure")
"""Text without a number. The first paragraph of a unit is its `text`; further ones are `parrafo` children, in their
place among the lists. The `text` of a `table` is its lines as they stood; `table_rows` splits them into cells."""

KINDS = CONTAINERS + UNITS + ITEMS + BLOCKS + LEAVES

State = Literal["in_force", "repealed"]
Severity = Literal["serious", "minor"]


class Span(NamedTuple):
    """Where something stands in the source text: characters from `start` up to, not including, `end`."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark of the publisher on a provision ("Párrafo reformado DOF 04-12-1997"): no part of the law's words.

    `kind` is `reform` or `editor`; `date` is YYYY-MM-DD where the remark tells it plainly, else empty; `gazette` is
    `DOF`, `POE`… as written."""

    text: str
    span: Span
    kind: str = "reform"
    date: str = ""
    gazette: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """Characters of the source that are no part of the text: `head`, `folio`, `mark` (Markdown), `hyphen` (a word
    cut at the line's end), `rule`, `metadata`, `control`."""

    text: str
    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the reader was not sure of. `code` names the sentence in `doubts.SENTENCES`, `values` fill it.

    A text with a `serious` doubt is not published until a person has settled it."""

    code: str
    span: Span
    severity: Severity = "minor"
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A provision or a part of a document.

    `label` is as written, with its separator ("Artículo 1o.-", "IV Bis.", "a)"); `number_key` is the same number in
    one spelling that `labels.order` sorts ("1", "31-a", "4-bis", "5-bis-2", "unico"), empty without a number.
    `text` is the words after label and heading, up to the first child. `span` runs from the first to the last
    character of the node with its children. `eid` is a place in this one text (`with_eids`), not an identity."""

    kind: str
    label: str = ""
    number_key: str = ""
    heading: str = ""
    text: str = ""
    children: tuple[Node, ...] = ()
    notes: tuple[Note, ...] = ()
    state: State = "in_force"
    span: Span = NOWHERE
    doubts: tuple[Doubt, ...] = ()
    eid: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text. `profile` is a key of `profiles.PROFILES`; `notes` and `doubts` are those that belong to no
    provision (the remarks before the first one); `removed_lines` are in source order."""

    profile: str
    title: str = ""
    nodes: tuple[Node, ...] = ()
    removed_lines: tuple[Removed, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[Note, ...] = field(default=())


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Every node, depth first: the order of reading."""
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))


def walk_deep(nodes: tuple[Node, ...], above: tuple[Node, ...] = ()) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Every node with those above it, outermost first."""
    for node in nodes:
        yield node, above
        yield from walk_deep(node.children, (*above, node))


def all_doubts(document: Document) -> list[tuple[Doubt, Node | None]]:
    """Every doubt with the provision it is about, the serious ones first, then by place."""
    found: list[tuple[Doubt, Node | None]] = [(doubt, None) for doubt in document.doubts]
    found += [(doubt, node) for node in walk(document.nodes) for doubt in node.doubts]
    return sorted(found, key=lambda pair: (pair[0].severity != "serious", pair[0].span))


def own_words(node: Node) -> str:
    """Label, heading and text of a node alone, as one line."""
    return " ".join(part for part in (node.label, node.heading, node.text) if part)


def plain(nodes: tuple[Node, ...]) -> str:
    """The text as people would type it: a paragraph for each node."""
    lines = []
    for node in walk(nodes):
        body = " ".join(part for part in (node.label, node.text) if part)
        if node.heading and node.kind in UNITS:
            body = " ".join(part for part in (node.label, node.heading, node.text) if part)
            lines.append(body)
            continue
        if node.heading:
            lines += [node.label, node.heading] if node.label else [node.heading]
            body = node.text
        if body:
            lines.append(body)
    return "\n\n".join(lines) + "\n" if lines else ""


def table_rows(node: Node) -> list[list[str]]:
    """The cells of a `table`, row by row; lines of mere dashes between head and body are left out."""
    rows = []
    for line in node.text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if any(cell.strip("-: ") for cell in cells):
            rows.append(cells)
    return rows


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _left(source: str, taken: bytearray) -> str:
    """The characters that are not taken."""
    return "".join(letter for letter, gone in zip(source, taken, strict=True) if not gone)


def missing(document: Document, source: str) -> tuple[str, str] | None:
    """The first place where the document does not hold the source's characters in order: (source, document), forty
    characters from there on each side. None when all is there."""
    notes = [*document.notes, *(note for node in walk(document.nodes) for note in node.notes)]
    heads = [piece for piece in document.removed_lines if piece.kind in ("head", "folio")]
    marks = [piece for piece in document.removed_lines if piece.kind not in ("head", "folio")]
    taken = bytearray(len(source))
    rounds: tuple[Sequence[Note | Removed], ...] = (marks, heads, notes)
    for pieces in rounds:
        for piece in pieces:
            start, end = piece.span
            own = source[start:end] if not any(taken[start:end]) else _left(source[start:end], taken[start:end])
            if _squeezed(own) != _squeezed(piece.text):
                return source[start : start + 40], piece.text[:40]
        for piece in pieces:
            start, end = piece.span
            taken[start:end] = b"\1" * (end - start)
    read = _squeezed(_left(source, taken))
    held = _squeezed("".join(node.label + node.heading + node.text for node in walk(document.nodes)))
    if read == held:
        return None
    first = next((i for i, (a, b) in enumerate(zip(read, held, strict=False)) if a != b), min(len(read), len(held)))
    return read[first : first + 40], held[first : first + 40]


_PREFIX = {
    "libro": "book",
    "titulo": "title",
    "capitulo": "chp",
    "seccion": "sec",
    "apartado": "part",
    "articulo": "art",
    "transitorio": "art",
    "fraccion": "point",
    "inciso": "inc",
    "numeral": "num",
    "subinciso": "sub",
    "parrafo": "para",
    "preambulo": "preamble",
    "transitorios": "trans",
    "considerandos": "cons",
    "considerando": "con",
    "antecedentes": "ants",
    "antecedente": "ant",
    "resolutivos": "ress",
    "resolutivo": "res",
    "clausula": "clause",
    "lineamiento": "line",
    "cierre": "close",
    "cita": "quote",
    "decreto": "decree",
    "anexo": "annex",
    "table": "table",
    "figure": "figure",
}


def with_eids(document: Document) -> Document:
    """The document with an `eid` on each node: `art_31a__point_4bis`, `title_1__chp_2`, `trans_1__art_2`.

    Articles carry no container in front (`art_5`), so a new chapter renames nobody. What has no number is counted
    among its kind under its parent (`art_5__para_2`). A second list in one article becomes `art_19__list_2__point_1`.
    Where the same name would be given twice (an article that the source repeats) the later one gets `__rep_2`: the
    segmenter has put a serious doubt there."""
    given: dict[str, int] = {}

    def named(node: Node, above: str, counts: dict[str, int], lists: dict[str, int]) -> Node:
        kind = _PREFIX[node.kind]
        if node.number_key:
            number = node.number_key.replace("-", "")
        else:
            counts[kind] = counts.get(kind, 0) + 1
            number = str(counts[kind])
        short = f"{kind}_{number}"
        if node.kind in ITEMS:
            place = lists.get(short, 0) + 1
            lists[short] = place
            if place > 1:
                short = f"list_{place}__{short}"
        eid = f"{above}__{short}" if above and not (node.kind in UNITS and above.startswith(_FREE)) else short
        given[eid] = given.get(eid, 0) + 1
        if given[eid] > 1:
            eid = f"{eid}__rep_{given[eid]}"
        inner: dict[str, int] = {}
        repeats: dict[str, int] = {}
        children = tuple([named(child, eid, inner, repeats) for child in node.children])
        return Node(  # `replace` takes three times as long, and a code has ten thousand nodes
            node.kind,
            node.label,
            node.number_key,
            node.heading,
            node.text,
            children,
            node.notes,
            node.state,
            node.span,
            node.doubts,
            eid,
        )

    top: dict[str, int] = {}
    again: dict[str, int] = {}
    return replace(document, nodes=tuple(named(node, "", top, again) for node in document.nodes))


_FREE = ("book_", "title_", "chp_", "sec_", "part_", "preamble_", "cons_", "ants_", "ress_")
