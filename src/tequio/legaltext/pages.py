"""How a long text is cut into pages, and where each provision is then."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from tequio.legaltext.models import Expression
from tequio.legaltext.queries import Head
from tequio.legaltext.tree import BLOCKS, CONTAINERS, UNITS

SIZE = 100  # units (articles) of a page


@dataclass(frozen=True)
class Chapter:
    """An entry of the table of contents: a chapter or block, its address and the numbers of its first and last article."""

    row: Head
    url: str
    first: str
    last: str


class Contents:
    """The outline of a version: its pages and its table of contents."""

    def __init__(self, expression: Expression, rows: Sequence[Head]) -> None:
        self.rows = rows
        work = expression.work
        self.base = reverse("legaltext:expression", args=[work.jurisdiction.slug, work.code, expression.number])
        self.units = [row for row in rows if row.kind in UNITS]
        self._page: dict[str, int] = {}
        self._starts = [0]
        page, count = 1, 0
        before: list[Head] = []  # chapters that wait for their first article
        for row in rows:
            if row.kind in UNITS:
                if count == SIZE:
                    page, count = page + 1, 0
                    self._starts.append(before[0].order if before else row.order)
                count += 1
                for chapter in before:
                    self._page[chapter.path] = page
                self._page[row.path] = page
                before = []
            else:
                before.append(row)
        for chapter in before:
            self._page[chapter.path] = page

    @property
    def pages(self) -> int:
        return len(self._starts)

    def span(self, page: int) -> tuple[int, int | None]:
        """The orders of a page's first provision and of the first one after it (None on the last page)."""
        page = min(max(page, 1), self.pages)
        return self._starts[page - 1], self._starts[page] if page < self.pages else None

    def above(self, page: int) -> list[Head]:
        """The chapters that go on from the page before."""
        start = self.span(page)[0]
        by_pk = {row.pk: row for row in self.rows}
        first = next((row for row in self.rows if row.order >= start), None)
        found: list[Head] = []
        parent = by_pk.get(first.parent_id or 0) if first else None
        while parent is not None:
            if parent.order < start:
                found.insert(0, parent)
            parent = by_pk.get(parent.parent_id or 0)
        return found

    def address(self, path: str, unit: str = "") -> str:
        """Where a provision stands on the pages of the text."""
        page = self._page.get(path) or self._page.get(unit, 1)
        query = f"?pagina={page}" if page > 1 else ""
        return f"{self.base}{query}#{path}"

    def chapters(self) -> list[Chapter]:
        """The table of contents: every chapter and block with a name, and from which article to which it goes."""
        found: list[tuple[Head, list[Head]]] = []
        open_at: list[int] = []
        for row in self.rows:
            while open_at and found[open_at[-1]][0].depth >= row.depth:
                open_at.pop()
            if row.kind in UNITS:
                for place in open_at:
                    found[place][1].append(row)
            elif row.kind in CONTAINERS + BLOCKS and (row.label or row.heading):
                found.append((row, []))
                open_at.append(len(found) - 1)
        return [
            Chapter(
                row,
                self.address(row.path),
                members[0].label.rstrip(" .-–—:") if members else "",
                members[-1].label.rstrip(" .-–—:") if len(members) > 1 else "",
            )
            for row, members in found
        ]
