"""What institutions and the committee do. Each verb is one transaction and stands in the public record."""

from tequio.monitoring.actions.committee import declare_conflict, set_committee
from tequio.monitoring.actions.decisions import ABSTAIN, AGAINST, FOR, annul_decision, decide, reopen, reply
from tequio.monitoring.actions.looks import (
    begin_review,
    move_late_looks,
    move_look,
    pass_look,
    record_look,
    release_looks,
    reply_to_looks,
    share_again,
)
from tequio.monitoring.actions.motions import cast_vote, close_motion, open_motion, record_session, withdraw_motion
from tequio.monitoring.actions.progress import report_progress

__all__ = [
    "ABSTAIN",
    "AGAINST",
    "FOR",
    "annul_decision",
    "begin_review",
    "cast_vote",
    "close_motion",
    "decide",
    "declare_conflict",
    "move_late_looks",
    "move_look",
    "open_motion",
    "pass_look",
    "record_look",
    "record_session",
    "release_looks",
    "reopen",
    "reply",
    "reply_to_looks",
    "report_progress",
    "set_committee",
    "share_again",
    "withdraw_motion",
]
