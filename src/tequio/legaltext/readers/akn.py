"""Akoma Ntoso in. What `akn.write` wrote comes back as an equal tree; what other programs wrote goes to `akn_theirs`."""

from collections.abc import Iterator
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

from tequio.legaltext import remarks
from tequio.legaltext.akn import NS, OURS, SOURCE
from tequio.legaltext.profiles import PROFILES
from tequio.legaltext.readers import akn_theirs, xml
from tequio.legaltext.respan import respanned
from tequio.legaltext.tree import KINDS, NOWHERE, Document, Node, Note, State, with_eids

_KINDS = {
    "book": "libro",
    "title": "titulo",
    "chapter": "capitulo",
    "section": "seccion",
    "part": "apartado",
    "article": "articulo",
    "point": "fraccion",
    "indent": "inciso",
    "clause": "inciso",
    "preface": "preambulo",
    "preamble": "preambulo",
    "conclusions": "cierre",
    "recitals": "considerandos",
    "recital": "considerando",
    "rule": "articulo",
    "tome": "libro",
    "subtitle": "capitulo",
    "subchapter": "seccion",
    "subsection": "parrafo",
    "subparagraph": "parrafo",
    "paragraph": "parrafo",
    "alinea": "parrafo",
}
_TEXTS = {"p", "span", "block", "listIntroduction", "listWrapUp", "longTitle", "formula", "docTitle", "remark"}
DEEPEST = 60


def read(content: bytes, profile: str) -> tuple[Document, str]:
    """The document and a plain text in which its spans count."""
    root = xml.parse(content)
    main = (
        next((child for child in root if xml.local(child) in akn_theirs.DOCUMENTS), None)
        if xml.local(root) == "akomaNtoso"
        else None
    )
    if main is None:
        raise ValidationError(
            _("El XML no es una ley en Akoma Ntoso (act, bill o doc). Sube el archivo original o el documento en Word.")
        )
    identification = next((found for found in main.iter() if xml.local(found) == "identification"), None)
    own = identification is not None and identification.get("source") == SOURCE and root.nsmap.get(None) == NS
    if not own:
        return akn_theirs.read(main, profile)
    reader = _Reader()
    nodes: list[Node] = []
    for child in main:
        name = xml.local(child)
        if name == "body" or name in ("mainBody", "judgmentBody"):
            nodes += reader.children(child, 1)
        elif name in ("preface", "preamble", "conclusions"):
            nodes.append(reader.part(child))
    nodes = [node for node in nodes if node.kind != "vacio"]
    document = Document(
        _profile(main),
        _value(main, "FRBRname"),
        tuple(nodes),
        notes=tuple(_notes(main)),
    )
    if not any(node.children or node.text for node in nodes):
        raise ValidationError(_("El Akoma Ntoso no trae texto. Revisa que sea el archivo correcto."))
    return respanned(with_eids(document))


def _profile(main: etree._Element) -> str:
    subtype = _value(main, "FRBRsubtype")
    return next((key for key, profile in PROFILES.items() if profile.subtype == subtype), "law")


def _value(main: etree._Element, name: str) -> str:
    found = next((element for element in main.iter() if xml.local(element) == name), None)
    return found.get("value", "") if found is not None else ""


def _notes(main: etree._Element) -> list[Note]:
    return [
        remarks.note(_words(note), NOWHERE)
        for notes in main.iter()
        if xml.local(notes) == "notes"
        for note in notes
        if xml.local(note) == "note"
    ]


def _words(element: etree._Element) -> str:
    return " ".join("".join(str(piece) for piece in element.itertext()).split())


