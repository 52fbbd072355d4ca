"""What waits for a member of the committee: observations to look at, to answer, and appeals to decide."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.common.dates import add_working_days
from tequio.monitoring.independence import is_bound
from tequio.monitoring.models import Committee, ConflictDeclaration, clocks_of
from tequio.observations import queries
from tequio.observations.actions.moderating import hidden_by
from tequio.observations.models import Observation
from tequio.people.models import Role
from tequio.people.pending import Item


def for_role(role: Role, today: dt.date) -> Iterator[Item]:
    """What is due soonest first, for members of the committee that answers and whom nothing binds."""
    if role.kind != "committee":
        return
    committees = Committee.objects.filter(plan__jurisdiction_id=role.jurisdiction_id).order_by("-plan__number")
    known = list(committees.values_list("plan_id", "pk"))
    mine = set(Committee.objects.filter(members=role).values_list("pk", flat=True))
    own = dict(known)
    newest = known[0][1] if known else None
    free = _Free(role, today)
    rows = queries.open_for_committee(role.jurisdiction).select_related(
        "commitment__lead", "activity__lead", "commitment__plan__clocks"
    )
    for found in rows.order_by("due", "number"):
        if own.get(found.commitment.plan_id, newest) not in mine or not free.to_answer(found, own):
            continue
        url = reverse("observations:handle", args=[found.jurisdiction.slug, found.number])
        about = f"{found}: {queries.target(found)}"
        since, days = found.published_on or today, clocks_of(found.commitment.plan).days_to_see
        if found.needs_a_look:
            due = add_working_days(since, days)
            yield Item("check", _("Mirar si una observación puede verse"), about, url, due, since)
        if found.awaits_review and hidden_by(found) != role.subject_key():
            asked = found.appealed_on or today
            words = _("Decidir si vuelve a verse lo que otra persona ocultó")
            yield Item("decide", words, about, url, add_working_days(asked, days), asked)
        if found.is_shown and found.answered_on is None:
            yield Item("answer", _("Responder una observación"), about, url, found.due, since)


class _Free:
    """Whether a member may take part, as ``rules.answers`` says it, with a few queries for all observations of a plan."""

    def __init__(self, role: Role, today: dt.date) -> None:
        self.role, self.today = role, today
        self.bound: dict[int, bool] = {}
        signed = ConflictDeclaration.objects.filter(role=role, signed_on__lte=today).order_by("signed_on", "number")
        self.declared = {row.plan_id: row for row in signed}

    def to_answer(self, found: Observation, own: dict[int, int]) -> bool:
        """Nothing binds the member to what was observed."""
        commitment, activity = found.commitment, found.activity
        leads = [one for one in (commitment.lead, activity.lead if activity else None) if one is not None]
        plan = commitment.plan
        if plan.pk not in own:  # a later committee answers; see ``rules``
            return self.role.organisation_id not in {lead.pk for lead in leads}
        if plan.pk not in self.bound:
            self.bound[plan.pk] = is_bound(self.role, plan, self.today)
        declared = self.declared.get(plan.pk)
        if self.bound[plan.pk] or declared is None:
            return False
        slug = found.jurisdiction.slug
        named = {f"{slug}/organisation/{lead.slug}" for lead in leads} & set(declared.organisations)
        return not named and f"{slug}/commitment/{commitment.code}" not in declared.commitments
