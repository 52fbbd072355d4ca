"""Forms of the plan document: a section of fields each, built from the document's own tables."""

from tequio.commitments.forms.changes import ChangeForm, PlanChangeForm, StartCommitmentForm, StartPlanForm, UploadForm
from tequio.commitments.forms.sections import COMMITMENT_SECTIONS, ITEM_FIELDS, PLAN_SECTIONS, SectionForm

__all__ = [
    "COMMITMENT_SECTIONS",
    "ITEM_FIELDS",
    "PLAN_SECTIONS",
    "ChangeForm",
    "PlanChangeForm",
    "SectionForm",
    "StartCommitmentForm",
    "StartPlanForm",
    "UploadForm",
]
