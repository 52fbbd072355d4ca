"""What people fill in about bills."""

from tequio.lawmaking.forms.bills import BillForm, FateForm, StepForm
from tequio.lawmaking.forms.credits import CreditForm
from tequio.lawmaking.forms.hearings import CancelForm, HearingForm
from tequio.lawmaking.forms.said import EndorseForm, RemarkForm, ReplyForm, WordingForm

__all__ = [
    "BillForm",
    "CancelForm",
    "CreditForm",
    "EndorseForm",
    "FateForm",
    "HearingForm",
    "RemarkForm",
    "ReplyForm",
    "StepForm",
    "WordingForm",
]
