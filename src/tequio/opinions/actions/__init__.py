"""What is done with conversations, statements, votes and results."""

from tequio.opinions.actions.conversations import (
    change_conversation,
    close_conversation,
    extend_conversation,
    prepare_conversation,
    publish_conversation,
)
from tequio.opinions.actions.counting import count_votes
from tequio.opinions.actions.minute import each_minute
from tequio.opinions.actions.statements import accept, hide, propose, refuse, restore, seed
from tequio.opinions.actions.voting import enter, forget, leave, vote

__all__ = [
    "accept",
    "change_conversation",
    "close_conversation",
    "count_votes",
    "each_minute",
    "enter",
    "extend_conversation",
    "forget",
    "hide",
    "leave",
    "prepare_conversation",
    "propose",
    "publish_conversation",
    "refuse",
    "restore",
    "seed",
    "vote",
]
