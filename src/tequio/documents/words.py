"""The words of an archived page: what a reader sees of it, without what would run or move."""

import re
from collections import Counter
from html import unescape

_HIDDEN = {"script", "style", "noscript", "template", "svg", "iframe", "object"}
_LINES = {
    "p",
    "br",
    "div",
    "li",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "table",
    "ul",
    "ol",
    "dt",
    "dd",
}
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
LONGEST, MOST_TAGS = 3 << 20, 200_000  # bytes and tags of a page that are read; the rest is in the download
SAME = 0.9  # share of words that a page keeps while it says the same: menus, dates and counters change daily


def decoded(content: bytes) -> str:
    """The page's text: UTF-8, else what it says of itself, else the letters of western Europe."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        found = _CHARSET.search(content[:4096])
        try:
            return content.decode(found[1].decode("ascii") if found else "cp1252", "replace")
        except LookupError:
            return content.decode("cp1252", "replace")


def visible(content: bytes) -> str:
    """What a reader sees, a block to a line; the beginning of a page that is longer than any. Linear in time."""
    page = decoded(content[:LONGEST])
    lines: list[str] = []
    hidden = ""  # the part that is left out until it is closed
    for place, piece in enumerate(page.split("<", MOST_TAGS)[:MOST_TAGS]):
        if place == 0:
            lines.append(piece)
            continue
        if hidden == "--":
            _before, closed, rest = piece.partition("-->")
            hidden = "" if closed else "--"
            lines.append(rest)
            continue
        if not hidden and piece.startswith("!--"):
            _before, closed, rest = piece[3:].partition("-->")
            hidden = "" if closed else "--"
            lines.append(rest)
            continue
        tag, _end, rest = piece.partition(">")
        found = _NAME.match(tag)
        name = found[1].lower() if found else ""
        if hidden:
            if tag.startswith("/") and name == hidden:
                hidden = ""
                lines.append(rest)
            continue
        if name in _HIDDEN and not tag.startswith("/") and not tag.endswith("/"):
            hidden = name
            continue
        if name in _LINES:
            lines.append("\n")
        lines.append(rest if found or tag.startswith("!") else f"<{piece}")
    text = unescape("".join(lines))
    rows = (" ".join(row.split()) for row in text.split("\n"))
    return "\n".join(row for row in rows if row)


def says_the_same(before: bytes, after: bytes) -> bool:
    """Whether two copies of a page share nine tenths of their words."""
    a, b = Counter(visible(before).lower().split()), Counter(visible(after).lower().split())
    most = max(a.total(), b.total())
    return not most or (a & b).total() / most >= SAME