class _Reader:
    def children(self, element: etree._Element, depth: int) -> list[Node]:
        """The provisions below an element that is none itself."""
        return [self._one(piece, depth) for piece in self._pieces(element, depth) if self._says(piece)]

    def _pieces(self, element: etree._Element, depth: int) -> Iterator[etree._Element]:
        """Texts, tables and provisions below, through what only groups them."""
        if depth > DEEPEST:
            raise ValidationError(_("El XML tiene demasiados niveles. Guárdalo de nuevo y vuelve a subirlo."))
        for child in element:
            name = xml.local(child)
            if name in ("num", "heading", "subheading", "meta", "toc", ""):
                continue
            if name == "table" or name in _TEXTS or self._is_provision(child, name):
                yield child
                continue
            if len(child):
                yield from self._pieces(child, depth + 1)
            else:
                yield child

    def _says(self, piece: etree._Element) -> bool:
        name = xml.local(piece)
        return name == "table" or self._is_provision(piece, name) or bool(_words(piece))

    def _one(self, piece: etree._Element, depth: int) -> Node:
        name = xml.local(piece)
        if name == "table":
            return Node("table", text=_rows(piece))
        if self._is_provision(piece, name):
            return self.node(piece, depth + 1)
        return Node("parrafo", text=self._text(piece))

    def _is_provision(self, element: etree._Element, name: str) -> bool:
        return name == "hcontainer" or name in _KINDS or (name == "container" and element.get("name") in KINDS)

    def _text(self, element: etree._Element) -> str:
        return "".join(str(piece) for piece in element.itertext())

    def part(self, element: etree._Element) -> Node:
        """Preface, preamble or conclusions."""
        kind = "cierre" if xml.local(element) == "conclusions" else "preambulo"
        return self._filled(Node(kind), element, 1, blocks=True)

    def node(self, element: etree._Element, depth: int) -> Node:
        """One provision."""
        name = xml.local(element)
        kind = _KINDS.get(name, "")
        if name in ("hcontainer", "container"):
            kind = element.get("name", "")
            kind = kind if kind in KINDS or kind == "vacio" else "parrafo"
        elif (own := element.get("class", "")) in KINDS and name in ("article", "point"):
            kind = own
        num = next((child for child in element if xml.local(child) == "num"), None)
        heading = next((child for child in element if xml.local(child) == "heading"), None)
        label = self._text(num).strip() if num is not None else ""
        key = element.get(f"{{{OURS}}}key", "")
        state: State = "repealed" if element.get("status") == "removed" else "in_force"
        node = Node(kind, label, key, self._text(heading).strip() if heading is not None else "", state=state)
        if kind == "cita":
            quoted = next((child for child in element.iter() if xml.local(child) == "quotedStructure"), element)
            return replace(node, children=tuple(self.children(quoted, depth + 1)))
        if kind == "table":
            return self._table(node, element)
        return self._filled(node, element, depth, blocks=name == "container")

    def _table(self, node: Node, element: etree._Element) -> Node:
        table = next((child for child in element.iter() if xml.local(child) == "table"), None)
        lines = [self._text(p) for p in element.iter() if xml.local(p) == "p" and p.get("class") == "renglon"]
        notes = [
            remarks.note(self._text(p), NOWHERE)
            for p in element.iter()
            if xml.local(p) == "p" and p.get("class") == "nota"
        ]
        return replace(node, text=_rows(table) if table is not None else "\n".join(lines), notes=tuple(notes))

    def _filled(self, node: Node, element: etree._Element, depth: int, blocks: bool) -> Node:
        """The node with its own text (the first paragraph before any child), remarks and children. In `blocks`, where
        nothing but paragraphs may stand, a class tells what each is."""
        parts = {"num": node.label, "heading": node.heading, "texto": ""}
        notes: list[Note] = []
        children: list[Node] = []
        for piece in self._pieces(element, depth):
            sort = piece.get("class", "") if xml.local(piece) == "p" else ""
            if sort == "nota":
                notes.append(remarks.note(self._text(piece), NOWHERE))
            elif sort in parts:
                parts[sort] = self._text(piece)
            elif not self._says(piece):
                continue
            elif xml.local(piece) in _TEXTS and not (parts["texto"] or children or blocks):
                parts["texto"] = self._text(piece)
            else:
                children.append(self._one(piece, depth))
        return replace(
            node,
            label=parts["num"],
            heading=parts["heading"],
            text=parts["texto"],
            notes=tuple(notes),
            children=tuple(children),
        )


def _cell(cell: etree._Element) -> str:
    return " ".join("".join(str(piece) for piece in cell.itertext()).split("\n")).strip()


def _rows(table: etree._Element) -> str:
    lines = []
    for row in table.iter():
        if xml.local(row) != "tr":
            continue
        cells = [_cell(cell) for cell in row if xml.local(cell) in ("td", "th")]
        line = " | ".join(["", *cells, ""] if row.get("class") != "abierta" else ["", *cells])
        lines.append(line.strip())
    return "\n".join(lines)
