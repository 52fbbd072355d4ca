"""What the search finds in co-creation: problems, contributions while their words are in sight, tables and drafts."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tequio.cocreation.models import Call, Contribution, DraftVersion, JointDraft, Problem, Said, Table
from tequio.common.i18n import LANGUAGES, best
from tequio.search.sources import Item, Source, register


def _item(obj: Any, url_name: str, title: str, body: str, spoken: str = "", day: Any = None) -> Item:
    language = "en" if (translation.get_language() or "es").startswith("en") else "es"
    place = obj.jurisdiction.slug
    return Item(
        key=obj.subject_key(),
        jurisdiction=place,
        language=language,
        url=reverse(url_name, args=[place, obj.number]),
        title=title,
        body=body,
        day=day,
        weight=0.8,
        text_language=spoken or language,
    )


def problem(row: Problem) -> Item:
    body = " · ".join(filter(None, (row.text, row.who, row.causes, row.environment, row.outlook)))
    return _item(row, "cocreation:problem", row.title, body, row.language, row.published_on)


def contribution(row: Contribution) -> Item:
    answer = best(row.answer.text)[0] if row.answer else ""
    body = " · ".join(filter(None, (row.text, row.organisation, answer)))
    return _item(row, "cocreation:contribution", row.title, body, row.language, row.published_on)


def table(row: Table) -> Item:
    title, spoken = best(row.title)
    return _item(row, "cocreation:table", title, best(row.summary)[0], spoken)


def call(row: Call) -> Item:
    title, spoken = best(row.title)
    return _item(row, "cocreation:call", title, best(row.summary)[0], spoken, row.published_on)


def draft(row: JointDraft) -> Item:
    title, spoken = best(row.title)
    newest = DraftVersion.objects.filter(draft=row, number=row.version).first()
    body = " · ".join(best(value)[0] for value in newest.fields.values()) if newest else ""
    return _item(row, "cocreation:draft", title, body, spoken)


def _source(subject: str, label: Any, rows: Callable[[], QuerySet[Any]], item: Callable[[Any], Item]) -> Source:
    def entries(keys: Sequence[str]) -> Iterator[Item]:
        wanted = set(keys)
        some = Q(pk__in=[])
        for place in {key.split("/")[0] for key in keys}:
            names = {key.split("/")[2] for key in keys if key.startswith(f"{place}/")}
            some |= Q(jurisdiction__slug=place, number__in=[name for name in names if name.isdecimal()])
        for obj in rows().filter(some):
            if obj.subject_key() in wanted:
                for language in LANGUAGES:
                    with translation.override(language):
                        yield item(obj)

    def keys() -> list[str]:
        return [obj.subject_key() for obj in rows().prefetch_related(None)]

    return Source(subject, label, (subject,), entries, keys)


def register_all() -> None:
    """Adds the sources, in the order in which the search page offers them."""
    shown = Said.Sight.SHOWN
    register(_source("problem", _("Problemas"), lambda: Problem.public_rows().filter(sight=shown), problem))
    register(
        _source("contribution", _("Aportaciones"), lambda: Contribution.public_rows().filter(sight=shown), contribution)
    )
    register(_source("worktable", _("Mesas de trabajo"), Table.public_rows, table))
    register(_source("process", _("Convocatorias de cocreación"), Call.public_rows, call))
    register(_source("jointdraft", _("Borradores de compromiso"), JointDraft.public_rows, draft))
