"""Who may report, verify, answer and annul. Nobody at all may set a state or a colour: no permission for it exists."""

from typing import Any

import rules
from django.utils import timezone

from tequio.monitoring.independence import conflict_of, conflict_over_indicator, lead_ids
from tequio.monitoring.models import Committee, Decision
from tequio.people.rules import acting, holds, in_secretariat

REPORTING = ("lead", "seat_head", "seat_liaison")


def plan_of(obj: Any) -> Any:
    """The plan that a committee, commitment, activity or decision belongs to; itself, for a plan."""
    for path in ("plan", "commitment", "activity"):
        if hasattr(obj, path):
            return plan_of(getattr(obj, path))
    return obj


def activity_of(obj: Any) -> Any:
    """The activity that a decision is on; itself, for an activity."""
    return obj.activity if isinstance(obj, Decision) else obj


@rules.predicate
def answers_for_lead(account: Any, obj: Any = None) -> bool:
    """Acts for the institution that leads the activity, in a role that speaks for it."""
    role, activity = acting(account), activity_of(obj)
    if role is None or activity is None or role.kind not in REPORTING or role.organisation_id is None:
        return False
    return role.organisation_id in lead_ids(activity)


@rules.predicate
def answers_for_piece(account: Any, obj: Any = None) -> bool:
    """Acts for the institution that leads what a piece of evidence is about, in a role that speaks for it."""
    role = acting(account)
    if role is None or obj is None or role.kind not in REPORTING or role.organisation_id is None:
        return False
    return role.organisation_id in {obj.commitment.lead_id, obj.activity.lead_id if obj.activity else None}


@rules.predicate
def in_committee(account: Any, obj: Any = None) -> bool:
    """Is a member of the committee of that very plan."""
    role, plan = acting(account), plan_of(obj)
    if role is None or plan is None or role.kind != "committee":
        return False
    return Committee.objects.filter(plan=plan, members=role).exists()


@rules.predicate
def free_of_conflict(account: Any, obj: Any = None) -> bool:
    """Has declared, and nothing binds the member to whoever is verified (TQ-7)."""
    role = acting(account)
    return role is not None and not conflict_of(role, activity_of(obj), timezone.localdate())


@rules.predicate
def free_over_indicator(account: Any, indicator: Any = None) -> bool:
    """The same, for whoever leads what an indicator measures."""
    role = acting(account)
    return role is not None and not conflict_over_indicator(role, indicator, timezone.localdate())


rules.add_perm("monitoring.report_progress", answers_for_lead)
rules.add_perm("monitoring.work_reports", holds(*REPORTING))
# What is held back for personal data is seen by the institution that handed it in, never by the committee.
rules.add_perm("monitoring.replace_evidence", answers_for_piece)
rules.add_perm("monitoring.reply_to_decision", answers_for_lead)
rules.add_perm("monitoring.begin_review", in_committee & free_of_conflict)
rules.add_perm("monitoring.decide", in_committee & free_of_conflict)
# The committee's desk, in its own jurisdiction, and the review of an activity of its own plan.
rules.add_perm("monitoring.work_in_committee", holds("committee"))
rules.add_perm("monitoring.verify_value", in_committee & free_over_indicator)
rules.add_perm("monitoring.review", in_committee)
rules.add_perm("monitoring.declare_conflict", in_committee)
rules.add_perm("monitoring.set_committee", in_secretariat)
# Whoever runs the programme can take a decision back, with a public reason; never write or change one.
rules.add_perm("monitoring.annul_decision", in_secretariat)
