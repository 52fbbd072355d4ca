"""What waits for a member of the committee: observations to look at, to answer, and appeals to decide."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.common.dates import add_working_days
from tequio.monitoring.models import Committee
from tequio.observations import queries
from tequio.observations.actions.moderating import hidden_by
from tequio.people.models import Role
from tequio.people.pending import Item

LOOK_DAYS = 3  # working days that a look, or a second one, should take at most


def for_role(role: Role, today: dt.date) -> Iterator[Item]:
    """Oldest first. Members of a committee only; who is in conflict sees it too, and is told on the page."""
    if role.kind != "committee":
        return
    committees = Committee.objects.filter(plan__jurisdiction_id=role.jurisdiction_id).order_by("-plan__number")
    known = list(committees.values_list("plan_id", "pk"))
    mine = set(Committee.objects.filter(members=role).values_list("pk", flat=True))
    own = dict(known)
    newest = known[0][1] if known else None
    for found in queries.open_for_committee(role.jurisdiction).order_by("due", "number"):
        if own.get(found.commitment.plan_id, newest) not in mine:
            continue
        url = reverse("observations:handle", args=[found.jurisdiction.slug, found.number])
        about = f"{found}: {queries.target(found)}"
        since = found.published_on or today
        if found.needs_a_look:
            due = add_working_days(since, LOOK_DAYS)
            yield Item("check", _("Mirar si una observación puede verse"), about, url, due, since)
        if found.awaits_review and hidden_by(found) != role.subject_key():
            asked = found.appealed_on or today
            words = _("Decidir si vuelve a verse lo que otra persona ocultó")
            yield Item("decide", words, about, url, add_working_days(asked, LOOK_DAYS), asked)
        if found.is_shown and found.answered_on is None:
            yield Item("answer", _("Responder una observación"), about, url, found.due, since)
