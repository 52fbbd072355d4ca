"""What the search finds of decisions: the question, what it means, and the result."""

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import LANGUAGES, best
from tequio.search.sources import Item, Source
from tequio.secretariat.models import Decision


def _item(decision: Decision, language: str) -> Item:
    slug = decision.jurisdiction.slug
    parts = (decision.text, decision.outcome.get("sentence"), decision.body.name)
    title, spoken = best(decision.question)
    return Item(
        key=decision.subject_key(),
        jurisdiction=slug,
        language=language,
        url=reverse("secretariat:decision", args=[slug, decision.number]),
        title=title,
        body=" · ".join(filter(None, (best(part)[0] for part in parts))),
        day=decision.closed_on or decision.opened_on,
        text_language=spoken,
    )


def _entries(keys: Sequence[str]) -> Iterator[Item]:
    some = Q(pk__in=[])
    for slug in {key.split("/")[0] for key in keys}:
        names = {key.split("/")[2] for key in keys if key.startswith(f"{slug}/")}
        some |= Q(jurisdiction__slug=slug, number__in=[int(name) for name in names if name.isdecimal()])
    for decision in Decision.public_rows().filter(some):
        for language in LANGUAGES:
            with translation.override(language):
                yield _item(decision, language)


def _keys() -> list[str]:
    return [decision.subject_key() for decision in Decision.objects.select_related("jurisdiction")]


DECISIONS = Source("resolution", _("Decisiones"), ("resolution",), _entries, _keys)
