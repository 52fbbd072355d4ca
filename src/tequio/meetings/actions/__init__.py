"""What people do with bodies, sessions, minutes and agreements."""

from tequio.meetings.actions.agenda import accept_item, begin_item, change_item, decline_item, propose_item, write_item
from tequio.meetings.actions.agreements import follow_up
from tequio.meetings.actions.attendance import call_roll, confirm_attendance, count_attendance, forget, register, strike
from tequio.meetings.actions.bodies import (
    add_seat,
    change_body,
    close_seat,
    delegate,
    end_holder,
    found_body,
    leave_seat,
    seat_holder,
    withdraw_delegation,
)
from tequio.meetings.actions.drafting import save_draft
from tequio.meetings.actions.minutes import answer_correction, approve, ask_correction, open_review, withdraw_words
from tequio.meetings.actions.sessions import (
    add_document,
    call_session,
    cancel_session,
    change_session,
    close_session,
    open_session,
    plan_session,
)

__all__ = [
    "accept_item",
    "add_document",
    "add_seat",
    "answer_correction",
    "approve",
    "ask_correction",
    "begin_item",
    "call_roll",
    "call_session",
    "cancel_session",
    "change_body",
    "change_item",
    "change_session",
    "close_seat",
    "close_session",
    "confirm_attendance",
    "count_attendance",
    "decline_item",
    "delegate",
    "end_holder",
    "follow_up",
    "forget",
    "found_body",
    "leave_seat",
    "open_review",
    "open_session",
    "plan_session",
    "propose_item",
    "register",
    "save_draft",
    "seat_holder",
    "strike",
    "withdraw_delegation",
    "withdraw_words",
    "write_item",
]
