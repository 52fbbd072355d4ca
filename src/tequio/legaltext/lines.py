"""From the characters of a source to clean lines: marks, running heads, folios and control characters set apart, and
for each line a guess whether it goes on with the one before. Nothing is dropped: what is set apart is listed."""

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from tequio.legaltext.tree import Doubt, Removed, Span

Layout = Literal["auto", "lines", "wrapped", "indented"]
"""How paragraphs show: `lines` a line each; `wrapped` cut at the margin; `indented` cut at the margin, with white
space before the first line of each (the PDF reader writes it so); `auto` looks."""


@dataclass(slots=True)
class Line:
    """A line without its marks. `joins` is whether it goes on with the line before: True, False, or None when the
    layout does not tell. `first` says that it is the first of its page; `indent` counts the white space before it;
    `heading` says that a Markdown heading mark stood before it, `bold` that it was all bold; `rest` that it is what
    follows a label on its line."""

    text: str
    start: int
    end: int
    joins: bool | None = False
    blank: bool = False
    indent: int = 0
    first: bool = False
    heading: bool = False
    bold: bool = False
    rest: bool = False


_BREAKS = re.compile(r"[^\n\f\v\r\u2028\u2029\x85]+|\f")
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff]+"
)
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RULE = re.compile(r"\s*(?:[-*_=—–]\s*){3,}$")
_BOLD = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|\\(?=[\\`*_{}\[\]()#+\-.!>|])")
_SINGLE = re.compile(r"(?<![\w*])\*(?=\S)(?P<inside>[^*\n]+?)(?<=\S)\*(?![\w*])")
_HASH = re.compile(r"\s{0,3}(?:#{1,6}(?=\s)|>+(?=\s|$))\s*")
_FOLIO_OF = re.compile(r"\s*(?:p[aá]g(?:ina|\.)?\s*)?(\d{1,4})\s+de\s+(\d{1,4})\s*$", re.IGNORECASE)
_FOLIO = re.compile(
    r"\s*(?:(?:p[aá]g(?:ina|\.)?|hoja|foja)\s*\d{1,4}\.?|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4})\s*$", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(
    r"\s*(?:p[aá]g(?:ina|\.)?\s*(?:n[uú]m(?:ero|\.)?\s*)?|[-–—]\s*)(\d{1,4})\s*[-–—.]?\s*$", re.IGNORECASE
)
_FRONT = re.compile(r"---\n(?:[^\n]*\n){0,60}?---\n")
_END = re.compile(r"[.:;…!?][\"”»’')\]]*\s*$")
_CUT = re.compile(r"[^\W\d_][-‐\xad]\s*$")
STRONG_INDENT = 4  # spaces before a line that stands farther in than the page's margin
MOST_HEADS, MOST_FEET = 5, 3  # lines at the top and at the foot of a page that may be heads and folios


def looks_like_markdown(source: str) -> bool:
    """Whether the text carries Markdown's marks."""
    return bool(re.search(r"^#{1,6} |\*\*\S", source[:200_000], re.MULTILINE))


def clean(
    source: str, markdown: bool | None = None, layout: Layout = "auto"
) -> tuple[list[Line], list[Removed], list[Doubt]]:
    """The lines that hold text, what was set apart, and what was odd about the characters."""
    if markdown is None:
        markdown = looks_like_markdown(source)
    removed: list[Removed] = []
    doubts: list[Doubt] = []
    if found := _DIRECTION.search(source):
        doubts.append(Doubt("direction_marks", Span(found.start(), found.end())))
    start = 0
    if markdown and (front := _FRONT.match(source)):
        removed.append(Removed(front[0], Span(0, front.end()), "metadata"))
        start = front.end()
    odd = _CONTROL.search(source) is not None
    pages: list[list[Line]] = [[]]
    blank, last = False, start
    for found in _BREAKS.finditer(source, start):
        if found[0] == "\f":
            pages.append([])
            blank = True
            continue
        if source.count("\n", last, found.start()) > 1:
            blank = True
        last = found.end()
        line = _clean_line(found[0], found.start(), markdown, odd, removed)
        if line is None:
            blank = True
            continue
        line.blank, blank = blank, False
        line.indent = len(found[0]) - len(found[0].lstrip())
        pages[-1].append(line)
    lines = _without_heads(pages, removed)
    _guess_joins(lines, layout)
    removed.sort(key=lambda piece: piece.span)
    return lines, removed, doubts


def _clean_line(raw: str, start: int, markdown: bool, odd: bool, removed: list[Removed]) -> Line | None:
    """The line without marks, or None when nothing is left."""
    if raw.isspace():
        return None
    end = start + len(raw.rstrip())
    begin = start + len(raw) - len(raw.lstrip())
    text = source = raw.strip()
    if markdown and _RULE.match(text):
        removed.append(Removed(text, Span(begin, end), "rule"))
        return None
    cuts: list[tuple[int, int, str]] = []
    heading = False
    if odd:
        cuts += [
            (found.start(), found.end(), "control") for found in _CONTROL.finditer(source) if not _is_cut(source, found)
        ]
    if markdown:
        if head := _HASH.match(source):
            heading = "#" in head[0]
            cuts.append((0, head.end(), "mark"))
        if "*" in source or "_" in source or "\\" in source:
            cuts += [(found.start(), found.end(), "mark") for found in _BOLD.finditer(source)]
            for found in _SINGLE.finditer(source):
                cuts += [(found.start(), found.start() + 1, "mark"), (found.end() - 1, found.end(), "mark")]
    if not cuts:
        return Line(text, begin, end, heading=heading)
    out, at = [], 0
    for cut, stop, kind in sorted(cuts):
        if cut < at:
            continue
        out.append(source[at:cut])
        if piece := source[cut:stop].strip():
            place = begin + cut + source[cut:stop].index(piece)
            removed.append(Removed(piece, Span(place, place + len(piece)), kind))
        at = stop
    out.append(source[at:])
    text = "".join(out).strip()
    if not text:
        return None
    bold = source.startswith("**") and source.rstrip(".").endswith("**") and source.count("**") == 2
    lead = len(source) - len(source[max((stop for cut, stop, _kind in cuts if cut == 0), default=0) :].lstrip())
    return Line(text, begin + lead, end, heading=heading, bold=bold)


def _is_cut(source: str, found: re.Match[str]) -> bool:
    """Whether the control character is the soft hyphen of a word cut at the line's end, which joining takes out."""
    return found.end() == len(source) and found[0] == "\xad"


def _without_heads(pages: list[list[Line]], removed: list[Removed]) -> list[Line]:
    """The lines of all pages without running heads and folios: what comes again, numbers aside, in at least half of
    the pages (three at least), and only among the first five and last three lines of a page."""
    if len(pages) < 3:
        pages = _by_folio([line for page in pages for line in page])
    if len(pages) < 3:
        whole = [line for page in pages for line in page]
        _undo_page_gaps(whole, pages)
        return whole
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line.text) for line in _edges(page)})
    enough = max(3, len(pages) // 2)
    out: list[Line] = []
    for number, page in enumerate(pages, 1):
        edges = {id(line) for line in _edges(page)}
        for line in page:
            folio = _FOLIO_OF.match(line.text)
            if (folio and folio[1] == str(number)) or (
                id(line) in edges
                and (seen[_shape(line.text)] >= enough or _FOLIO_OF.match(line.text) or _lone_folio(line, page))
            ):
                kind = "folio" if _FOLIO_OF.match(line.text) or _FOLIO.match(line.text) else "head"
                removed.append(Removed(line.text, Span(line.start, line.end), kind))
                continue
            out.append(line)
    _undo_page_gaps(out, pages)
    return out


def _undo_page_gaps(lines: list[Line], pages: list[list[Line]]) -> None:
    """A page's first line is not a new paragraph merely because the page is new."""
    firsts = set()
    kept = {id(line) for line in lines}
    for page in pages[1:]:
        first = next((line for line in page if id(line) in kept), None)
        if first is not None:
            firsts.add(id(first))
    for line in lines:
        if id(line) in firsts:
            line.blank, line.first = False, True


def _edges(page: list[Line]) -> list[Line]:
    return page if len(page) <= MOST_HEADS + MOST_FEET else page[:MOST_HEADS] + page[-MOST_FEET:]


def _lone_folio(line: Line, page: list[Line]) -> bool:
    return bool(_FOLIO.match(line.text)) and (line is page[0] or line is page[-1])


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))


def _by_folio(lines: list[Line]) -> list[list[Line]]:
    """Pages of a text that has lost its page breaks but kept "3 de 66", "Página 3" or "- 3 -"."""
    pages: list[list[Line]] = [[]]
    expected = 1
    total = ""
    for line in lines:
        pages[-1].append(line)
        found = _FOLIO_OF.match(line.text) or _PAGE_NUMBER.match(line.text)
        of = found[2] if found and found.re is _FOLIO_OF else ""
        if found and int(found[1]) == expected and (not total or of == total):
            total = of
            expected += 1
            pages.append([])
    return pages if expected > 3 else [lines]


def _guess_joins(lines: list[Line], layout: Layout) -> None:
    if layout == "auto":
        layout = "wrapped" if _is_wrapped(lines) else "lines"
    if layout == "lines":
        return
    if layout == "indented":
        for before, line in itertools.pairwise(lines):
            if line.first:
                heading = before.text.isupper() and not line.text.isupper()
                strong = line.indent >= STRONG_INDENT and not line.text[:1].islower()
                line.joins = not (heading or strong or _END.search(before.text))
            else:
                line.joins = not line.indent
        return
    widths = sorted(len(line.text) for line in lines)
    width = widths[int(len(widths) * 0.9)] if widths else 0
    for before, line in itertools.pairwise(lines):
        first = line.text.split(" ", 1)[0]
        fits = len(before.text) + 1 + len(first) < width * 0.86
        ended = bool(_END.search(before.text))
        if (line.blank and (ended or fits)) or line.heading or line.text.startswith("|"):
            line.joins = False
        elif ended:
            line.joins = False if fits or line.text[:1].isupper() or not line.text[:1].isalpha() else None
            if (
                line.joins is False
                and not fits
                and line.text[:1].isupper()
                and before.text.endswith((":", ";")) is False
            ):
                line.joins = None
        elif fits and not _begins_low(line.text):
            line.joins = False
        else:
            line.joins = True


_LIST_LABEL = re.compile(r"[a-zñ]{1,5}[).]")


def _begins_low(text: str) -> bool:
    """Whether a line begins in the middle of a sentence, as it seems: in lower case, and not with a letter of a list."""
    return text[:1].islower() and not _LIST_LABEL.match(text)


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether lines are cut at a margin: none is very long, and many begin in the middle of a sentence."""
    if len(lines) < 20:
        return (
            sum(_begins_low(line.text) for line in lines) > len(lines) / 4
            and max((len(line.text) for line in lines), default=0) < 200
        )
    longest = sorted(len(line.text) for line in lines)[int(len(lines) * 0.98)]
    return longest < 180 and sum(_begins_low(line.text) for line in lines) > len(lines) * 0.2


def join(before: str, after: str, words: set[str], start: int) -> tuple[str, Removed | None, bool]:
    """Two halves of a paragraph cut at the margin: the text, the hyphen that was taken out, and whether it is sure.

    `start` is the place of the source where `before` ends. A hyphen goes when the word without it stands elsewhere in
    the text or nothing speaks for it; it stays when the word with it stands elsewhere, or when both halves are words
    of the text (`político-administrativo`), which is not sure."""
    tail = before[-80:]  # paragraphs grow line by line: looking at the whole each time would cost its square
    if not _CUT.search(tail) or not after[:1].islower():
        joined = tail.endswith(("-", "‐")) and after[:1].isalnum() and tail[-2:-1] != " "
        return before + after if joined else f"{before} {after}", None, True
    hyphen = tail[-1]
    left = re.split(r"\W", tail[:-1])[-1].lower()
    right = (re.match(r"\w+", after) or [""])[0].lower()
    keep, sure = False, True
    if hyphen != "\xad" and left + right not in words:
        if f"{left}-{right}" in words:
            keep = True
        elif left in words and right in words and len(left) > 3 and len(right) > 3:
            keep, sure = True, False
    if keep:
        return before + after, None, sure
    return before[:-1] + after, Removed(hyphen, Span(start - 1, start), "hyphen"), sure
