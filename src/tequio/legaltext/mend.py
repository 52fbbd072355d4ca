"""What a person does to a structure that was read wrongly. Needs no database.

No step loses a word or changes their order: pieces are cut, joined, raised and lowered; a label is a beginning of words
that are there already; what is dropped as a repeat stands among the removed pieces with its place in the source. Each
function gives a new document with fresh eIds and raises ``Impossible`` with a sentence for the person.
"""

from collections.abc import Callable
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.legaltext.tree import Document, Node, Removed, Span, own_words, walk, with_eids

Row = tuple[Node, ...]


class Impossible(ValueError):  # noqa: N818  the name that people read
    """A step that cannot be done here; ``words`` says why."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))
        self.words = words


def find(document: Document, eid: str) -> Node:
    """The provision at a place. Raises ``Impossible`` when it is not there any more."""
    for node in walk(document.nodes):
        if node.eid == eid:
            return node
    raise Impossible(_("Esa parte ya no está en su lugar: alguien cambió la estructura. Vuelve a abrir la página."))


def _change(document: Document, eid: str, step: Callable[[Row, int], Row]) -> Document:
    """Applies ``step`` to the row of siblings that holds the provision."""
    find(document, eid)

    def inside(row: Row) -> Row:
        for place, node in enumerate(row):
            if node.eid == eid:
                return step(row, place)
        return tuple(
            replace(node, children=inside(node.children)) if any(n.eid == eid for n in walk(node.children)) else node
            for node in row
        )

    return with_eids(replace(document, nodes=inside(document.nodes)))


def split(document: Document, eid: str, begins: str, kind: str = "", label: str = "", number: str = "") -> Document:
    """Cuts the text where ``begins`` stands; from there on it is a provision of its own, after this one.

    ``label`` is the beginning of the new piece that is its label. In an article the new piece stands inside it, before
    its other parts, unless it is an article too."""
    node = find(document, eid)
    at = node.text.find(begins.strip()) if begins.strip() else -1
    if at <= 0:
        raise Impossible(_("No encontramos esas palabras dentro del texto de esta parte. Cópialas tal como están."))
    rest = node.text[at:]
    if label and not rest.startswith(label):
        raise Impossible(_("La etiqueta tiene que ser el principio de la parte nueva."))
    kind = kind or ("parrafo" if node.children or node.kind == "articulo" else node.kind)
    cut = _place_of(node, rest)
    piece = Node(kind, label, number, text=rest[len(label) :].strip() if label else rest, span=Span(cut, node.span.end))
    kept = replace(node, text=node.text[:at].rstrip())

    def step(row: Row, place: int) -> Row:
        if node.kind not in (kind, "parrafo"):
            return (*row[:place], replace(kept, children=(piece, *node.children)), *row[place + 1 :])
        new = replace(piece, children=node.children)
        return (*row[:place], replace(kept, children=()), new, *row[place + 1 :])

    return _change(document, eid, step)


def _place_of(node: Node, rest: str) -> int:
    """About where the rest of a text begins in the source: counted from the end, for white space differs."""
    inside = sum(len(own_words(child)) for child in walk(node.children))
    return max(node.span.start, node.span.end - inside - len(rest))


def join(document: Document, eid: str) -> Document:
    """Puts the provision's words at the end of what stands before it; its parts follow there."""
    nodes = list(walk(document.nodes))
    place = next((n for n, node in enumerate(nodes) if node.eid == eid), -1)
    node = find(document, eid)
    if place == 0:
        raise Impossible(_("Antes de esta parte no hay nada a lo que se pueda unir."))
    before = nodes[place - 1]
    words = own_words(node)
    grown = replace(
        before,
        text=f"{before.text} {words}".strip(),
        notes=before.notes + node.notes,
        span=Span(before.span.start, max(before.span.end, node.span.end)),
    )

    def inside(row: Row) -> Row:
        found: list[Node] = []
        for one in row:
            if one.eid == eid:
                if found and found[-1].eid == before.eid:
                    found[-1] = replace(found[-1], children=found[-1].children + one.children)
                else:
                    found.extend(one.children)
                continue
            if one.eid == before.eid:
                found.append(replace(grown, children=inside(one.children)))
            else:
                found.append(replace(one, children=inside(one.children)))
        return tuple(found)

    return with_eids(replace(document, nodes=inside(document.nodes)))


def lower(document: Document, eid: str) -> Document:
    """Makes the provision the last part of the one before it."""

    def step(row: Row, place: int) -> Row:
        if place == 0:
            raise Impossible(_("Antes de esta parte no hay otra del mismo nivel que la pueda contener."))
        above = row[place - 1]
        return (*row[: place - 1], replace(above, children=(*above.children, row[place])), *row[place + 1 :])

    return _change(document, eid, step)


def lift(document: Document, eid: str) -> Document:
    """Takes the provision out of the one that holds it; what follows it there becomes part of it, so that the order of
    reading stays."""
    parent = next((n for n in walk(document.nodes) if any(child.eid == eid for child in n.children)), None)
    find(document, eid)
    if parent is None:
        raise Impossible(_("Esta parte ya está en el nivel más alto."))
    place = next(n for n, child in enumerate(parent.children) if child.eid == eid)
    node, after = parent.children[place], parent.children[place + 1 :]
    kept = replace(parent, children=parent.children[:place])

    def step(row: Row, at: int) -> Row:
        return (*row[:at], kept, replace(node, children=node.children + after), *row[at + 1 :])

    return _change(document, parent.eid, step)


def relabel(
    document: Document, eid: str, kind: str, label: str = "", number: str = "", heading: str | None = None
) -> Document:
    """Says what the provision is. ``label`` and ``heading`` are beginnings of its own words; ``number`` its place in the
    series, where the label lost it."""
    node = find(document, eid)
    words = own_words(node)
    head = node.heading if heading is None else heading.strip()
    label = label.strip()
    rest = words
    for part in (label, head):
        if part and not rest.startswith(part):
            raise Impossible(
                _("Etiqueta y encabezado tienen que ser las primeras palabras de esta parte, tal como están.")
            )
        rest = rest[len(part) :].strip()
    new = replace(node, kind=kind, label=label, number_key=number.strip().lower(), heading=head, text=rest)
    return _change(document, eid, lambda row, place: (*row[:place], new, *row[place + 1 :]))


def drop(document: Document, eid: str, source: str) -> Document:
    """Takes out a provision that the source repeats; its words stand among the removed pieces."""
    node = find(document, eid)
    start, end = node.span
    removed = Removed(source[start:end], node.span, "duplicate")
    kept = tuple(sorted((*document.removed_lines, removed), key=lambda piece: piece.span))
    return _change(replace(document, removed_lines=kept), eid, lambda row, place: (*row[:place], *row[place + 1 :]))
