"""The comparative table that authors bring with a bill ("texto vigente / texto propuesto"), against the text in force itself.

The column with the proposal becomes a draft of the law: its articles take the place of those in force. The other column is what
the authors believe the law to say; where it does not, that is a fault of drafting found before the vote, and a serious doubt.
No database: trees in, a tree out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tequio.legaltext import labels
from tequio.legaltext.respan import respanned
from tequio.legaltext.segment import segment
from tequio.legaltext.tree import ITEMS, NOWHERE, UNITS, Document, Doubt, Node, walk, with_eids

Rows = Sequence[Sequence[str]]
_IN_FORCE = re.compile(r"\b(vigente|actual|dice|original)\b", re.IGNORECASE)
_PROPOSED = re.compile(r"\b(propuest[ao]|propone|propuesta|debe decir|iniciativa|reforma)\b", re.IGNORECASE)
_SAME = re.compile(r"^(?:\.{3,}|…|(?:\. ){2,}\.)\s*$")
_RANGE = re.compile(r"^(?:a|y)\s+(?:la\s+)?(?P<last>[IVXLCDM]+|[a-zñ])(?:[.)]|\b)?[\s.\-]*(?:\.{3,}|…)\s*$")
_NOTHING = re.compile(r"^\W*(sin correlativo|no existe|sin texto|no hay correlativo|n/?a)\W*$", re.IGNORECASE)

_GAPS = {"article_jump", "article_back", "late_start", "jump"}


@dataclass(frozen=True)
class Columns:
    """Which column, from 0, holds the law in force and which the proposal."""

    in_force: int
    proposed: int


@dataclass
class Made:
    """The law as it would read, with its doubts, and what was found on the way."""

    document: Document
    source: str
    changed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    faults: int = 0


def columns(rows: Rows) -> Columns | None:
    """The columns of a table by the words of its first rows; None where they do not tell, or where there are not two."""
    for row in rows[:3]:
        if len(row) != 2:
            continue
        one, other = (" ".join(cell.split())[:120] for cell in row)
        if "debe decir" in other.lower() or (_IN_FORCE.search(one) and _PROPOSED.search(other)):
            return Columns(0, 1)
        if "debe decir" in one.lower() or (_PROPOSED.search(one) and _IN_FORCE.search(other)):
            return Columns(1, 0)
    return None


def candidates(tables: Sequence[Rows]) -> list[Rows]:
    """The tables of two columns that name articles: those that may be comparative, in the order of the document."""
    found = []
    for rows in tables:
        two = [row for row in rows if len(row) == 2]
        cells = [line for row in two for cell in row for line in cell.splitlines()]
        if len(two) * 2 > len(rows) and any(labels.article(line.strip()) for line in cells):
            found.append(rows)
    return found


def apply(rows: Rows, which: Columns, law: Document) -> Made:
    """The law with the table's proposal in it. Raises ``ValueError`` where the proposal names no article."""
    theirs, wanted = (_articles(rows, place) for place in (which.in_force, which.proposed))
    if not any(node.kind == "articulo" for node in wanted):
        raise ValueError("no article")
    ours = {(node.kind, node.number_key): node for node in walk(law.nodes) if node.kind == "articulo"}
    doubts: dict[str, list[Doubt]] = {}
    general: list[Doubt] = []
    for node in theirs:
        _held_against(node, ours.get((node.kind, node.number_key)), doubts, general)
    fresh: dict[str, Node] = {}
    rest: list[Node] = []
    for node in wanted:
        if node.kind != "articulo" or not node.number_key:
            rest.append(node)
            continue
        fresh[node.number_key] = _merged(ours.get((node.kind, node.number_key)), node, doubts)
    nodes = [_replaced(node, fresh) for node in law.nodes]
    new = [node for key, node in fresh.items() if ("articulo", key) not in ours]
    for node in sorted(new, key=lambda node: labels.order(node.number_key)):
        nodes = _inserted(nodes, node)
    for node in rest:
        nodes.append(replace(node, doubts=(*node.doubts, Doubt("table_left", NOWHERE, "serious"))))
    document, source = respanned(with_eids(Document(law.profile, law.title, tuple(nodes), notes=law.notes)))
    document = replace(document, nodes=tuple(_doubted(node, doubts) for node in document.nodes), doubts=tuple(general))
    made = Made(document, source, faults=sum(map(len, doubts.values())) + len(general))
    made.added = [node.label for node in new]
    made.changed = [node.label for key, node in fresh.items() if ("articulo", key) in ours]
    return made


def _articles(rows: Rows, place: int) -> list[Node]:
    """The provisions of a column, read as a text of its own."""
    cells = [row[place].strip() for row in rows if len(row) == 2]
    if cells and not labels.article(cells[0].splitlines()[0] if cells[0] else ""):
        cells = cells[1:]  # its heading
    words = "\n".join(cell for cell in cells if cell and not _NOTHING.match(cell))
    return [_continuing(node) for top in segment(words, "law", "lines", False).nodes for node in _units(top)]


def _continuing(node: Node) -> Node:
    """Without the doubts about gaps in the numbering: a table quotes some articles and some parts of them."""
    doubts = tuple(doubt for doubt in node.doubts if doubt.code not in _GAPS)
    return replace(node, doubts=doubts, children=tuple(_continuing(child) for child in node.children))


def _units(node: Node) -> list[Node]:
    if node.kind in UNITS or not node.children or node.kind in ("transitorios", "cita"):
        return [node]
    return [unit for child in node.children for unit in _units(child)]


