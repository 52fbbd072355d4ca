"""What institutions and the committee do. Each verb is one transaction and stands in the public record."""

from tequio.monitoring.actions.clocks import set_clocks
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
from tequio.monitoring.actions.motions import (
    cast_vote,
    close_motion,
    open_motion,
    record_session,
    why_open,
    withdraw_motion,
)
from tequio.monitoring.actions.progress import report_progress
from tequio.monitoring.actions.report_drafts import (
    add_draft_file,
    discard_report_draft,
    purge_report_drafts,
    restore_report_draft,
    save_report_draft,
)
from tequio.monitoring.actions.reporting import send_report

__all__ = [
    "ABSTAIN",
    "AGAINST",
    "FOR",
    "add_draft_file",
    "annul_decision",
    "begin_review",
    "cast_vote",
    "close_motion",
    "decide",
    "declare_conflict",
    "discard_report_draft",
    "move_late_looks",
    "move_look",
    "open_motion",
    "pass_look",
    "purge_report_drafts",
    "record_look",
    "record_session",
    "release_looks",
    "reopen",
    "reply",
    "reply_to_looks",
    "report_progress",
    "restore_report_draft",
    "save_report_draft",
    "send_report",
    "set_clocks",
    "set_committee",
    "share_again",
    "why_open",
    "withdraw_motion",
]
