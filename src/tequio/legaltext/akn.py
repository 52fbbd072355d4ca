"""Akoma Ntoso 3.0 (OASIS, 2018) out. Valid against the strict schema; `readers.akn` reads it back to an equal tree.

Profile of this writer: `act` or `bill`; the words before the first article in `preamble`, all else in `body`; what has
no element of its own is an `hcontainer` with our kind as its name; reform notes are paragraphs of class `nota` after
the text that they are about; what a decree quotes stands in `mod/quotedStructure`. eIds are `tree.with_eids`': articles
carry no container in front. `wId` holds the lasting identity of a provision where the caller knows one. Conformity to
the OASIS naming convention is not claimed: numbers and abbreviations follow Mexican labels."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from tequio.legaltext.profiles import PROFILES
from tequio.legaltext.tree import Document, Node

NS = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "https://tequio.mx/ns/legaltext"
SOURCE = "#tequio"
ELEMENTS = {
    "libro": "book",
    "titulo": "title",
    "capitulo": "chapter",
    "seccion": "section",
    "apartado": "part",
    "articulo": "article",
    "transitorio": "article",
    "fraccion": "point",
    "inciso": "point",
    "numeral": "point",
    "subinciso": "point",
    "parrafo": "paragraph",
}
_NSMAP: dict[str | None, str] = {None: NS, "tequio": OURS}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Identity:
    """What names a text in the world. Dates are YYYY-MM-DD. `jurisdiction` is an ISO 3166 code as IRIs have it
    (`mx-jal`); `number` the number of the law, decree or initiative; `language` is ISO 639-2."""

    jurisdiction: str = "mx"
    date: str = "1900-01-01"
    number: str = "sn"
    version: str = ""
    language: str = "spa"
    author: str = ""

    def work(self, profile: str) -> str:
        """The IRI of the work: `/akn/mx-jal/act/ley/2026-03-01/12`."""
        kind = PROFILES[profile]
        number = re.sub(r"[^a-z0-9]+", "-", self.number.lower()).strip("-") or "sn"
        return f"/akn/{self.jurisdiction}/{kind.akn}/{kind.subtype}/{self.date}/{number}"

    def expression(self, profile: str) -> str:
        """The IRI of the version: `…/spa@2026-03-01`."""
        return f"{self.work(profile)}/{self.language}@{self.version or self.date}"


def write(document: Document, identity: Identity | None = None, lineages: Mapping[str, str] | None = None) -> bytes:
    """The document as Akoma Ntoso. The same document gives the same bytes. `lineages` maps eIds to lasting identities
    (letters, digits, `_`, `-`), which become `wId`s."""
    who = identity or Identity()
    profile = PROFILES[document.profile]
    root = etree.Element(f"{{{NS}}}akomaNtoso", nsmap=_NSMAP)  # type: ignore[arg-type]
    act = _add(root, profile.akn, name=profile.subtype)
    _meta(act, document, who)
    nodes = list(document.nodes)
    writer = _Writer(lineages or {})
    if nodes and nodes[0].kind == "preambulo":
        _preamble(act, nodes.pop(0), writer)
    body = _add(act, "body")
    for node in nodes:
        writer.node(body, node)
    if not nodes:
        empty = _add(body, "hcontainer", name="vacio", eId="empty_1")
        _add(_add(empty, "content"), "p")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _add(parent: etree._Element, element: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{NS}}}{element}", {key.rstrip("_"): value for key, value in attributes.items()})
    if text:
        made.text = _ILLEGAL.sub("", text)
    return made


def _meta(act: etree._Element, document: Document, who: Identity) -> None:
    meta = _add(act, "meta")
    identification = _add(meta, "identification", source=SOURCE)
    work, expression = who.work(document.profile), who.expression(document.profile)
    level = _add(identification, "FRBRWork")
    _add(level, "FRBRthis", value=f"{work}/!main")
    _add(level, "FRBRuri", value=work)
    _add(level, "FRBRdate", date=who.date, name="publicacion")
    _add(level, "FRBRauthor", href="#autor")
    _add(level, "FRBRcountry", value=who.jurisdiction)
    _add(level, "FRBRsubtype", value=PROFILES[document.profile].subtype)
    _add(level, "FRBRnumber", value=_ILLEGAL.sub("", who.number))
    if document.title:
        _add(level, "FRBRname", value=_ILLEGAL.sub("", document.title))
    level = _add(identification, "FRBRExpression")
    _add(level, "FRBRthis", value=f"{expression}/!main")
    _add(level, "FRBRuri", value=expression)
    _add(level, "FRBRdate", date=who.version or who.date, name="version")
    _add(level, "FRBRauthor", href="#autor")
    _add(level, "FRBRlanguage", language=who.language)
    level = _add(identification, "FRBRManifestation")
    _add(level, "FRBRthis", value=f"{expression}/!main.xml")
    _add(level, "FRBRuri", value=f"{expression}.xml")
    _add(level, "FRBRdate", date=who.version or who.date, name="archivo")
    _add(level, "FRBRauthor", href=SOURCE)
    references = _add(meta, "references", source=SOURCE)
    _add(references, "TLCOrganization", eId="tequio", href="/ontology/organization/tequio", showAs="Tequio")
    author = _ILLEGAL.sub("", who.author) or "Congreso"
    _add(references, "TLCOrganization", eId="autor", href="/ontology/organization/autor", showAs=author)
    if document.notes:
        notes = _add(meta, "notes", source=SOURCE)
        for number, note in enumerate(document.notes, 1):
            _add(_add(notes, "note", eId=f"note_{number}"), "p", note.text)


def _preamble(act: etree._Element, node: Node, writer: "_Writer") -> None:
    preamble = _add(act, "preamble", eId=node.eid)
    if node.text:
        _add(preamble, "p", node.text, class_="texto")
    for note in node.notes:
        _add(preamble, "p", note.text, class_="nota")
    for child in node.children:
        writer.block(preamble, child)


class _Writer:
    def __init__(self, lineages: Mapping[str, str]) -> None:
        self.lineages = lineages

    def attributes(self, node: Node, element: str) -> dict[str, str]:
        """The attributes that carry what the element's name does not tell."""
        out = {"eId": node.eid}
        if lineage := self.lineages.get(node.eid):
            out["wId"] = lineage
        if element == "hcontainer":
            out["name"] = node.kind
        elif (
            ELEMENTS.get(node.kind) == element
            and node.kind not in ("articulo", "fraccion")
            and element in ("article", "point")
        ):
            out["class"] = node.kind
        if node.state == "repealed":
            out["status"] = "removed"
        if node.number_key:
            out[f"{{{OURS}}}key"] = node.number_key
        return out

    def node(self, parent: etree._Element, node: Node) -> None:
        """One provision and all below it."""
        name = ELEMENTS.get(node.kind, "hcontainer")
        element = etree.SubElement(parent, f"{{{NS}}}{name}", self.attributes(node, name))
        if node.label:
            _add(element, "num", node.label)
        if node.heading:
            _add(element, "heading", node.heading)
        if node.kind == "cita":
            self._quoted(element, node)
        elif node.kind == "table":
            _table(_add(element, "content"), node)
        elif node.children:
            if node.text or node.notes:
                _texts(_add(element, "intro"), node)
            for child in node.children:
                self.node(element, child)
        else:
            _texts(_add(element, "content"), node)

    def _quoted(self, element: etree._Element, node: Node) -> None:
        holder = _add(_add(element, "content"), "p")
        mod = _add(holder, "mod", eId=f"{node.eid}__mod_1")
        quoted = _add(mod, "quotedStructure", eId=f"{node.eid}__qstr_1")
        for child in node.children:
            self.node(quoted, child)

    def block(self, parent: etree._Element, node: Node) -> None:
        """A child of the preamble, where only blocks may stand."""
        if node.kind == "table":
            _table(etree.SubElement(parent, f"{{{NS}}}container", self.attributes(node, "hcontainer")), node)
            return
        container = parent
        if node.kind != "parrafo" or node.children or node.notes or node.state == "repealed":
            container = etree.SubElement(parent, f"{{{NS}}}container", {**self.attributes(node, "hcontainer")})
        else:
            _add(container, "p", node.text, eId=node.eid)
            return
        if node.label:
            _add(container, "p", node.label, class_="num")
        if node.heading:
            _add(container, "p", node.heading, class_="heading")
        if node.text:
            _add(container, "p", node.text, class_="texto")
        for note in node.notes:
            _add(container, "p", note.text, class_="nota")
        for child in node.children:
            self.block(container, child)
        if not len(container):
            _add(container, "p")


def _texts(parent: etree._Element, node: Node) -> None:
    if node.text or not node.notes:
        _add(parent, "p", node.text)
    for note in node.notes:
        _add(parent, "p", note.text, class_="nota")


def _table(parent: etree._Element, node: Node) -> None:
    lines = node.text.split("\n")
    if not all(line.startswith("|") for line in lines):
        for line in lines:
            _add(parent, "p", line, class_="renglon")
    else:
        table = _add(parent, "table", eId=f"{node.eid}__tbl_1")
        for line in lines:
            closed = len(line) > 1 and line.endswith("|")
            cells = line[1 : -1 if closed else None].split("|")
            row = _add(table, "tr", class_="cerrada" if closed else "abierta")
            for cell in cells:
                _add(_add(row, "td"), "p", cell.strip())
    for note in node.notes:
        _add(parent, "p", note.text, class_="nota")
