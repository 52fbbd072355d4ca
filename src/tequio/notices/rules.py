"""Who may see what became of the mails: the secretariat, without the addresses."""

import rules

from tequio.people.rules import in_secretariat

rules.add_perm("notices.see_deliveries", in_secretariat)
