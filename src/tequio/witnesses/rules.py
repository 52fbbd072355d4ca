"""Who may register witnesses: whoever runs the installation. What they sign, nobody here can write."""

import rules

from tequio.places.rules import is_operator

rules.add_perm("witnesses.manage", is_operator)
