"""Akoma Ntoso that other programs wrote: every character of its words is kept, and what of its form is not, is a doubt.

Kept: divisions, articles, lists and their numbers, headings and subheadings, paragraphs, tables with their captions, quoted
structures as quotations, notes as remarks on their provision, attachments as annexes. Not kept, and said: bold and other marks of
look (their words stay), the addresses of references (found anew in the words), pictures (their description stays), formulas,
struck and inserted words of a text with changes in sight (both stay), the table of contents, and life-cycle data.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

from tequio.legaltext import labels, remarks
from tequio.legaltext.readers import xml
from tequio.legaltext.respan import respanned
from tequio.legaltext.tree import KINDS, NOWHERE, Document, Doubt, Node, Note, Severity, State, walk, with_eids

DEEPEST = 60
DOCUMENTS = ("act", "bill", "doc", "statement", "judgment", "debateReport", "amendment", "documentCollection")
_KINDS = {
    "book": "libro",
    "tome": "libro",
    "title": "titulo",
    "chapter": "capitulo",
    "subtitle": "capitulo",
    "section": "seccion",
    "subchapter": "seccion",
    "part": "apartado",
    "article": "articulo",
    "rule": "articulo",
    "point": "fraccion",
    "indent": "inciso",
    "clause": "inciso",
    "preface": "preambulo",
    "preamble": "preambulo",
    "coverPage": "preambulo",
    "header": "preambulo",
    "conclusions": "cierre",
    "recitals": "considerandos",
    "recital": "considerando",
    "attachment": "anexo",
    "component": "anexo",
}
# What only groups others. Anything else that is not known is gone through too, with a doubt.
_GROUPS = {
    *(
        "list",
        "body",
        "mainBody",
        "judgmentBody",
        "amendmentBody",
        "collectionBody",
        "debateBody",
        "level",
        "container",
    ),
    *(
        "attachments",
        "components",
        "intro",
        "wrapUp",
        "content",
        "blockList",
        "item",
        "hcontainer",
        "paragraph",
        "alinea",
    ),
    *("subparagraph", "subsection", "formula", "longTitle", "tblock", "crossHeading", "introduction", "background"),
    *("motivation", "decision", "arguments", "remedies", "citations", "citation", "ul", "ol", "li", "div", *DOCUMENTS),
    *("interstitial", "listIntroduction", "listWrapUp", "blockContainer", "documentRef"),
}
_PARAGRAPHS = {
    "p",
    "span",
    "block",
    "docTitle",
    "remark",
    "tocItem",
    "crossHeading",
    "interstitial",
    "listIntroduction",
}
_PARAGRAPHS |= {"listWrapUp", "heading", "subheading"}
_LOOK = {"b", "i", "u", "a", "sup", "sub", "span", "inline", "abbr", "font"}
_POINTING = {"ref", "rref", "mref", "rmod", "affectedDocument", "relatedDocument"}
_MEANT = {
    "docTitle",
    "docNumber",
    "docDate",
    "docType",
    "docProponent",
    "docAuthority",
    "date",
    "def",
    "term",
    "entity",
}
_MEANT |= {
    "organization",
    "person",
    "role",
    "location",
    "quantity",
    "concept",
    "object",
    "event",
    "process",
    "mod",
    "remark",
}
_MEANT |= {
    "shortTitle",
    "num",
    "signature",
    "docStatus",
    "docPurpose",
    "docketNumber",
    "judge",
    "lawyer",
    "party",
    "eol",
    "br",
}
_PICTURES = {"img", "figure", "foreign", "math"}
_AMONG_WORDS = _LOOK | _POINTING | _MEANT | _PICTURES | {"authorialNote", "noteRef", "del", "ins", "quotedStructure"}


def read(main: etree._Element, profile: str) -> tuple[Document, str]:
    """The document and a plain text in which its spans count."""
    reader = _Reader()
    nodes = reader.inside(main, 1)
    title = next((_line(e) for e in main.iter() if xml.local(e) in ("docTitle", "shortTitle")), "")
    named = next((e.get("value", "") for e in main.iter() if xml.local(e) == "FRBRname"), "")
    notes = tuple(
        remarks.note(_line(note), NOWHERE)
        for held in main.iter()
        if xml.local(held) == "notes"
        for note in held
        if xml.local(note) == "note" and _line(note)
    )
    if not any(node.children or node.text or node.label for node in nodes):
        raise ValidationError(_("El Akoma Ntoso no trae texto. Revisa que sea el archivo correcto."))
    document, source = respanned(with_eids(Document(profile, title or named, tuple(nodes), notes=notes)))
    document = replace(document, nodes=tuple(_placed(node) for node in document.nodes))
    doubts = [Doubt("foreign_akn", NOWHERE, "serious"), *reader.doubts()]
    if lost := _lost(main, document):
        doubts.insert(1, Doubt("akn_lost", NOWHERE, "serious", (("count", str(lost)),)))
    return replace(document, doubts=tuple(doubts)), source


def _placed(node: Node) -> Node:
    doubts = tuple(replace(doubt, span=node.span) for doubt in node.doubts)
    return replace(node, doubts=doubts, children=tuple(_placed(child) for child in node.children))


def _said(element: etree._Element) -> Iterator[str]:
    """The words below an element, but for the data about the document and the table of contents."""
    if xml.local(element) in ("meta", "toc", ""):
        return
    yield element.text or ""
    for child in element:
        yield from _said(child)
        yield " " if xml.local(child) in ("p", "br", "eol", "li", "item") else ""
        yield child.tail or ""


def _lost(main: etree._Element, document: Document) -> int:
    """How many characters of the file are nowhere in the tree. There must be none: a net under all the rules above."""
    meant: Counter[str] = Counter("".join("".join(_said(main)).split()).replace("|", ""))
    nodes = list(walk(document.nodes))
    words = [part for node in nodes for part in (node.label, node.heading, node.text)]
    words += [note.text for node in nodes for note in node.notes]
    held: Counter[str] = Counter("".join("".join(words).split()).replace("|", ""))
    return sum((meant - held).values())


def _line(element: etree._Element) -> str:
    return " ".join("".join(_said(element)).split())


class _Words:
    """What stands in a paragraph: runs of words, the notes among them, and structures quoted between them."""

    def __init__(self) -> None:
        self.parts: list[str | Node] = [""]
        self.notes: list[Note] = []
        self.doubts: list[Doubt] = []

    def add(self, text: str | None) -> None:
        if text:
            if not isinstance(self.parts[-1], str):
                self.parts.append("")
            self.parts[-1] = f"{self.parts[-1]}{text}"

    def doubt(self, code: str, severity: Severity = "minor", **values: str) -> None:
        found = Doubt(code, NOWHERE, severity, tuple(values.items()))
        if found not in self.doubts:
            self.doubts.append(found)


class _Reader:
    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.unknown: set[str] = set()

    def doubts(self) -> Iterator[Doubt]:
        """What is said once of the whole text."""
        for code in ("akn_references", "akn_contents"):
            if self.counts[code]:
                yield Doubt(code, NOWHERE, "minor", (("count", str(self.counts[code])),))
        for name in sorted(self.unknown):
            yield Doubt("unread_mark", NOWHERE, "minor", (("name", name[:60]),))

    def inside(self, element: etree._Element, depth: int) -> list[Node]:
        """Everything below an element that is no provision itself, bare words among its elements too."""
        found = _bare(element.text)
        for child in element:
            found += [*self.one(child, depth + 1), *_bare(child.tail)]
        return found

    def one(self, element: etree._Element, depth: int) -> list[Node]:
        """The provisions that an element makes."""
        if depth > DEEPEST:
            raise ValidationError(_("El XML tiene demasiados niveles. Guárdalo de nuevo y vuelve a subirlo."))
        name = xml.local(element)
        if name in ("meta", ""):
            return []
        if name == "toc":
            self.counts["akn_contents"] += 1
            return []
        if name == "table":
            return [self.table(element)]
        has_number = any(xml.local(child) in ("num", "heading", "subheading") for child in element)
        if name in _KINDS or has_number or (name in ("container", "hcontainer") and element.get("name") in KINDS):
            return [self.provision(element, name, depth)]
        if name in _PARAGRAPHS and not any(
            xml.local(child) in ("p", "table", "list", "blockList") for child in element
        ):
            return self.paragraph(element, depth)
        if name not in _GROUPS and name not in _PARAGRAPHS:
            self.noted(name)
            if all(xml.local(child) in _AMONG_WORDS for child in element):
                return self.paragraph(element, depth)
        return self.inside(element, depth)

    def noted(self, name: str) -> None:
        if name not in _LOOK | _POINTING | _MEANT | _PICTURES:
            self.unknown.add(name)

    def provision(self, element: etree._Element, name: str, depth: int) -> Node:
        """Something with a name, a number or a heading of its own."""
        named = element.get("name", "")
        kind = _KINDS.get(name) or (named if named in KINDS else "parrafo")
        parts = {"num": "", "heading": "", "subheading": ""}
        inner: list[Node] = _bare(element.text)
        notes: list[Note] = []
        doubts: list[Doubt] = []
        for child in element:
            part = xml.local(child)
            if part in parts and not parts[part]:
                words = self.words(child, depth + 1)
                parts[part] = " ".join(" ".join(p for p in words.parts if isinstance(p, str)).split())
                inner += [p for p in words.parts if isinstance(p, Node)]
                notes += words.notes
                doubts += words.doubts
            else:
                inner += self.one(child, depth + 1)
            inner += _bare(child.tail)
        label = parts["num"]
        kind, key = _guess(kind, label)
        state: State = "repealed" if element.get("status") == "removed" else "in_force"
        heading = " ".join(part for part in (parts["heading"], parts["subheading"]) if part)
        text = ""
        if inner and inner[0].kind == "parrafo" and not (inner[0].label or inner[0].heading) and kind != "cita":
            first = inner.pop(0)
            text, notes, doubts = first.text, [*notes, *first.notes], [*doubts, *first.doubts]
            inner = [*first.children, *inner]
        return Node(kind, label, key, heading, text, tuple(inner), tuple(notes), state, doubts=tuple(doubts))

    def paragraph(self, element: etree._Element, depth: int) -> list[Node]:
        """A paragraph, and what is quoted in it as quotations of their own."""
        words = self.words(element, depth)
        found: list[Node] = []
        for part in words.parts:
            if isinstance(part, Node):
                found.append(part)
            else:
                found += _bare(part)
        if words.notes or words.doubts:
            if not found:
                found = [Node("parrafo")]
            found[0] = replace(
                found[0], notes=(*found[0].notes, *words.notes), doubts=(*found[0].doubts, *words.doubts)
            )
        return found

    def words(self, element: etree._Element, depth: int) -> _Words:
        """The words of a paragraph with what stands among them."""
        held = _Words()
        self._gather(element, held, depth)
        return held

    def _gather(self, element: etree._Element, held: _Words, depth: int) -> None:
        if depth > DEEPEST:
            raise ValidationError(_("El XML tiene demasiados niveles. Guárdalo de nuevo y vuelve a subirlo."))
        held.add(element.text)
        for child in element:
            name = xml.local(child)
            if name in ("br", "eol"):
                held.add(" ")
            elif name in ("authorialNote", "note"):
                held.notes.append(remarks.note(_line(child), NOWHERE))
                held.doubt("akn_note")
            elif name in ("quotedStructure", "embeddedStructure"):
                inner = tuple(self.inside(child, depth + 1))
                held.parts.append(Node("cita", children=inner, doubts=(Doubt("quoted", NOWHERE),)))
            elif name == "table":
                held.parts.append(self.table(child))
            else:
                self._mark(child, name, held, depth)
            held.add(child.tail)

    def _mark(self, child: etree._Element, name: str, held: _Words, depth: int) -> None:
        if name in ("del", "ins"):
            held.doubt("akn_deleted" if name == "del" else "akn_inserted", "serious", words=_line(child)[:80])
        elif name in _PICTURES:
            held.doubt("akn_picture", words=(child.get("alt") or child.get("title") or child.get("src") or name)[:80])
        elif name == "noteRef":
            held.doubt("akn_note")
        elif name in _POINTING:
            self.counts["akn_references"] += 1
        elif name in ("p", "li", "item"):  # blocks where only words should be: a gap between them
            held.add(" ")
        else:
            self.noted(name)
        self._gather(child, held, depth + 1)

    def table(self, element: etree._Element) -> Node:
        """A table by its rows, what stands above it first."""
        lines: list[str] = []
        doubts: tuple[Doubt, ...] = ()
        for part in element.iter():
            name = xml.local(part)
            if name == "caption":
                lines.append(_line(part))
            elif name == "tr":
                cells = [_line(cell).replace("|", "/") for cell in part if xml.local(cell) in ("td", "th")]
                lines.append("| " + " | ".join(cells) + " |")
            elif name in ("td", "th") and (part.get("rowspan", "1") != "1" or part.get("colspan", "1") != "1"):
                doubts = (Doubt("akn_cells", NOWHERE, "minor"),)
        return Node("table", text="\n".join(lines), doubts=doubts)


def _bare(text: str | None) -> list[Node]:
    words = " ".join((text or "").split())
    return [Node("parrafo", text=words)] if words else []


_BY_FORM = {"R": "fraccion", "a": "inciso", "A": "inciso", "n": "numeral", "r": "subinciso"}


def _guess(kind: str, label: str) -> tuple[str, str]:
    """Kind and key of a provision, by its label."""
    if not label:
        return kind, ""
    if found := labels.article(label) or labels.container(label):
        return kind, found.key
    pointed = label if re.search(r"[.)\-:]$", label) else label + "."
    readings = labels.items(pointed)
    if kind in ("parrafo", *_BY_FORM.values()) and readings:
        best = next((reading for reading in readings if _BY_FORM[reading.form] == kind), readings[0])
        return _BY_FORM[best.form], best.key
    if readings:
        return kind, readings[0].key
    ordinal = labels.ordinal_item(pointed)
    return kind, ordinal.key if ordinal else ""
