"""What institutions and the committee do. Each verb is one transaction and stands in the public record."""

from tequio.monitoring.actions.committee import declare_conflict, set_committee
from tequio.monitoring.actions.decisions import ABSTAIN, AGAINST, FOR, annul_decision, decide, reopen, reply
from tequio.monitoring.actions.progress import begin_review, report_progress

__all__ = [
    "ABSTAIN",
    "AGAINST",
    "FOR",
    "annul_decision",
    "begin_review",
    "decide",
    "declare_conflict",
    "reopen",
    "reply",
    "report_progress",
    "set_committee",
]
