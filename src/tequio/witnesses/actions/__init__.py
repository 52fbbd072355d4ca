"""Allies come and go, their cosignatures arrive; and this installation watches other logs."""

from tequio.witnesses.actions.allies import end_witness, join_witness
from tequio.witnesses.actions.seals import refuse, take_cosignatures
from tequio.witnesses.actions.watching import add_checkpoint, own_witness, watch_log

__all__ = [
    "add_checkpoint",
    "end_witness",
    "join_witness",
    "own_witness",
    "refuse",
    "take_cosignatures",
    "watch_log",
]
