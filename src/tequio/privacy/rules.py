"""Who decides about personal data, and who writes down the legal terms: the secretariat."""

import rules

from tequio.people.rules import in_secretariat

rules.add_perm("privacy.decide", in_secretariat)
