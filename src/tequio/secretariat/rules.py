"""Who may: the secretariat opens and closes decisions; whoever occupies a seat of the body takes part in them."""

from typing import Any

import rules
from django.utils import timezone

from tequio.people.rules import acting, in_secretariat
from tequio.secretariat.queries import holder_for


@rules.predicate
def sits_there(account: Any, decision: Any = None) -> bool:
    """Acts in a role that occupies a seat, in whatever capacity, of the body that decides."""
    role, body = acting(account), getattr(decision, "body", None)
    if role is None or body is None or role.jurisdiction_id != body.jurisdiction_id:
        return False
    return holder_for(role, body, timezone.localdate()) is not None


rules.add_perm("secretariat.manage_decisions", in_secretariat)
rules.add_perm("secretariat.take_part", sits_there)
