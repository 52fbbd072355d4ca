"""Who may. Predicates look at the role that the person acts in (``account.acting_role``, set by the middleware), not at
all the roles they could choose: a person acts for one office at a time."""

from typing import Any

import rules
from django.utils import timezone


def acting(account: Any) -> Any:
    """The role that the account acts in, if it is held today."""
    role = getattr(account, "acting_role", None)
    return role if role is not None and role.is_held_on(timezone.localdate()) else None


def jurisdiction_of(obj: Any) -> Any:
    """The jurisdiction that an object belongs to; itself, for a jurisdiction."""
    if obj is None or getattr(obj, "subject", "") == "jurisdiction":
        return obj
    for path in ("jurisdiction", "plan", "commitment", "activity", "organisation"):
        if hasattr(obj, path) and getattr(obj, path) is not None:
            return jurisdiction_of(getattr(obj, path))
    return None


def holds(*kinds: str) -> Any:
    """A predicate: the acting role is of one of these kinds, in the object's own jurisdiction."""

    @rules.predicate(name=f"holds:{'+'.join(kinds)}")
    def predicate(account: Any, obj: Any = None) -> bool:
        role = acting(account)
        where = jurisdiction_of(obj)
        return role is not None and where is not None and role.jurisdiction_id == where.pk and role.kind in kinds

    return predicate


@rules.predicate
def is_operator(account: Any, obj: Any = None) -> bool:
    """Whoever runs the installation. Opens territories; has no say in plans, decisions or lights."""
    return bool(account.is_active and account.is_staff)


in_secretariat = holds("secretariat", "poc")

rules.add_perm("places.create_jurisdiction", is_operator)
rules.add_perm("people.manage", in_secretariat)
