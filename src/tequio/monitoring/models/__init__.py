"""What institutions say, what citizens verified: reports, decisions, the committee, and where each activity stands."""

from tequio.monitoring.models.clocks import Clocks, clocks_of
from tequio.monitoring.models.committee import Committee, ConflictDeclaration
from tequio.monitoring.models.decision import Decision, Vote
from tequio.monitoring.models.look import RESULT_LIGHT, Look, Result, Shows
from tequio.monitoring.models.motion import Ballot, Motion
from tequio.monitoring.models.report import DraftFile, Report, ReportDraft, UnarchivedLink
from tequio.monitoring.models.track import STATE_LIGHT, Said, State, Track

__all__ = [
    "RESULT_LIGHT",
    "STATE_LIGHT",
    "Ballot",
    "Clocks",
    "Committee",
    "ConflictDeclaration",
    "Decision",
    "DraftFile",
    "Look",
    "Motion",
    "Report",
    "ReportDraft",
    "Result",
    "Said",
    "Shows",
    "State",
    "Track",
    "UnarchivedLink",
    "Vote",
    "clocks_of",
]
