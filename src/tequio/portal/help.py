"""Help for each kind of person, kept as Markdown beside the code: ``portal/help/<language>/NN-<slug>.md``.

The first line is the title, the second paragraph the summary. Both languages have the same pages (tested).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from markdown_it import MarkdownIt

FOLDER = Path(__file__).parent / "help"


@dataclass(frozen=True)
class Page:
    """A help page: its address, title, one-sentence summary and body as HTML."""

    slug: str
    title: str
    summary: str
    html: str


@cache
def _pages(language: str) -> tuple[Page, ...]:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    found = []
    for path in sorted((FOLDER / language).glob("*.md")):
        title, summary, body = path.read_text(encoding="utf-8").split("\n\n", 2)
        found.append(
            Page(path.stem.split("-", 1)[1], title.removeprefix("# ").strip(), summary.strip(), markdown.render(body))
        )
    return tuple(found)


def pages() -> tuple[Page, ...]:
    """All help pages in the reader's language, in reading order."""
    return _pages("en" if (get_language() or "es").startswith("en") else "es")


def page(slug: str) -> Page | None:
    """One help page in the reader's language, or None."""
    return next((found for found in pages() if found.slug == slug), None)
