"""Word documents of a law as people make them: with numbers typed, and with numbers that Word counts by itself."""

import io

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tequio.legaltext.tree import ITEMS, UNITS, Document, Node

FORMATS = {
    "R": ("upperRoman", "%1."),
    "a)": ("lowerLetter", "%1)"),
    "a.": ("lowerLetter", "%1."),
    "A": ("upperLetter", "%1."),
    "n": ("decimal", "%1."),
}


def typed(document: Document) -> bytes:
    """Every label typed, as plain paragraphs."""
    word = docx.Document()
    _write(word, document.nodes, automatic=False)
    return _saved(word)


def automatic(document: Document) -> bytes:
    """The labels of lists are Word's own numbering: a list for each parent, begun anew with an override."""
    word = docx.Document()
    root = word.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for number, (kind, text) in enumerate(FORMATS.values()):
        abstract = _element("w:abstractNum", abstractNumId=number)
        level = _element("w:lvl", ilvl=0)
        for name, value in (("start", 1), ("numFmt", kind), ("lvlText", text)):
            level.append(_element(f"w:{name}", val=value))
        abstract.append(level)
        root.append(abstract)
    _write(word, document.nodes, automatic=True)
    return _saved(word)


def _saved(word) -> bytes:
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def _element(name: str, **attributes: object):
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def _write(word, nodes: tuple[Node, ...], automatic: bool, counts: list[int] | None = None) -> None:
    counts = counts if counts is not None else [0]
    opened: dict[str, int] = {}
    for node in nodes:
        if node.kind == "table":
            continue
        if automatic and node.kind in ITEMS:
            paragraph = word.add_paragraph(node.text)
            form = _form(node)
            if form not in opened or node.number_key in ("1", "a"):
                counts[0] += 1
                opened[form] = counts[0]
                num = _element("w:num", numId=counts[0])
                num.append(_element("w:abstractNumId", val=list(FORMATS).index(form)))
                override = _element("w:lvlOverride", ilvl=0)
                override.append(_element("w:startOverride", val=1))
                num.append(override)
                word.part.numbering_part.element.append(num)
            properties = _element("w:numPr")
            properties.append(_element("w:ilvl", val=0))
            properties.append(_element("w:numId", val=opened[form]))
            paragraph._p.get_or_add_pPr().append(properties)
        else:
            own_line = node.kind not in (*UNITS, *ITEMS)
            pieces = [piece for piece in (node.label, node.heading, node.text) if piece]
            for line in pieces if own_line else [" ".join(pieces)]:
                word.add_paragraph(line)
        for note in node.notes:
            word.add_paragraph(note.text)
        _write(word, node.children, automatic, counts)


def _form(node: Node) -> str:
    if node.kind == "fraccion":
        return "R"
    if node.kind == "numeral":
        return "n"
    if node.label[0].isupper():
        return "A"
    return "a)" if ")" in node.label else "a."
