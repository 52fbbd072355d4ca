"""The facts of a commitment, a file per noun."""

from tequio.commitments.models.activity import Activity, Pause
from tequio.commitments.models.commitment import Commitment, Support
from tequio.commitments.models.draft import Draft
from tequio.commitments.models.evidence import Evidence
from tequio.commitments.models.indicator import Indicator, IndicatorValue
from tequio.commitments.models.manual import Manual
from tequio.commitments.models.money import Money
from tequio.commitments.models.roadmap import RoadmapVersion

__all__ = [
    "Activity",
    "Commitment",
    "Draft",
    "Evidence",
    "Indicator",
    "IndicatorValue",
    "Manual",
    "Money",
    "Pause",
    "RoadmapVersion",
    "Support",
]
