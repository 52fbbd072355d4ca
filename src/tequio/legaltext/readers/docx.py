"""DOCX to plain text: a line for each paragraph, with the numbers that Word counts by itself written out."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

from tequio.documents.contents import office
from tequio.legaltext.readers import text, xml
from tequio.legaltext.readers.numbering import Numbering, W, numbering, of_paragraph
from tequio.legaltext.readers.reading import Reading
from tequio.legaltext.tree import Doubt, Span

MOST_OF_TEXT = 60 << 20  # bytes of word/document.xml
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "pPr", W + "rPr", W + "sectPr", _FALLBACK}


def read(content: bytes) -> Reading:
    """The text of a Word document. `documents.contents.office` refuses what must not be in one."""
    office.look(content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = set(archive.namelist())
        if "word/document.xml" not in names:
            raise ValidationError(_("No es un documento de Word. Guárdalo como .docx, PDF o texto y súbelo."))
        if archive.getinfo("word/document.xml").file_size > MOST_OF_TEXT:
            raise ValidationError(_("El documento es demasiado largo. Divídelo en partes y súbelas una por una."))

        def part(name: str) -> etree._Element | None:
            return xml.parse(archive.read(name)) if name in names else None

        root = xml.parse(archive.read("word/document.xml"))
        lists = numbering(part("word/numbering.xml"), part("word/styles.xml"))
        notes = part("word/footnotes.xml")
    body = root.find(W + "body")
    lines = list(_lines(body, lists)) if body is not None else []
    doubts = []
    if notes is not None:
        feet = [
            line for note in notes.iter(W + "footnote") if note.get(W + "type") is None for line in _lines(note, lists)
        ]
        if feet:
            doubts.append(Doubt("footnotes", Span(0, 0)))
            lines += feet
    words = "\n".join(line for line in lines if line.strip())
    if not words.strip():
        raise ValidationError(_("El documento no tiene texto: quizá son imágenes. Sube uno con texto o pégalo."))
    for tag, code in ((W + "del", "tracked_changes"), (W + "ins", "tracked_changes"), (W + "vanish", "hidden_text")):
        if next(root.iter(tag), None) is not None and code not in {doubt.code for doubt in doubts}:
            doubts.append(Doubt(code, Span(0, 0), "serious"))
    if lists.used:
        doubts.append(Doubt("automatic_numbers", Span(0, 0)))
    return text.checked(words)._replace(layout="lines", markdown=False, doubts=tuple(doubts))


def tables(content: bytes) -> list[list[list[str]]]:
    """The tables of a Word document: rows of cells, each cell with a line for each of its paragraphs. Refuses what ``read``
    does."""
    office.look(content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = set(archive.namelist())
        if "word/document.xml" not in names:
            raise ValidationError(_("No es un documento de Word. Guárdalo como .docx, PDF o texto y súbelo."))
        if archive.getinfo("word/document.xml").file_size > MOST_OF_TEXT:
            raise ValidationError(_("El documento es demasiado largo. Divídelo en partes y súbelas una por una."))
        root = xml.parse(archive.read("word/document.xml"))
        held = [xml.parse(archive.read(n)) if n in names else None for n in ("word/numbering.xml", "word/styles.xml")]
    lists = numbering(*held)
    return [
        [["\n".join(_cell(cell, lists)) for cell in row.findall(W + "tc")] for row in table.iter(W + "tr")]
        for table in root.iter(W + "tbl")
    ]


def _cell(cell: etree._Element, lists: Numbering) -> list[str]:
    return [line.strip() for paragraph in cell.iter(W + "p") for line in _paragraph(paragraph, lists) if line.strip()]


def _lines(container: etree._Element, lists: Numbering) -> Iterator[str]:
    """A line for each paragraph, in the order of reading; rows of tables with bars. Not recursive: depth is theirs."""
    waiting = [iter(container)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag == W + "p":
            yield from _paragraph(element, lists)
        elif element.tag == W + "tbl":
            yield from _table(element, lists)
        elif element.tag not in _SKIPPED:
            waiting.append(iter(element))


def _table(table: etree._Element, lists: Numbering) -> Iterator[str]:
    for row in table.iter(W + "tr"):
        cells = []
        for cell in row.findall(W + "tc"):
            words = [line for paragraph in cell.iter(W + "p") for line in _paragraph(paragraph, lists)]
            cells.append(" ".join(words).replace("|", "/"))
        if any(cells):
            yield "| " + " | ".join(cells) + " |"


def _paragraph(paragraph: etree._Element, lists: Numbering) -> Iterator[str]:
    label = ""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    own = of_paragraph(paragraph)
    hung = lists.styles.get(style.get(W + "val", "")) if style is not None else None
    if own and own[0]:
        label = lists.label(*own) if own[0] != "0" else ""
    elif hung:
        label = lists.label(hung[0], own[1] if own else hung[1])
    words = "".join(_words(paragraph)).strip("\n")
    first, *more = words.split("\n")
    if label and (first.strip() or more):
        first = f"{label} {first.lstrip()}"
    yield " ".join(first.split(" "))
    yield from more


def _words(paragraph: etree._Element) -> Iterator[str]:
    waiting = [iter(paragraph)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
            continue
        tag = element.tag
        if tag == W + "t":
            yield element.text or ""
        elif tag in (W + "tab", W + "ptab"):
            yield "\t"
        elif tag in (W + "br", W + "cr"):
            yield "\n"
        elif tag == W + "noBreakHyphen":
            yield "-"
        elif tag not in _SKIPPED:
            waiting.append(iter(element))
