"""A document as plain data: how a draft is kept, and the exact bytes that a published version is known by.

``canonical`` is UTF-8 JSON with sorted keys and no spaces, so that whoever has the words can make the same bytes and the
same SHA-256. It holds each provision's words, label, heading, state, remarks and lineage, in the order of reading, and
nothing of the source file.
"""

import json
from collections.abc import Mapping
from typing import Any

from tequio.legaltext.tree import Document, Doubt, Node, Note, Removed, Span

FORMAT = "tequio-legal-text-1"


def pack(document: Document) -> dict[str, Any]:
    """A document as JSON values, with spans and doubts."""
    return {
        "profile": document.profile,
        "title": document.title,
        "nodes": [_node(node) for node in document.nodes],
        "removed": [[r.text, *r.span, r.kind] for r in document.removed_lines],
        "doubts": [_doubt(doubt) for doubt in document.doubts],
        "notes": [_note(note) for note in document.notes],
    }


def unpack(data: Mapping[str, Any]) -> Document:
    """The document that ``pack`` was given."""
    return Document(
        profile=data["profile"],
        title=data["title"],
        nodes=tuple(_as_node(row) for row in data["nodes"]),
        removed_lines=tuple(Removed(text, Span(start, end), kind) for text, start, end, kind in data["removed"]),
        doubts=tuple(_as_doubt(row) for row in data["doubts"]),
        notes=tuple(_as_note(row) for row in data["notes"]),
    )


def _note(note: Note) -> list[Any]:
    return [note.text, *note.span, note.kind, note.date, note.gazette]


def _as_note(row: list[Any]) -> Note:
    text, start, end, kind, date, gazette = row
    return Note(text, Span(start, end), kind, date, gazette)


def _doubt(doubt: Doubt) -> list[Any]:
    return [doubt.code, *doubt.span, doubt.severity, [list(pair) for pair in doubt.values]]


def _as_doubt(row: list[Any]) -> Doubt:
    code, start, end, severity, values = row
    return Doubt(code, Span(start, end), severity, tuple((name, value) for name, value in values))


def _node(node: Node) -> dict[str, Any]:
    said: dict[str, Any] = {
        "k": node.kind,
        "l": node.label,
        "n": node.number_key,
        "h": node.heading,
        "t": node.text,
        "s": list(node.span),
        "e": node.eid,
        "x": node.state if node.state != "in_force" else "",
        "r": [_note(note) for note in node.notes],
        "d": [_doubt(doubt) for doubt in node.doubts],
        "c": [_node(child) for child in node.children],
    }
    return {key: value for key, value in said.items() if value}


def _as_node(row: Mapping[str, Any]) -> Node:
    return Node(
        kind=row["k"],
        label=row.get("l", ""),
        number_key=row.get("n", ""),
        heading=row.get("h", ""),
        text=row.get("t", ""),
        children=tuple(_as_node(child) for child in row.get("c", ())),
        notes=tuple(_as_note(note) for note in row.get("r", ())),
        state=row.get("x", "in_force"),
        span=Span(*row.get("s", (0, 0))),
        doubts=tuple(_as_doubt(doubt) for doubt in row.get("d", ())),
        eid=row.get("e", ""),
    )


def canonical(document: Document, lineages: Mapping[str, str]) -> bytes:
    """The bytes that a published version is known by; ``lineages`` gives each provision's lasting name by its eId."""

    def plain(node: Node) -> dict[str, Any]:
        said: dict[str, Any] = {
            "kind": node.kind,
            "label": node.label,
            "number": node.number_key,
            "heading": node.heading,
            "text": node.text,
            "state": node.state,
            "eid": node.eid,
            "lineage": lineages[node.eid],
            "notes": [
                {key: value for key, value in said.items() if value}
                for said in ({"text": n.text, "kind": n.kind, "date": n.date, "gazette": n.gazette} for n in node.notes)
            ],
            "children": [plain(child) for child in node.children],
        }
        return {key: value for key, value in said.items() if value}

    data = {
        "format": FORMAT,
        "profile": document.profile,
        "title": document.title,
        "notes": [note.text for note in document.notes],
        "provisions": [plain(node) for node in document.nodes],
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_canonical(data: bytes) -> tuple[Document, dict[str, str]]:
    """The document and its lineages from the bytes of ``canonical``. Raises ``ValueError`` for anything else."""
    found = json.loads(data)
    if found.get("format") != FORMAT:
        raise ValueError(f"not {FORMAT}")
    lineages: dict[str, str] = {}
    nothing = Span(0, 0)

    def node(row: Mapping[str, Any]) -> Node:
        lineages[row["eid"]] = row["lineage"]
        return Node(
            kind=row["kind"],
            label=row.get("label", ""),
            number_key=row.get("number", ""),
            heading=row.get("heading", ""),
            text=row.get("text", ""),
            state=row["state"],
            eid=row["eid"],
            notes=tuple(
                Note(n["text"], nothing, n.get("kind", ""), n.get("date", ""), n.get("gazette", ""))
                for n in row.get("notes", ())
            ),
            children=tuple(node(child) for child in row.get("children", ())),
        )

    nodes = tuple(node(row) for row in found["provisions"])
    notes = tuple(Note(text, nothing) for text in found["notes"])
    return Document(found["profile"], found["title"], nodes, notes=notes), lineages
