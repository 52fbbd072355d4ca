"""Who may. Predicates look at the role that the person acts in (``account.acting_role``, set by the middleware), not at
all the roles they could choose: a person acts for one office at a time, and without a role may nothing."""

from typing import Any

import rules
from django.utils import timezone

from tequio.places.rules import is_operator

__all__ = ["acting", "acts_for_lead", "holds", "in_secretariat", "is_operator", "jurisdiction_of"]

# Through which attribute an object of an app above belongs to a jurisdiction.
PATHS = ("jurisdiction", "plan", "commitment", "activity", "organisation", "committee")


def acting(account: Any) -> Any:
    """The role that the account acts in, if it is held today."""
    role = getattr(account, "acting_role", None)
    return role if role is not None and role.is_held_on(timezone.localdate()) else None


def jurisdiction_of(obj: Any) -> Any:
    """The jurisdiction that an object belongs to; itself, for a jurisdiction; None where it belongs to none."""
    if obj is None or getattr(obj, "subject", "") == "jurisdiction":
        return obj
    for path in PATHS:
        if getattr(obj, path, None) is not None:
            return jurisdiction_of(getattr(obj, path))
    return None


def holds(*kinds: str) -> Any:
    """A predicate: the acting role is of one of these kinds, in the object's own jurisdiction."""

    @rules.predicate(name=f"holds:{'+'.join(kinds)}")
    def predicate(account: Any, obj: Any = None) -> bool:
        role, where = acting(account), jurisdiction_of(obj)
        return role is not None and where is not None and role.jurisdiction_id == where.pk and role.kind in kinds

    return predicate


def _lead_of(obj: Any) -> int | None:
    """The organisation that answers for an object: its own lead, else that of the activity or commitment it is part of."""
    if getattr(obj, "lead_id", None):
        return int(obj.lead_id)
    for path in ("activity", "commitment"):
        if getattr(obj, path, None) is not None:
            return _lead_of(getattr(obj, path))
    return None


@rules.predicate
def acts_for_lead(account: Any, obj: Any = None) -> bool:
    """The acting role is that of a lead institution, and its organisation answers for this very object."""
    role, lead = acting(account), _lead_of(obj)
    where = jurisdiction_of(obj)
    here = role is not None and where is not None and role.jurisdiction_id == where.pk
    return bool(here and role.kind == "lead" and lead is not None and role.organisation_id == lead)


in_secretariat = holds("secretariat", "poc")

rules.add_perm("people.manage", in_secretariat)
