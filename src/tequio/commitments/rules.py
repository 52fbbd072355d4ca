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


@rules.predicate
def leads_the_piece(account: object, piece: object = None) -> bool:
    """Acts for the institution that leads the commitment or the activity that a piece of evidence is about."""
    if writes_for_lead.test(account, getattr(piece, "commitment", None)):
        return True
    role, activity = acting(account), getattr(piece, "activity", None)
    if role is None or activity is None or role.kind not in WRITING or role.organisation_id is None:
        return False
    return bool(role.organisation_id == activity.lead_id)


rules.add_perm("plans.manage_plans", in_secretariat)
rules.add_perm("commitments.work", in_secretariat | holds(*WRITING))
rules.add_perm("commitments.edit_commitment", in_secretariat | writes_for_lead)
# What is measured after publication is told by whoever leads the commitment, without a new version of the road map.
rules.add_perm("commitments.record_value", in_secretariat | writes_for_lead)
rules.add_perm("commitments.hold_back", in_secretariat | leads_the_piece)
rules.add_perm("commitments.publish_commitment", in_secretariat)
