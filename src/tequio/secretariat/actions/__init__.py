"""The verbs of deciding: rules, what is put to a body, how its seats take part, and how it ends."""

from tequio.secretariat.actions.closing import close_decision, withdraw_decision
from tequio.secretariat.actions.opening import open_decision, put_to_vote
from tequio.secretariat.actions.rules import adopt_rules, lay_down_rules, propose_rules, reject_rules
from tequio.secretariat.actions.taking_part import (
    cast_ballot,
    declare_conflict,
    note_ballots,
    object_to,
    withdraw_objection,
    withdraw_words,
)

__all__ = [
    "adopt_rules",
    "cast_ballot",
    "close_decision",
    "declare_conflict",
    "lay_down_rules",
    "note_ballots",
    "object_to",
    "open_decision",
    "propose_rules",
    "put_to_vote",
    "reject_rules",
    "withdraw_decision",
    "withdraw_objection",
    "withdraw_words",
]
