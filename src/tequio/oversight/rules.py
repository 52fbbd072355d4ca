"""Who checks after a plan's end: members of its committee or of a later one, and the monitoring body; never whoever is
bound to an institution that leads in the plan. The secretariat writes down a handover."""

from typing import Any

import rules
from django.utils import timezone

from tequio.monitoring.independence import is_bound
from tequio.monitoring.models import Committee
from tequio.people.rules import acting, holds, in_secretariat


@rules.predicate
def checks(account: Any, commitment: Any = None) -> bool:
    """May look at this very commitment."""
    role, plan = acting(account), getattr(commitment, "plan", None)
    if role is None or plan is None or role.jurisdiction_id != plan.jurisdiction_id:
        return False
    if role.kind == "committee":
        mine = Committee.objects.filter(members=role, plan__jurisdiction_id=plan.jurisdiction_id)
        if not mine.filter(plan__number__gte=plan.number).exists():
            return False
    elif role.kind != "monitor":
        return False
    return not is_bound(role, plan, timezone.localdate())


rules.add_perm("oversight.check", checks)
rules.add_perm("oversight.hand_over", in_secretariat)
rules.add_perm("oversight.handle", checks | in_secretariat)
rules.add_perm("oversight.work", holds("committee", "monitor", "secretariat", "poc"))
