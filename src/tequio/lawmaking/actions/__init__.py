"""What the congress's people and everybody else do with bills."""

from tequio.lawmaking.actions.answering import answer, set_apart
from tequio.lawmaking.actions.bills import add_step, change_bill, draft_bill, missing, publish_bill
from tequio.lawmaking.actions.hearings import add_hearing, cancel_hearing, change_hearing
from tequio.lawmaking.actions.origins import suggest
from tequio.lawmaking.actions.saying import endorse, remark, reply
from tequio.lawmaking.actions.video import set_film, set_link, set_poster, set_words, take_out

__all__ = [
    "add_hearing",
    "add_step",
    "answer",
    "cancel_hearing",
    "change_bill",
    "change_hearing",
    "draft_bill",
    "endorse",
    "missing",
    "publish_bill",
    "remark",
    "reply",
    "set_apart",
    "set_film",
    "set_link",
    "set_poster",
    "set_words",
    "suggest",
    "take_out",
]
