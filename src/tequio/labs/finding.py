"""What the search finds of labs: each published lab, with the places of its route."""

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import LANGUAGES, best
from tequio.labs.models import Lab
from tequio.search.sources import Item, Source, register


def _item(row: Lab, language: str) -> Item:
    title, spoken = best(row.title)
    places = [f"{stop.where} {stop.place}" for stop in row.stops.all()]
    return Item(
        key=row.subject_key(),
        jurisdiction=row.jurisdiction.slug,
        language=language,
        url=reverse("labs:lab", args=[row.jurisdiction.slug, row.number]),
        title=title,
        body=" · ".join(filter(None, (best(row.text)[0], *places))),
        weight=0.8,
        text_language=spoken,
    )


def entries(keys: Sequence[str]) -> Iterator[Item]:
    """The labs among these keys."""
    some = Q(pk__in=[])
    for key in keys:
        place, _subject, name = key.split("/", 2)
        if name.isdecimal():
            some |= Q(jurisdiction__slug=place, number=name)
    for row in Lab.public_rows().filter(some).prefetch_related("stops__municipality"):
        for language in LANGUAGES:
            with translation.override(language):
                yield _item(row, language)


def register_source() -> None:
    """Adds the source."""
    register(
        Source(
            "lab",
            _("Laboratorios itinerantes"),
            ("lab",),
            entries,
            lambda: [row.subject_key() for row in Lab.public_rows()],
        )
    )
