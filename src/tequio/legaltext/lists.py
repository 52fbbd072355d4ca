"""Paragraphs, lists and remarks inside one article: which line opens a fracción, an inciso or a numeral, and under
what it stands.

A label is taken when it is the next of an open list (innermost first), then when it is the first of a new list; what
is neither is taken with a doubt or stays text. A paragraph between two members belongs to the former; a paragraph
after the last belongs to what holds the list."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from tequio.legaltext import remarks
from tequio.legaltext.drafts import Draft, Joiner
from tequio.legaltext.labels import Item, Number, decimal, follows, items, order
from tequio.legaltext.lines import Line
from tequio.legaltext.tree import Span

KIND = {"R": "fraccion", "a": "inciso", "A": "inciso", "n": "numeral", "r": "subinciso"}
_FIRST = Number(1)
_RANGE = re.compile(r"(?:al?\s+(?:la\s+)?|y\s+)([IVXLC]+|[a-zñ]|\d+)\s*[.)\-]*\s*(?:\.{2,}|…|$|\()")
_SEVERED = re.compile(r"(?:[.;:,]|\b[yoeu])[\"”»]?\s*$")
_POINTS_TO = re.compile(
    r"\b(?:fracci[oó]n|fracciones|incisos?|art[ií]culos?|numeral(?:es)?|apartados?|y|o|a|la|las|al)\s*$"
)
_GAPS = re.compile(r"\S(?:\t+| {3,})(?=\S)")
LONGEST_JUMP = 6
DEEPEST = 8  # lists within lists; laws have four at most


@dataclass(slots=True)
class _Open:
    form: str
    sep: str
    last: Number
    parent: Draft
    item: Draft
    same: int = 0


class Lists:
    """Reads the lines of one unit into its text, children and notes."""

    def __init__(self, unit: Draft, joiner: Joiner, quoted: bool = False, decimals: bool = False) -> None:
        self.unit = unit
        self.joiner = joiner
        self.quoted = quoted
        self.decimals = decimals
        self.stack: list[_Open] = []
        self.pending: list[Draft] = []
        self.latest = unit
        self.readings: list[tuple[Item, ...]] = []
        self.places: dict[tuple[str, int], list[int]] = {}
        self.ends_in = ""

    def read(self) -> None:
        """Builds the unit from its lines."""
        lines = self.unit.body
        self.readings = [() if line.text.startswith("|") else items(line.text) for line in lines]
        for place, readings in enumerate(self.readings):
            for one in readings:
                self.places.setdefault((one.form, one.number.base), []).append(place)
        at = 0
        while at < len(lines):
            line = lines[at]
            if ("|" in line.text or "\t" in line.text or "   " in line.text) and (rows := _table(lines, at)):
                table = Draft(
                    "table", text="\n".join(_row(row.text) for row in lines[at : at + rows]), start=line.start
                )
                table.end = lines[at + rows - 1].end
                self._paragraph(table)
                self.ends_in = ""
                at += rows
                continue
            self._line(at, line)
            at += 1
        last = next((opened.item for opened in reversed(self.stack) if opened.form == "d"), self.unit)
        last.children += self.pending
        self.unit.body = []

    def _line(self, at: int, line: Line) -> None:
        if line.joins is not True and not line.rest and remarks.is_remark(line.text) and not self._unfinished():
            self.latest.notes.append(remarks.note(line.text, Span(line.start, line.end)))
            self.ends_in = "note"
            return
        if self.ends_in == "note" and line.joins is True and not self.readings[at]:
            note = self.latest.notes.pop()
            self.latest.notes.append(remarks.note(f"{note.text} {line.text}", Span(note.span.start, line.end)))
            return
        found = decimal(line.text) if self.decimals and line.joins is not True else None
        if found and "." in found.key:
            self._decimal(line, found.label, found.key, found.rest)
            self.ends_in = ""
            return
        readings = self.readings[at]
        if readings and self._item(at, line):
            self.ends_in = ""
            return
        if self._unfinished() or (line.joins is True and self.ends_in != "note" and self.latest.kind != "table"):
            self.joiner.add(self.latest, line)
        elif self.latest is self.unit and not self.unit.text and not self.unit.children and not self.pending:
            self.joiner.add(self.unit, line)
        else:
            self._paragraph(Draft("parrafo", text=line.text, start=line.start, end=line.end))
            if any(
                (one.form == "a" and one.sep == ")") or (one.form == "R" and len(readings) == 1) for one in readings
            ):
                self.latest.doubt("maybe_item", label=readings[0].label)
        self.ends_in = ""

    def _unfinished(self) -> bool:
        """Whether a numeral stands alone on its line and waits for its text."""
        return self.latest.kind in ("fraccion", "inciso", "numeral", "subinciso") and not self.latest.text

    def _paragraph(self, draft: Draft) -> None:
        if draft.kind == "parrafo" and remarks.is_repealed(draft.text):
            draft.state = "repealed"
        if self.stack:
            self.pending.append(draft)
        else:
            self.unit.children.append(draft)
        self.latest = draft

    def _decimal(self, line: Line, label: str, key: str, rest: str) -> None:
        depth = key.count(".")
        while self.stack and self.stack[-1].form != "d":
            self.stack.pop()
        (self.stack[-1].item if self.stack else self.unit).children += self.pending
        while self.stack and self.stack[-1].sep.count("x") >= depth + 1:
            self.stack.pop()
        parent = self.stack[-1].item if self.stack else self.unit
        self.pending = []
        item = Draft("numeral", label, key, text=rest, start=line.start, end=line.end)
        if parent.key and not key.startswith(f"{parent.key}."):
            item.doubt("jump", label=label)
        parent.children.append(item)
        self.stack.append(_Open("d", "x" * (depth + 1), order(key), parent, item))
        self.latest = item

    def _before(self) -> str:
        return (self.latest.text or self.latest.label)[-80:]

    def _item(self, at: int, line: Line) -> bool:
        """Takes the line as a member of a list, if it is one."""
        readings = self.readings[at]
        if line.joins is True:
            before = self._before()
            if not _SEVERED.search(before) and _POINTS_TO.search(before):
                return False
        for open_list in reversed(self.stack):
            for reading in readings:
                if reading.form == open_list.form and follows(open_list.last, reading.number, reading.form in "aA"):
                    if line.joins is True and not _SEVERED.search(self._before()):
                        return False
                    if reading.form in "An" and reading.sep == "." and not reading.rest[:1].isupper() and reading.rest:
                        continue
                    self._append(open_list, reading, line)
                    return True
        if line.joins is True and not _SEVERED.search(self._before()):
            return False
        for reading in readings:
            if reading.number == _FIRST and reading.key.startswith(("1", "a")) and self._opens(at, reading):
                self._open(at, reading, line)
                return True
        return self._odd(at, readings, line)

    def _opens(self, at: int, reading: Item) -> bool:
        if len(self.stack) >= DEEPEST:
            return False
        if reading.form == "R" or (reading.sep == ")" and reading.form in "aA"):
            return True
        if reading.form == "n" and not self.stack and at <= 1 and reading.rest[:1].isupper():
            return True  # an article of one paragraph, where the others number theirs
        return self._comes(reading.form, Number(2), at + 1)

    def _comes(self, form: str, number: Number, start: int) -> bool:
        """Whether that member stands further on, before its list begins anew."""
        at = self._next((form, number.base), start)
        return at is not None and not ((first := self._next((form, 1), start)) is not None and first <= at)

    def _next(self, member: tuple[str, int], start: int) -> int | None:
        places = self.places.get(member, ())
        at = bisect_left(places, start)
        return places[at] if at < len(places) else None

    def _goes_on(self, open_list: _Open, start: int) -> bool:
        return self._comes(open_list.form, Number(open_list.last.base + 1), start)

    def _append(self, open_list: _Open, reading: Item, line: Line) -> None:
        while self.stack[-1] is not open_list:
            self.stack.pop()
        open_list.item.children += self.pending
        self.pending = []
        self._add(open_list, reading, line)

    def _add(self, open_list: _Open, reading: Item, line: Line) -> Draft:
        item = Draft(KIND[reading.form], reading.label, reading.key, text=reading.rest, start=line.start, end=line.end)
        found = _RANGE.match(reading.rest)
        open_list.last = reading.number
        if found and (many := [last for last in items(found[1] + ".") if last.form == reading.form]):
            open_list.last = many[0].number
        if remarks.is_repealed(reading.rest):
            item.state = "repealed"
        open_list.parent.children.append(item)
        open_list.item = self.latest = item
        return item

    def _open(self, at: int, reading: Item, line: Line) -> None:
        same = next((depth for depth, opened in enumerate(self.stack) if opened.form == reading.form), None)
        if (
            same is not None
            and not self.pending
            and self.stack[same].last == _FIRST
            and same == len(self.stack) - 1
            and (reading.form == "R" or not self._before().rstrip().endswith(":"))
        ):
            self._again(self.stack[same], reading, line)
            return
        second = False
        if self.pending:
            while self.stack and not (self._goes_on(self.stack[-1], at + 1) and self.stack[-1].form != reading.form):
                self.stack.pop()
            parent = self.stack[-1].item if self.stack else self.unit
            parent.children += self.pending
            self.pending = []
        else:
            if same is not None and not (
                self._before().rstrip().endswith(":") and self._goes_on(self.stack[same], at + 1)
            ):
                second = True
                del self.stack[same:]
            parent = self.stack[-1].item if self.stack else self.unit
        if not second:
            second = any(child.kind == KIND[reading.form] and child.key == reading.key for child in parent.children)
        opened = _Open(reading.form, reading.sep, reading.number, parent, parent)
        self.stack.append(opened)
        item = self._add(opened, reading, line)
        if second:
            item.doubt("second_list", label=reading.label)

    def _again(self, open_list: _Open, reading: Item, line: Line) -> None:
        """The same number once more: as when automatic numbering was lost in conversion."""
        open_list.same += 1
        open_list.item.children += self.pending
        self.pending = []
        item = self._add(open_list, reading, line)
        if open_list.same == 2:
            self.unit.doubt("numbering_lost", "serious", label=reading.label)
        elif open_list.same == 1:
            item.doubt("same_number", label=reading.label)

    def _odd(self, at: int, readings: tuple[Item, ...], line: Line) -> bool:
        """A label that is neither next nor first: taken with a doubt where little else can be meant."""
        for open_list in reversed(self.stack):
            for reading in readings:
                if reading.form != open_list.form or (reading.form in "Anr" and reading.sep not in "),-"):
                    continue
                jump = reading.number.base - open_list.last.base
                other = {one.form for one in readings} - {open_list.form}
                if jump > 2 and other & {opened.form for opened in self.stack}:
                    continue
                if 0 < jump <= LONGEST_JUMP or (jump > 0 and self.quoted):
                    self._append(open_list, reading, line)
                    if not self.quoted:
                        self.latest.doubt("jump", label=reading.label)
                    return True
                if jump == 0 and line.joins is not True:
                    self._append(open_list, reading, line)
                    self.latest.doubt("same_number", "serious", label=reading.label)
                    return True
                if -LONGEST_JUMP * 4 <= jump < 0 and reading.form in "Ra" and line.joins is not True:
                    self._append(open_list, reading, line)
                    self.latest.doubt("goes_back", "serious", label=reading.label)
                    return True
        reading = readings[0]
        sure = len(readings) == 1 or (reading.form == "R" and self._comes("R", Number(reading.number.base + 1), at + 1))
        if reading.form in "Ra" and sure and reading.sep != "" and reading.sep != ":" and line.joins is not True:
            if reading.form == "a" and reading.sep != ")":
                return False
            parent = self.unit
            if reading.form == "a" and self.stack:
                parent = self.stack[-1].item
            else:
                self.stack.clear()
            parent.children += self.pending
            self.pending = []
            opened = _Open(reading.form, reading.sep, reading.number, parent, parent)
            self.stack.append(opened)
            item = self._add(opened, reading, line)
            if not self.quoted:
                item.doubt("late_start", label=reading.label)
            return True
        return False


def _row(text: str) -> str:
    """A row with one blank at each side of its bars."""
    if not text.startswith("|"):
        return text
    return " | ".join(cell.strip() for cell in text.split("|")).strip()


def _table(lines: list[Line], at: int) -> int:
    """How many lines from here on are rows of a table: with bars, or at least three with two aligned gaps or more."""
    end = at
    while end < len(lines) and lines[end].text.startswith("|"):
        end += 1
    if end > at:
        return end - at
    while end < len(lines) and len(_GAPS.findall(lines[end].text)) >= 2:
        end += 1
    return end - at if end - at >= 3 else 0
