"""What the search finds of bills: their titles, what they change, who proposes them, what their video says."""

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import LANGUAGES, best
from tequio.lawmaking.models import Bill
from tequio.search.sources import Item, Source, register
from tequio.vocabularies import terms


def item(bill: Bill, language: str) -> Item:
    """A bill for readers of one language."""
    title, spoken = best(bill.plain_title)
    sponsors = [" ".join(filter(None, (row["name"], row.get("group", "")))) for row in bill.sponsors]
    body = (bill.title, bill.number, best(bill.summary)[0], *sponsors, bill.commission)
    topics = [terms.label("policy_area", topic) for topic in bill.topics]
    return Item(
        key=bill.subject_key(),
        jurisdiction=bill.jurisdiction.slug,
        language=language,
        url=reverse("lawmaking:bill", args=[bill.jurisdiction.slug, bill.code]),
        title=title or bill.title,
        body=" · ".join(filter(None, (*body, *topics, best(bill.transcript)[0]))),
        day=bill.published_on,
        text_language=spoken or language,
    )


def entries(keys: Sequence[str]) -> Iterator[Item]:
    """The bills among these that are public."""
    some = Q(pk__in=[])
    for key in keys:
        place, _subject, code = key.split("/", 2)
        some |= Q(jurisdiction__slug=place, code=code)
    for bill in Bill.public_rows().filter(some):
        for language in LANGUAGES:
            with translation.override(language):
                yield item(bill, language)


def register_all() -> None:
    """Adds the source."""
    every = Bill.public_rows
    register(Source("bill", _("Iniciativas"), ("bill",), entries, lambda: [row.subject_key() for row in every()]))
