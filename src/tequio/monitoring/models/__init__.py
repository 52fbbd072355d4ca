"""What institutions say, what citizens verified: reports, decisions, the committee, and where each activity stands."""

from tequio.monitoring.models.committee import Committee, ConflictDeclaration
from tequio.monitoring.models.decision import Decision
from tequio.monitoring.models.report import Report, ReportDraft
from tequio.monitoring.models.track import STATE_LIGHT, Said, State, Track

__all__ = [
    "STATE_LIGHT",
    "Committee",
    "ConflictDeclaration",
    "Decision",
    "Report",
    "ReportDraft",
    "Said",
    "State",
    "Track",
]
