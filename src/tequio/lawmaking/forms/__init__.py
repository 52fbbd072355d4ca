"""What people fill in about bills."""

from tequio.lawmaking.forms.bills import BillForm, FateForm, StepForm
from tequio.lawmaking.forms.said import EndorseForm, RemarkForm, ReplyForm, WordingForm

__all__ = ["BillForm", "EndorseForm", "FateForm", "RemarkForm", "ReplyForm", "StepForm", "WordingForm"]
