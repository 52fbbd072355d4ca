"""DOCX out: headings for divisions, a paragraph for each provision with its label typed out, tables as tables."""

import io
import zipfile
from datetime import UTC, datetime

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from tequio.legaltext.tree import CONTAINERS, ITEMS, UNITS, Document, Node, table_rows

_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(document: Document) -> bytes:
    """The document as Word reads it. The same document gives the same bytes: no clock and no author in it."""
    word = docx.Document()
    _prepare(word, document.title)
    if document.title:
        word.add_paragraph(_legal(document.title), style="Title")
    for note in document.notes:
        word.add_paragraph(_legal(note.text), style="Remark")
    for node in document.nodes:
        _write(word, node, 1, 0)
    made = io.BytesIO()
    word.save(made)
    return _without_clock(made.getvalue())


def _prepare(word: Word, title: str) -> None:
    about = word.core_properties
    about.author, about.title, about.language, about.comments = "", _legal(title)[:255], "es-MX", ""
    about.created = about.modified = datetime(2000, 1, 1, tzinfo=UTC)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    remark = word.styles.add_style("Remark", 1)
    remark.base_style = normal
    remark.font.italic, remark.font.size = True, Pt(9)


def _write(word: Word, node: Node, level: int, indent: int) -> None:
    if node.kind == "table":
        _table(word, node)
    elif node.kind in CONTAINERS or (node.kind not in (*UNITS, *ITEMS) and (node.label or node.heading)):
        if node.label:
            word.add_heading(_legal(node.label), min(level, 5)).alignment = WD_ALIGN_PARAGRAPH.CENTER
        if node.heading:
            name = word.add_paragraph(_legal(node.heading), style="Subtitle")
            name.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if node.text:
            word.add_paragraph(_legal(node.text))
        level += 1
    elif node.label or node.heading or node.text:
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.8 * indent)
        if node.label:
            paragraph.add_run(_legal(node.label)).bold = True
            paragraph.add_run(" ")
        if node.heading:
            paragraph.add_run(_legal(node.heading)).bold = True
            paragraph = word.add_paragraph() if node.text else paragraph
        paragraph.add_run(_legal(node.text))
    for note in node.notes:
        word.add_paragraph(_legal(note.text), style="Remark")
    deeper = indent + 1 if node.kind in (*UNITS, *ITEMS) else indent
    for child in node.children:
        _write(word, child, level, deeper if child.kind in ITEMS or node.kind in ITEMS else indent)


def _table(word: Word, node: Node) -> None:
    rows = table_rows(node)
    width = max((len(row) for row in rows), default=0)
    if not width:
        return
    table = word.add_table(rows=0, cols=width, style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = _legal(text)


def _legal(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


def _without_clock(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(zipfile.ZipInfo(info.filename, _EPOCH), old.read(info), zipfile.ZIP_DEFLATED)
    return out.getvalue()
