"""Hand-made keys of real laws: which fracciones and incisos stand under which article."""

from pathlib import Path

from tequio.legaltext import labels
from tequio.legaltext.tree import ITEMS, Document, Node

REAL = Path(__file__).parent / "real"
APART = ("transitorios", "decreto", "cita", "anexo", "cierre")


def keyed(name: str) -> tuple[set[str], set[str]]:
    """Articles (`31a`) and list members with all above them (`19/B/5/a`) of a key."""
    articles: set[str] = set()
    members: set[str] = set()
    for line in (REAL / f"{name}.key").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        head, _colon, rest = line.partition(":")
        first, _dash, last = head.partition("-")
        numbers = range(int(first), int(last) + 1) if last else [head]
        articles |= {str(number).lower() for number in numbers}
        for group in rest.split():
            parent, _open, inner = group.partition("(")
            if inner:
                above = "/".join([head.lower(), *(_number(part) for part in parent.split("."))])
                members |= {f"{above}/{key}" for key in _range(inner.rstrip(")"))}
            else:
                members |= {f"{head.lower()}/{key}" for key in _range(group)}
    return articles, members


def _number(text: str) -> str:
    if text in "AB":
        return text.lower()
    return str(labels.from_roman(text)) if text.isupper() else text


def _range(text: str) -> list[str]:
    first, _dash, last = text.partition("-")
    last = last or first
    if first.isdigit():
        return [str(number) for number in range(int(first), int(last) + 1)]
    if first.isupper() and first != "A":
        return [str(number) for number in range(labels.from_roman(first) or 0, (labels.from_roman(last) or 0) + 1)]
    return [chr(code) for code in range(ord(first.lower()), ord(last.lower()) + 1)]


def found(document: Document) -> tuple[set[str], set[str]]:
    """The same of a document that the program read; what stands twice is written with a mark and so counts as wrong."""
    articles: set[str] = set()
    members: set[str] = set()

    def lists(node: Node, above: str) -> None:
        for child in node.children:
            if child.kind in ITEMS:
                place = f"{above}/{child.number_key}"
                members.add(place if place not in members else place + "!")
                lists(child, place)

    def bodies(nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            if node.kind in APART:
                continue
            if node.kind == "articulo":
                key = node.number_key.replace("-", "")
                articles.add(key if key not in articles else key + "!")
                lists(node, key)
            bodies(node.children)

    bodies(document.nodes)
    return articles, members
