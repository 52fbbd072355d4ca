"""What is done with a call. Whatever the public may see is one act of the record."""

from tequio.sortition.actions.calls import (
    change_call,
    close_call,
    commit_seed,
    draw_call,
    extend_call,
    prepare_call,
    publish_call,
)
from tequio.sortition.actions.people import confirm, forget_contacts, volunteer, withdraw
from tequio.sortition.actions.seats import accept_seat, decline_seat, expire_seats, leave_seat, take_seats

__all__ = [
    "accept_seat",
    "change_call",
    "close_call",
    "commit_seed",
    "confirm",
    "decline_seat",
    "draw_call",
    "expire_seats",
    "extend_call",
    "forget_contacts",
    "leave_seat",
    "prepare_call",
    "publish_call",
    "take_seats",
    "volunteer",
    "withdraw",
]
