"""What the search finds of opinions: each published question, with its statements in sight."""

from collections.abc import Iterator, Sequence

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import LANGUAGES, best
from tequio.opinions.models import Conversation, Statement
from tequio.search.sources import Item, Source, register

SHOWN = Prefetch("statements", Statement.objects.filter(sight=Statement.Sight.SHOWN, number__isnull=False))


def _rows() -> "QuerySet[Conversation]":
    return Conversation.public_rows()


def _item(row: Conversation, language: str) -> Item:
    title, spoken = best(row.question)
    said = [statement.said_in(language)[0] for statement in row.statements.all()]
    return Item(
        key=row.subject_key(),
        jurisdiction=row.jurisdiction.slug,
        language=language,
        url=reverse("opinions:conversation", args=[row.jurisdiction.slug, row.number]),
        title=title,
        body=" · ".join(filter(None, (best(row.text)[0], *said))),
        day=row.opens,
        weight=0.8,
        text_language=spoken,
    )


def entries(keys: Sequence[str]) -> Iterator[Item]:
    """The questions among these keys; of a statement (``valle/statement/1.3``), its question."""
    some = Q(pk__in=[])
    for key in keys:
        place, _subject, name = key.split("/", 2)
        number = name.split(".")[0]
        if number.isdecimal():
            some |= Q(jurisdiction__slug=place, number=number)
    for row in _rows().filter(some).prefetch_related(SHOWN):
        for language in LANGUAGES:
            with translation.override(language):
                yield _item(row, language)


def register_source() -> None:
    """Adds the source."""
    register(
        Source(
            "conversation",
            _("Preguntas para votar"),
            ("conversation",),
            entries,
            lambda: [row.subject_key() for row in _rows()],
        )
    )
