"""Who may answer and moderate: members of the committee, never a public body. The secretariat may only ask them to look,
and the institution may say something in public."""

from typing import Any

import rules
from django.utils import timezone

from tequio.monitoring.independence import conflict_of
from tequio.monitoring.models import Committee
from tequio.monitoring.rules import REPORTING
from tequio.people.rules import acting, holds, in_secretariat, jurisdiction_of


def committee_for(commitment: Any) -> Committee | None:
    """Who answers for a commitment: the committee of its plan or, where that plan has none, that of the newest plan with
    one. None where nobody can."""
    here = Committee.objects.filter(plan__jurisdiction_id=commitment.jurisdiction_id)
    return here.filter(plan=commitment.plan_id).first() or here.order_by("-plan__number").first()


@rules.predicate
def answers(account: Any, observation: Any = None) -> bool:
    """Is a member of the committee that answers for the commitment, with nothing that binds them to who is observed."""
    role = acting(account)
    commitment = getattr(observation, "commitment", None)
    if role is None or role.kind != "committee" or commitment is None:
        return False
    committee = committee_for(commitment)
    if committee is None or not committee.members.filter(pk=role.pk).exists():
        return False
    activity = observation.activity or commitment.activities.first()
    if activity is None:
        return True
    # Whoever sits in a later plan's committee declared there; what binds them by office counts all the same.
    if committee.plan_id != commitment.plan_id:
        return role.organisation_id is None or role.organisation_id not in (activity.lead_id, commitment.lead_id)
    return not conflict_of(role, activity, timezone.localdate())


@rules.predicate
def is_observed(account: Any, observation: Any = None) -> bool:
    """Acts for the institution that leads the commitment or the activity, in a role that speaks for it."""
    role = acting(account)
    commitment = getattr(observation, "commitment", None)
    if role is None or commitment is None or role.kind not in REPORTING or role.organisation_id is None:
        return False
    activity = observation.activity
    return role.organisation_id in (commitment.lead_id, activity.lead_id if activity else None)


@rules.predicate
def is_here(account: Any, obj: Any = None) -> bool:
    """Acts in the observation's own jurisdiction."""
    role, where = acting(account), jurisdiction_of(obj)
    return role is not None and where is not None and role.jurisdiction_id == where.pk


rules.add_perm("observations.answer", answers & is_here)
rules.add_perm("observations.comment", is_observed & is_here)
rules.add_perm("observations.flag", in_secretariat)
rules.add_perm("observations.handle", (answers & is_here) | (is_observed & is_here) | in_secretariat)
rules.add_perm("observations.work", holds("committee", "lead", "seat_head", "seat_liaison", "secretariat", "poc"))