def _squeezed(node: Node) -> str:
    parts = (
        part for one in walk((node,)) for part in (one.heading, one.text, *((one.label,) if one is not node else ()))
    )
    return re.sub(r"\W+", "", "".join(parts)).lower()


def _held_against(theirs: Node, ours: Node | None, doubts: dict[str, list[Doubt]], general: list[Doubt]) -> None:
    """What the authors say is in force against what is."""
    if theirs.kind != "articulo" or not theirs.number_key:
        return
    if ours is None:
        general.append(Doubt("table_unknown", NOWHERE, "serious", (("label", theirs.label),)))
        return
    whole = _merged(ours, theirs, {})
    if _squeezed(whole) == _squeezed(ours):
        return
    one, other = (" ".join(_words(node)) for node in (whole, ours))
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    at = max(one.rfind(" ", 0, at) + 1, 0)
    said = (("label", ours.label), ("theirs", one[at : at + 60] or "—"), ("ours", other[at : at + 60] or "—"))
    doubts.setdefault(ours.number_key, []).append(Doubt("table_differs", NOWHERE, "serious", said))


def _words(node: Node) -> list[str]:
    return [w for one in walk((node,)) for part in (one.label, one.heading, one.text) for w in part.split()]


def _merged(ours: Node | None, theirs: Node, doubts: dict[str, list[Doubt]]) -> Node:
    """An article of the table with what its dots stand for: what is in force between what is written out."""
    if ours is None:
        return theirs
    text = ours.text if _SAME.match(theirs.text.strip()) else theirs.text
    children, at, dots = [], 0, False
    held = list(ours.children)
    for child in theirs.children:
        if child.kind == "parrafo" and _SAME.match(child.text.strip()):
            dots = True
            continue
        same = _place(held, child, at)
        if dots:
            children += held[at : same if same is not None else _paragraphs(held, at)]
            at = same if same is not None else _paragraphs(held, at)
            dots = False
        last = _RANGE.match(child.text.strip()) if child.kind in ITEMS else None
        if last and same is not None:
            end = _last(held, same, last["last"])
            children += held[same:end]
            at = end
        elif same is not None:
            children.append(_merged(held[same], child, doubts))
            at = same + 1
        else:
            children.append(child)
    if dots:
        children += held[at:]
    gone = [
        node.label
        for node in held
        if node.label and node.number_key and not any(c.label == node.label for c in children)
    ]
    if gone and theirs.state == "in_force":
        said = (("label", ours.label), ("gone", ", ".join(gone[:8])))
        doubts.setdefault(ours.number_key, []).append(Doubt("table_gone", NOWHERE, "minor", said))
    heading = theirs.heading or ours.heading
    return replace(theirs, text=text, heading=heading, children=tuple(children), eid="")


def _place(held: list[Node], child: Node, start: int) -> int | None:
    """Where the counterpart of a child stands, from ``start`` on: the same number, or the same words."""
    for place in range(start, len(held)):
        one = held[place]
        if child.number_key and (one.kind, one.number_key) == (child.kind, child.number_key):
            return place
        if not child.number_key and one.kind == child.kind and _squeezed(one) == _squeezed(child):
            return place
    return None


def _paragraphs(held: list[Node], start: int) -> int:
    """Dots before something new stand for the paragraphs up to the next list."""
    while start < len(held) and held[start].kind == "parrafo":
        start += 1
    return start


def _last(held: list[Node], start: int, label: str) -> int:
    """The place after the member of a list that ``label`` names; after the first where it is not there."""
    value = labels.from_roman(label) if label.isupper() else None
    key = str(value) if value else label
    return next((i + 1 for i in range(start, len(held)) if held[i].number_key == key), start + 1)


def _replaced(node: Node, fresh: dict[str, Node]) -> Node:
    if node.kind == "articulo":
        return fresh.get(node.number_key, node)
    if node.kind in ("cita", "decreto", "transitorios"):
        return node
    return replace(node, children=tuple(_replaced(child, fresh) for child in node.children))


def _inserted(nodes: Sequence[Node], new: Node) -> list[Node]:
    """The nodes with a new article after the last one that comes before it."""
    order = labels.order(new.number_key)
    keys = [n.number_key for n in _laws_own(tuple(nodes)) if labels.order(n.number_key) < order]
    if not keys:
        return [new, *nodes]

    def put(row: Sequence[Node]) -> list[Node]:
        made: list[Node] = []
        for node in row:
            if node.kind == "articulo":
                made += [node, new] if node.number_key == keys[-1] else [node]
            elif node.kind in ("cita", "decreto", "transitorios"):
                made.append(node)
            else:
                made.append(replace(node, children=tuple(put(node.children))))
        return made

    return put(nodes)


def _laws_own(nodes: tuple[Node, ...]) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        if node.kind == "articulo":
            found.append(node)
        elif node.kind not in ("cita", "decreto", "transitorios"):
            found += _laws_own(node.children)
    return sorted(found, key=lambda node: labels.order(node.number_key))


def _doubted(node: Node, doubts: dict[str, list[Doubt]]) -> Node:
    own = doubts.get(node.number_key, []) if node.kind == "articulo" else []
    own = [*(replace(doubt, span=node.span) for doubt in node.doubts), *(replace(d, span=node.span) for d in own)]
    return replace(node, doubts=tuple(own), children=tuple(_doubted(child, doubts) for child in node.children))
