"""A tagged PDF (PDF/UA-1) of a legal text. The same words give the same bytes: no clock, no fonts of the machine."""

import json
from pathlib import Path
from typing import Any

import typst

from tequio.legaltext.tree import CONTAINERS, ITEMS, UNITS, Document, Node, table_rows

TEMPLATE = Path(__file__).parent / "text.typ"


def write(document: Document, title: str, version: str = "", checked: str = "", root: str = "") -> bytes:
    """`title` heads the text and names the file to a screen reader; `version` says which one it is ("Vigente desde el 3
    de mayo de 2026"); `checked` and `root` are a sentence and the hash with which anybody compares it with the record."""
    blocks: list[dict[str, Any]] = [{"kind": "note", "indent": 0, "words": note.text} for note in document.notes]
    for node in document.nodes:
        _blocks(node, 2, 0, blocks)
    data = {"title": title, "version": version, "checked": checked, "root": root, "blocks": blocks}
    made = typst.compile(
        TEMPLATE.read_bytes(),
        ignore_system_fonts=True,
        timestamp=0,
        pdf_standards="ua-1",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return bytes(made)


def _blocks(node: Node, level: int, indent: int, out: list[dict[str, Any]]) -> None:
    if node.kind == "table":
        _table(node, out)
    elif node.kind in CONTAINERS or (node.kind not in (*UNITS, *ITEMS) and (node.label or node.heading)):
        out.append({"kind": "heading", "level": level, "words": "\n".join(filter(None, (node.label, node.heading)))})
        if node.text:
            out.append({"kind": "text", "indent": 0, "label": "", "words": node.text})
        level = min(level + 1, 6)
    elif node.label or node.heading or node.text:
        label = " ".join(filter(None, (node.label, node.heading)))
        out.append({"kind": "text", "indent": indent, "label": label, "words": node.text})
    out += [{"kind": "note", "indent": indent, "words": note.text} for note in node.notes]
    deeper = indent + 1 if node.kind in (*UNITS, *ITEMS) else indent
    for child in node.children:
        _blocks(child, level, deeper if child.kind in ITEMS or node.kind in ITEMS else indent, out)


def _table(node: Node, out: list[dict[str, Any]]) -> None:
    rows = table_rows(node)
    width = max((len(row) for row in rows), default=0)
    if width:
        out.append({"kind": "table", "width": width, "rows": [row + [""] * (width - len(row)) for row in rows]})
