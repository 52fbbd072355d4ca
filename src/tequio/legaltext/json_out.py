"""The structure as JSON, for open data."""

import json
from typing import Any

from tequio.legaltext.tree import Document, Node, table_rows

FORMAT = "tequio-legaltext/1"


def write(document: Document) -> str:
    """The document as JSON. The same document gives the same text."""
    return json.dumps(told(document), ensure_ascii=False, indent=1) + "\n"


def told(document: Document) -> dict[str, Any]:
    """The document as plain values; what is empty is left out. Kinds and states are those of `tree`."""
    return {
        "format": FORMAT,
        "profile": document.profile,
        "title": document.title,
        "notes": [note.text for note in document.notes],
        "provisions": [_node(node) for node in document.nodes],
    }


def _node(node: Node) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": node.kind,
        "eid": node.eid,
        "label": node.label,
        "number": node.number_key,
        "heading": node.heading,
        "text": node.text,
        "state": "" if node.state == "in_force" else node.state,
        "rows": table_rows(node) if node.kind == "table" else [],
        "notes": [
            {
                key: value
                for key, value in (("text", note.text), ("date", note.date), ("gazette", note.gazette))
                if value
            }
            for note in node.notes
        ],
        "children": [_node(child) for child in node.children],
    }
    return {key: value for key, value in values.items() if value}
