"""What waits for who moderates, and whom a conversation's news reach."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from tequio.common.dates import add_working_days
from tequio.opinions.models import Conversation, Statement
from tequio.people.models import Role
from tequio.people.pending import Item

LOOK_DAYS = 3  # working days that a look should take at most
MODERATES = ("secretariat", "poc", "facilitator")


def for_role(role: Role, today: dt.date) -> Iterator[Item]:
    """Each open conversation with statements that nobody has looked at."""
    if role.kind not in MODERATES:
        return
    rows = Statement.objects.filter(conversation__jurisdiction_id=role.jurisdiction_id, sight=Statement.Sight.HELD)
    rows = rows.filter(conversation__status=Conversation.Status.OPEN).select_related("conversation")
    waiting: dict[int, list[Statement]] = {}
    for row in rows.order_by("written"):
        waiting.setdefault(row.conversation_id, []).append(row)
    for found in waiting.values():
        conversation, since = found[0].conversation, timezone.localdate(found[0].written)
        words = ngettext(
            "Mirar una frase que alguien propuso", "Mirar %(n)s frases que alguien propuso", len(found)
        ) % {"n": len(found)}
        url = reverse("opinions:handle", args=[role.jurisdiction.slug, conversation.number]) + "#revisar"
        yield Item("check", words, str(conversation), url, add_working_days(since, LOOK_DAYS), since)


def keys(on: str) -> list[str]:
    """Under which keys an act on a conversation, a statement or a result is told: the conversation, and what it hangs on."""
    place, _subject, name = on.split("/", 2)
    number = name.split(".")[0]
    key = f"{place}/conversation/{number}"
    about = Conversation.objects.filter(jurisdiction__slug=place, number=int(number) if number.isdecimal() else -1)
    return [key, *filter(None, about.values_list("about", flat=True))]
