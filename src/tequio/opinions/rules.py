"""Who may open a conversation and moderate its statements. Nobody may see a vote."""

import rules

from tequio.people.rules import holds, in_secretariat

rules.add_perm("opinions.manage", in_secretariat)
rules.add_perm("opinions.moderate", holds("secretariat", "poc", "facilitator"))
