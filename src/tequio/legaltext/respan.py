"""A plain text for a tree that has none (Akoma Ntoso, a tree that a person changed), with spans that count in it."""

from dataclasses import replace

from tequio.legaltext.tree import UNITS, Document, Node, Note, Span


def respanned(document: Document) -> tuple[Document, str]:
    """The document with spans in the text that is returned beside it. Nothing else of it changes, but that removed
    lines, which are in no tree, are gone."""
    pieces: list[str] = []
    at = 0

    def put(text: str, before: str) -> tuple[int, int]:
        nonlocal at
        if pieces:
            pieces.append(before)
            at += len(before)
        pieces.append(text)
        start = at
        at += len(text)
        return start, at

    def noted(notes: tuple[Note, ...]) -> tuple[Note, ...]:
        return tuple(replace(note, span=Span(*put(note.text, "\n"))) for note in notes)

    def placed(node: Node) -> Node:
        start = end = -1
        fresh = "\n\n"
        for part, gap in ((node.label, "\n\n"), (node.heading, " " if node.kind in UNITS else "\n"), (node.text, " ")):
            if not part:
                continue
            first, end = put(part, fresh if start < 0 else gap)
            start = first if start < 0 else start
        notes = noted(node.notes)
        children = tuple(placed(child) for child in node.children)
        places = [*(note.span for note in notes), *(child.span for child in children)]
        start = start if start >= 0 else min((span.start for span in places), default=at)
        return replace(
            node,
            notes=notes,
            children=children,
            span=Span(start, max([end, start, *(span.end for span in places)])),
        )

    notes = noted(document.notes)
    nodes = tuple(placed(node) for node in document.nodes)
    return replace(document, nodes=nodes, notes=notes, removed_lines=()), "".join(pieces)
