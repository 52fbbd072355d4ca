"""Who may prepare, close and draw a call: whoever runs the programme. Nobody may choose who is drawn."""

import rules

from tequio.people.rules import in_secretariat

rules.add_perm("sortition.manage_calls", in_secretariat)
