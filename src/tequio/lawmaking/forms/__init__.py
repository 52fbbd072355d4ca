"""What people fill in about bills."""

from tequio.lawmaking.forms.bills import BillForm, FateForm, StepForm
from tequio.lawmaking.forms.credits import CreditForm
from tequio.lawmaking.forms.hearings import CancelForm, HearingForm
from tequio.lawmaking.forms.said import EndorseForm, RemarkForm, ReplyForm, WordingForm
from tequio.lawmaking.forms.video import FilmForm, LinkForm, PosterForm, WordsForm

__all__ = [
    "BillForm",
    "CancelForm",
    "CreditForm",
    "EndorseForm",
    "FateForm",
    "FilmForm",
    "HearingForm",
    "LinkForm",
    "PosterForm",
    "RemarkForm",
    "ReplyForm",
    "StepForm",
    "WordingForm",
    "WordsForm",
]
