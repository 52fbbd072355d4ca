"""The published rules for statements, and what this app puts into the one queue and register of moderation."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.common import moderation
from tequio.common.moderation import Rule
from tequio.opinions.models import Conversation, Statement
from tequio.people.moderated import Moderated, Waiting
from tequio.places.models import Jurisdiction

RULES = (
    *(rule for rule in moderation.RULES if rule.key in ("personal_data", "threat", "unrelated")),
    Rule(
        "repeated",
        gettext_lazy("Ya está dicha"),
        gettext_lazy("Otra frase dice lo mismo. Una opinión distinta nunca es una repetición."),
    ),
    Rule(
        "two_ideas",
        gettext_lazy("Trae dos ideas"),
        gettext_lazy("Nadie podría estar de acuerdo con media frase. Puede proponerse en dos."),
    ),
)
CHOICES = [(rule.key, rule.words) for rule in RULES]
_words = {rule.key: rule.words for rule in RULES}


def rule_words(key: str) -> str:
    """A rule in words; the key itself where a later release took the rule away."""
    return str(_words.get(key, key))


def waiting(jurisdiction: Jurisdiction) -> Iterator[Waiting]:
    """Each statement that somebody proposed and nobody has looked at."""
    rows = Statement.objects.filter(conversation__jurisdiction=jurisdiction, sight=Statement.Sight.HELD)
    rows = rows.exclude(conversation__status=Conversation.Status.DRAFT).select_related("conversation")
    for row in rows.order_by("written"):
        url = reverse("opinions:handle", args=[jurisdiction.slug, row.conversation.number]) + "#revisar"
        yield Waiting(_("Una frase propuesta"), url, timezone.localdate(row.written))


def register(jurisdiction: Jurisdiction) -> Iterator[Moderated]:
    """Each statement that was refused or hidden, without its words."""
    rows = Statement.public_rows().filter(
        conversation__jurisdiction=jurisdiction, sight__in=(Statement.Sight.REFUSED, Statement.Sight.HIDDEN)
    )
    for row in rows.order_by("-decided_on", "-number"):
        url = reverse("opinions:conversation", args=[jurisdiction.slug, row.conversation.number]) + "#frases"
        on = row.decided_on or dt.date.min
        yield Moderated(str(row), url, row.get_sight_display(), on, rule_words(row.rule), row.reason)
