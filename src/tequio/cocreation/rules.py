"""Who may: the secretariat organises, facilitators help, seats and participants score, and nobody who acts for a public body
decides what people may read."""

from typing import Any

import rules

from tequio.people.rules import acting, holds, in_secretariat, jurisdiction_of
from tequio.vocabularies import terms

SCORING = ("seat_head", "seat_liaison", "support", "participant", "monitor", "lead")
MODERATING = ("secretariat", "facilitator", "committee")


def sector_of(role: Any) -> str:
    """The sector in whose name a role scores: its organisation's; a person without one is unorganised citizenry."""
    return role.organisation.sector if role.organisation and role.organisation.sector else "citizen"


@rules.predicate
def moderates(account: Any, obj: Any = None) -> bool:
    """Holds a role that moderates, in the object's jurisdiction, and does not act for a public body (decision 0024)."""
    role, where = acting(account), jurisdiction_of(obj)
    if role is None or where is None or role.jurisdiction_id != where.pk or role.kind not in MODERATING:
        return False
    return role.organisation is None or not terms.is_government(role.organisation.sector)


helps = in_secretariat | holds("facilitator")
drafts = helps | holds("seat_head", "seat_liaison")

rules.add_perm("cocreation.organise", in_secretariat)
rules.add_perm("cocreation.respond", helps)
rules.add_perm("cocreation.draft", drafts)
rules.add_perm("cocreation.score", holds(*SCORING))
rules.add_perm("cocreation.moderate", moderates)
rules.add_perm("cocreation.work", drafts | holds(*SCORING) | moderates)
