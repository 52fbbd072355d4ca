"""What the search page can find of meetings: sessions by their subjects, agreements, and what approved minutes say."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import LANGUAGES, best
from tequio.meetings.models import Agreement, MinutesEntry, Session
from tequio.search import sources
from tequio.search.sources import Item, Source

ES = "es"


def _session(session: Session, language: str, slug: str) -> Item:
    agenda = " · ".join(f"{item.title} {item.text}".strip() for item in session.agenda.all())
    return Item(
        key=session.subject_key(),
        jurisdiction=slug,
        language=language,
        url=reverse("meetings:session", args=[slug, session.number]),
        title=best(session.title)[0],
        body=" · ".join(filter(None, (best(session.body.name)[0], session.place, agenda))),
        day=session.day,
        text_language=best(session.title)[1],
    )


def _agreement(agreement: Agreement, language: str, slug: str) -> Item:
    return Item(
        key=agreement.subject_key(),
        jurisdiction=slug,
        language=language,
        url=reverse("meetings:agreement", args=[slug, agreement.number]),
        title=str(agreement),
        body=" · ".join([agreement.text, agreement.owner, *(note["text"] for note in agreement.notes)]),
        day=agreement.agreed_on,
        text_language=ES,
    )


def _entry(entry: MinutesEntry, language: str, slug: str) -> Item:
    session = entry.minutes.session
    return Item(
        key=entry.subject_key(),
        jurisdiction=slug,
        language=language,
        url=reverse("meetings:session", args=[slug, session.number]),
        title=entry.item.title if entry.item else best(session.title)[0],
        body=" · ".join(filter(None, (entry.text, entry.public_name, best(session.title)[0]))),
        day=entry.minutes.approved_on,
        weight=0.8,
        text_language=ES,
    )


def _sessions() -> QuerySet[Session]:
    return Session.public_rows().prefetch_related("agenda")


def _entries() -> QuerySet[MinutesEntry]:
    return MinutesEntry.public_rows().filter(erased_on=None)


def _source(subject: str, label: Any, rows: Callable[[], QuerySet[Any]], place: str, name: str, item: Any) -> Source:
    """``place`` leads from a row to its jurisdiction, ``name`` to the number with which its keys begin."""

    def entries(keys: Sequence[str]) -> Iterator[Item]:
        some = Q(pk__in=[])
        for slug in {key.split("/")[0] for key in keys}:
            names = {key.split("/")[2].split(".")[0] for key in keys if key.startswith(f"{slug}/")}
            some |= Q(**{f"{place}__slug": slug, f"{name}__in": [int(n) for n in names if n.isdigit()]})
        wanted = set(keys)
        for obj in rows().filter(some):
            if obj.subject_key() in wanted:
                for language in LANGUAGES:
                    with translation.override(language):
                        yield item(obj, language, obj.subject_key().split("/")[0])

    def keys() -> list[str]:
        return [obj.subject_key() for obj in rows().prefetch_related(None)]

    return Source(subject, label, (subject,), entries, keys)


def register() -> None:
    session = "minutes__session"
    for source in (
        _source("session", _("Sesiones"), _sessions, "jurisdiction", "number", _session),
        _source("agreement", _("Acuerdos"), Agreement.public_rows, "jurisdiction", "number", _agreement),
        _source("entry", _("Actas"), _entries, f"{session}__jurisdiction", f"{session}__number", _entry),
    ):
        sources.register(source)
