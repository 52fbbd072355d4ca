"""What waits for a role in co-creation: answers, looks, words to confirm, scores to give."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.cocreation import queries, rules
from tequio.cocreation.models import Call, Contribution, Phase, Score
from tequio.common.dates import add_working_days
from tequio.people import moderated
from tequio.people.models import Role
from tequio.people.pending import Item
from tequio.vocabularies import terms

LOOK_DAYS = 3  # working days that a look should take at most


def for_role(role: Role, today: dt.date) -> Iterator[Item]:
    """One line for all answers that are owed, one for all looks, one for each call to be scored."""
    here = role.jurisdiction
    if role.kind in ("secretariat", "poc", "facilitator"):
        rows = Contribution.objects.filter(queries.owed(), jurisdiction=here, published_on__isnull=False)
        found = rows.aggregate(n=Count("pk"), due=Min("due"), since=Min("received_on"))
        if found["n"]:
            words = ngettext(
                "Responder con razones %(n)s aportación", "Responder con razones %(n)s aportaciones", found["n"]
            ) % {"n": found["n"]}
            url = reverse("cocreation:queue", args=[here.slug])
            yield Item("answer", words, _("Cocreación"), url, found["due"], found["since"])
    government = role.organisation is not None and terms.is_government(role.organisation.sector)
    if role.kind in ("secretariat", "facilitator") and not government:
        lines = [line for source, line in moderated.queue(here) if source.key != "observation"]
        if lines:
            words = ngettext("Mirar %(n)s texto o archivo", "Mirar %(n)s textos o archivos", len(lines))
            url = reverse("cocreation:moderation", args=[here.slug])
            due = add_working_days(lines[0].since, LOOK_DAYS)
            yield Item("check", words % {"n": len(lines)}, _("Moderación"), url, due, lines[0].since)
    if role.kind in rules.SCORING:
        given = dict(
            Score.objects.filter(role=role).values_list("call").annotate(n=Count("pk")).values_list("call", "n")
        )
        for call in Call.public_rows().filter(jurisdiction=here, scored_on=None):
            days = call.window(Phase.PRIORITISATION)
            if days and days[0] <= today <= days[1] and not given.get(call.pk):
                url = reverse("cocreation:score", args=[here.slug, call.number])
                yield Item("decide", _("Calificar aportaciones"), str(call.title), url, days[1], days[0])
