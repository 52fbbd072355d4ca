"""Who writes bills, answers and says whose words came in: the congress's own people, and nobody in the executive."""

from typing import Any

import rules

from tequio.people.rules import acting, holds, jurisdiction_of

KIND = "legislature"


def edits_texts(account: Any, obj: Any) -> bool:
    """For ``legaltext.rules``: the congress's people bring in texts of their jurisdiction."""
    role, where = acting(account), jurisdiction_of(getattr(obj, "work", obj))
    return role is not None and where is not None and role.kind == KIND and role.jurisdiction_id == where.pk


rules.add_perm("lawmaking.work", holds(KIND))
