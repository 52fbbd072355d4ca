"""Who may write plans and commitments. The secretariat writes and publishes; a lead institution writes its own."""

import rules

from tequio.people.rules import acting, holds, in_secretariat, jurisdiction_of

WRITING = ("lead", "seat_head", "seat_liaison")


@rules.predicate
def writes_for_lead(account: object, commitment: object = None) -> bool:
    """Acts for the institution that leads this commitment, in a role that speaks for it."""
    role, where = acting(account), jurisdiction_of(commitment)
    if role is None or where is None or role.jurisdiction_id != where.pk or role.kind not in WRITING:
        return False
    return role.organisation_id is not None and role.organisation_id == getattr(commitment, "lead_id", None)


rules.add_perm("plans.manage_plans", in_secretariat)
rules.add_perm("commitments.work", in_secretariat | holds(*WRITING))
rules.add_perm("commitments.edit_commitment", in_secretariat | writes_for_lead)
rules.add_perm("commitments.publish_commitment", in_secretariat)
