"""Bills, their steps and sessions, what people say of them and what became of it."""

from tequio.lawmaking.models.bill import LIVE, Bill, BillStep, Stage
from tequio.lawmaking.models.hearing import Hearing
from tequio.lawmaking.models.remark import Endorsement, Fate, Remark

__all__ = ["LIVE", "Bill", "BillStep", "Endorsement", "Fate", "Hearing", "Remark", "Stage"]
