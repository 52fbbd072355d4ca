"""What the search page can find of texts: each text, and each article by its newest wording."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.common.i18n import LANGUAGES, best
from tequio.legaltext import queries
from tequio.legaltext.models import Expression, Provision, Work
from tequio.search.sources import Item, Source

TEXT_LANGUAGE = "es"


def newest(work: Work) -> Expression | None:
    """The version that people look for: the newest in force, else the newest of all."""
    rows = queries.versions(work)
    return rows.filter(stage=Expression.Stage.IN_FORCE).first() or rows.first()


def _works(keys: Sequence[str]) -> Iterator[tuple[Work, list[str]]]:
    """The public works of some keys, each with the last parts of its keys beyond its code."""
    wanted: dict[tuple[str, str], list[str]] = {}
    for key in keys:
        jurisdiction, _subject, name = key.split("/", 2)
        code, _dot, rest = name.partition(".")
        wanted.setdefault((jurisdiction, code), []).append(rest)
    for (jurisdiction, code), names in wanted.items():
        work = Work.public_rows().filter(jurisdiction__slug=jurisdiction, code=code).first()
        if work is not None:
            yield work, names


def works(keys: Sequence[str]) -> Iterator[Item]:
    """Each text by its titles and numbers."""
    for work, _rest in _works(keys):
        for language in LANGUAGES:
            with translation.override(language):
                slug = work.jurisdiction.slug
                yield Item(
                    key=work.subject_key(),
                    jurisdiction=slug,
                    language=language,
                    url=reverse("legaltext:work", args=[slug, work.code]),
                    title=best(work.plain_title)[0] or work.title,
                    body=" · ".join(filter(None, (work.title, work.number, *work.aliases))),
                    day=work.date,
                    text_language=TEXT_LANGUAGE,
                )


def articles(keys: Sequence[str]) -> Iterator[Item]:
    """Each article by the words of its newest version."""
    for work, names in _works(keys):
        version = newest(work)
        if version is None:
            continue
        wanted = set(names)
        bodies: dict[str, list[str]] = {}
        units: dict[str, Provision] = {}
        rows = Provision.objects.filter(expression=version).exclude(unit="").select_related("lineage").order_by("order")
        for row in rows.iterator(chunk_size=2000):
            if row.path == row.unit and row.lineage.key in wanted:
                units[row.path] = row
            if row.unit in units:
                bodies.setdefault(row.unit, []).append(" ".join(filter(None, (row.label, row.heading, row.text))))
        for language in LANGUAGES:
            with translation.override(language):
                slug = work.jurisdiction.slug
                for path, row in units.items():
                    yield Item(
                        key=f"{slug}/provision/{work.code}.{row.lineage.key}",
                        jurisdiction=slug,
                        language=language,
                        url=reverse("legaltext:provision", args=[slug, work.code, version.number, path]),
                        title=_("%(label)s · %(work)s")
                        % {"label": row.label.rstrip(" .-–—:)") or path, "work": work.title},
                        body="\n".join(bodies[path]),
                        day=version.date,
                        weight=0.8,
                        text_language=TEXT_LANGUAGE,
                    )


def touched(jurisdiction: str, name: str) -> list[str]:
    """The keys of all articles of a text, when one of its versions (``name``: ``code.number``) was published."""
    code = name.rsplit(".", 1)[0]
    rows = Provision.objects.filter(lineage__work__jurisdiction__slug=jurisdiction, lineage__work__code=code)
    keys = rows.exclude(unit="").values_list("lineage__key", "path", "unit").distinct()
    return sorted({f"{jurisdiction}/provision/{code}.{key}" for key, path, unit in keys if path == unit})


def _every_article() -> Iterator[str]:
    for work in Work.public_rows():
        yield from touched(work.jurisdiction.slug, f"{work.code}.0")


WORKS = Source(
    "work",
    gettext_lazy("Leyes y reglamentos"),
    ("work",),
    works,
    lambda: [work.subject_key() for work in Work.public_rows()],
)
ARTICLES = Source("provision", gettext_lazy("Artículos de leyes"), ("provision",), articles, _every_article)
