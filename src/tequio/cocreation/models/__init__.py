"""Problems, calls, tables, contributions, answers, drafts and scores."""

from tequio.cocreation.models.call import Call, Phase
from tequio.cocreation.models.contribution import Comment, Contribution, Translation
from tequio.cocreation.models.draft import FIELDS, Credit, DraftVersion, JointDraft, Score
from tequio.cocreation.models.problem import Attachment, Backing, Problem, Support
from tequio.cocreation.models.response import Batch, Response
from tequio.cocreation.models.said import Said
from tequio.cocreation.models.table import FeedbackRequest, Member, Table

__all__ = [
    "FIELDS",
    "Attachment",
    "Backing",
    "Batch",
    "Call",
    "Comment",
    "Contribution",
    "Credit",
    "DraftVersion",
    "FeedbackRequest",
    "JointDraft",
    "Member",
    "Phase",
    "Problem",
    "Response",
    "Said",
    "Score",
    "Support",
    "Table",
    "Translation",
]
