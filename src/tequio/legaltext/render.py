"""The text of a version as HTML. A template would take fifty times as long (``docs/decisions/0029``).

Every word is escaped here; the only marks are our own.
"""

from collections.abc import Callable, Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from tequio.legaltext import glossary
from tequio.legaltext.models import Provision, Reference
from tequio.legaltext.tree import BLOCKS, CONTAINERS, UNITS, Node, table_rows

Address = Callable[[Provision], str]


class Words:
    """Writes the words of provisions with their links. ``known`` keeps a term from being explained twice on a page."""

    def __init__(self, where: Callable[[Reference], str], glossary_url: str) -> None:
        self.where, self.glossary_url = where, glossary_url
        self.known: set[str] = set()

    def write(self, row: Provision) -> str:
        """The text with references and terms as links."""
        marks: list[tuple[int, int, str]] = []
        for reference in row.references.all():
            address = self.where(reference)
            if address:
                marks.append((reference.start, reference.end, f'<a href="{escape(address)}">'))
        taken = [(start, end) for start, end, _mark in marks]
        for start, end, term in glossary.find(row.text):
            if term.term in self.known or any(start < stop and begin < end for begin, stop in taken):
                continue
            self.known.add(term.term)
            title = escape(f"{term.plain}. {term.explanation}")
            place = f"{self.glossary_url}#{slugify(term.term)}"
            marks.append((start, end, f'<a class="term" href="{place}" title="{title}">'))
        parts, at = [], 0
        for start, end, mark in sorted(marks):
            parts += [escape(row.text[at:start]), mark, escape(row.text[start:end]), "</a>"]
            at = end
        parts.append(escape(row.text[at:]))
        return "".join(parts).replace("\n", "<br>")


def table(text: str) -> str:
    """A table of the text, scrolling by itself on a phone."""
    rows = table_rows(Node("table", text=text))
    cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="scroll"><table class="plain">{cells}</table></div>'


def _heading(level: int, row: Provision, inner: str) -> str:
    level = min(6, max(2, level))
    return f'<h{level} id="{escape(row.path)}">{inner}</h{level}>'


def fragment(
    rows: Sequence[Provision],
    words: Words,
    address: Address,
    after: Mapping[int, str] | None = None,
    above: Sequence[Provision] = (),
    more: str = "",
) -> SafeString:
    """Provisions in the order of reading. ``address`` gives each unit's own page, ``after`` HTML of other apps to put behind
    a unit by its key, ``above`` the chapters that go on from the page before (told with ``more``)."""
    out: list[str] = []
    extra = after or {}
    open_unit: Provision | None = None

    def close() -> None:
        nonlocal open_unit
        if open_unit is not None:
            if open_unit.pk in extra:
                out.append(extra[open_unit.pk])
            out.append("</section>")
            open_unit = None

    for row in above:
        inner = " ".join(part for part in (escape(row.label), escape(row.heading)) if part)
        out.append(
            f'<h{min(6, row.depth + 2)} class="goes-on">{inner} <small>{escape(more)}</small></h{min(6, row.depth + 2)}>'
        )
    for row in rows:
        if open_unit is not None and row.unit != open_unit.path:
            close()
        repealed = ' class="repealed"' if row.state == "repealed" else ""
        if row.kind in UNITS:
            close()
            label = f'<a href="{escape(address(row))}">{escape(row.label or row.path)}</a>'
            heading = f" {escape(row.heading)}" if row.heading else ""
            out.append(f'<section class="unit">{_heading(row.depth + 2, row, label + heading)}')
            if row.text:
                out.append(f"<p{repealed}>{words.write(row)}</p>")
            open_unit = row
        elif row.kind in CONTAINERS + BLOCKS:
            inner = "<br>".join(part for part in (escape(row.label), escape(row.heading)) if part)
            if inner:
                out.append(_heading(row.depth + 2, row, inner))
            if row.text:
                out.append(f"<p{'' if inner else f' id={chr(34)}{escape(row.path)}{chr(34)}'}>{words.write(row)}</p>")
        elif row.kind == "table":
            out.append(table(row.text))
        else:
            depth = min(4, row.depth - open_unit.depth) if open_unit else 0
            label = f"<b>{escape(row.label)}</b> " if row.label else ""
            name = f' class="d{depth}"' if label or depth > 1 else ""
            heading = f"<i>{escape(row.heading)}</i> " if row.heading else ""
            out.append(f'<p id="{escape(row.path)}"{name}>{label}{heading}{words.write(row)}</p>')
        notes = row.notes.all()
        if notes:
            told = " · ".join(escape(note.text) for note in notes)
            out.append(f'<p class="remark">{told}</p>')
    close()
    return mark_safe("\n".join(out))
