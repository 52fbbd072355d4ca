"""The text of a version as HTML. A template would take fifty times as long (``docs/decisions/0029``).

Every word is escaped here; the only marks are our own.
"""

from collections.abc import Callable, Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from tequio.legaltext import glossary
from tequio.legaltext.models import Provision
from tequio.legaltext.queries import Cited, Head, Part
from tequio.legaltext.tree import BLOCKS, CONTAINERS, UNITS, Node, table_rows

Address = Callable[[Provision], str]


class Words:
    """Writes the words of provisions with their links. ``known`` keeps a term from being explained twice on a page; without
    ``glossary_url`` none is."""

    def __init__(self, where: Callable[[Cited], str], glossary_url: str = "") -> None:
        self.where, self.glossary_url = where, glossary_url
        self.known: set[str] = set()

    def write(self, text: str, cited: Sequence[Cited] = ()) -> str:
        """A text with references and terms as links."""
        marks: list[tuple[int, int, str]] = []
        for one in cited:
            address = self.where(one)
            if address:
                marks.append((one.start, one.end, f'<a href="{escape(address)}">'))
        taken = [(start, end) for start, end, _mark in marks]
        for start, end, term in glossary.find(text) if self.glossary_url else ():
            if term.term in self.known or any(start < stop and begin < end for begin, stop in taken):
                continue
            self.known.add(term.term)
            title = escape(f"{term.plain}. {term.explanation}")
            place = f"{self.glossary_url}#{slugify(term.term)}"
            marks.append((start, end, f'<a class="term" href="{place}" title="{title}">'))
        parts, at = [], 0
        for start, end, mark in sorted(marks):
            parts += [escape(text[at:start]), mark, escape(text[start:end]), "</a>"]
            at = end
        parts.append(escape(text[at:]))
        return "".join(parts).replace("\n", "<br>")


def table(text: str) -> str:
    """A table of the text, scrolling by itself on a phone."""
    rows = table_rows(Node("table", text=text))
    cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="scroll"><table class="plain">{cells}</table></div>'


def _heading(level: int, row: Provision, inner: str) -> str:
    level = min(6, max(2, level))
    return f'<h{level} id="{escape(row.path)}">{inner}</h{level}>'


class _Page:
    """The HTML of a page while it is put together."""

    def __init__(self, part: Part, words: Words, address: Address, after: Mapping[int, str], top: int) -> None:
        self.part, self.words, self.address, self.after, self.top = part, words, address, after, top
        self.out: list[str] = []
        self.unit: Provision | None = None

    def close(self) -> None:
        """Ends the unit that is open."""
        if self.unit is not None:
            self.out += [self.after.get(self.unit.pk, ""), "</section>"]
            self.unit = None

    def text(self, row: Provision) -> str:
        return self.words.write(row.text, self.part.cited.get(row.pk, ()))

    def add(self, row: Provision) -> None:
        """The next provision."""
        if self.unit is not None and row.unit != self.unit.path:
            self.close()
        if row.kind in UNITS:
            self.open(row)
        elif row.kind in CONTAINERS + BLOCKS:
            self.container(row)
        elif row.kind == "table":
            self.out.append(table(row.text))
        else:
            self.piece(row)
        if row.pk in self.part.notes:
            self.out.append(f'<p class="remark">{" · ".join(map(escape, self.part.notes[row.pk]))}</p>')

    def open(self, row: Provision) -> None:
        """An article or another numbered unit; its label leads to its own page."""
        self.close()
        label = f'<a href="{escape(self.address(row))}">{escape(row.label or row.path)}</a>'
        heading = f" {escape(row.heading)}" if row.heading else ""
        self.out.append(f'<section class="unit">{_heading(row.depth - self.top + 2, row, label + heading)}')
        if row.text:
            repealed = ' class="repealed"' if row.state == "repealed" else ""
            self.out.append(f"<p{repealed}>{self.text(row)}</p>")
        self.unit = row

    def container(self, row: Provision) -> None:
        """A chapter or a block; without a name, its text alone."""
        inner = "<br>".join(part for part in (escape(row.label), escape(row.heading)) if part)
        if inner:
            self.out.append(_heading(row.depth - self.top + 2, row, inner))
        if row.text:
            name = "" if inner else f' id="{escape(row.path)}"'
            self.out.append(f"<p{name}>{self.text(row)}</p>")

    def piece(self, row: Provision) -> None:
        """A fracción, an inciso, a paragraph."""
        depth = min(4, row.depth - self.unit.depth) if self.unit else 0
        label = f"<b>{escape(row.label)}</b> " if row.label else ""
        name = f' class="d{depth}"' if label or depth > 1 else ""
        heading = f"<i>{escape(row.heading)}</i> " if row.heading else ""
        self.out.append(f'<p id="{escape(row.path)}"{name}>{label}{heading}{self.text(row)}</p>')


def fragment(
    part: Part,
    words: Words,
    address: Address,
    after: Mapping[int, str] | None = None,
    above: Sequence[Head] = (),
    more: str = "",
    top: int = 0,
) -> SafeString:
    """Provisions in the order of reading. ``address`` gives each unit's own page, ``after`` HTML of other apps to put behind
    a unit by its key, ``above`` the chapters that go on from the page before (told with ``more``); ``top`` is the depth whose
    headings stand right under the page's."""
    page = _Page(part, words, address, after or {}, top)
    for head in above:
        inner = " ".join(name for name in (escape(head.label), escape(head.heading)) if name)
        level = min(6, head.depth + 2)
        page.out.append(f'<h{level} class="goes-on">{inner} <small>{escape(more)}</small></h{level}>')
    for row in part.rows:
        page.add(row)
    page.close()
    return mark_safe("\n".join(page.out))
