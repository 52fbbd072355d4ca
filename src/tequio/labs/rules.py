"""Who may prepare labs and see their sheets."""

import rules

from tequio.people.rules import holds, in_secretariat

rules.add_perm("labs.manage", in_secretariat)
rules.add_perm("labs.work", holds("secretariat", "poc", "facilitator"))
