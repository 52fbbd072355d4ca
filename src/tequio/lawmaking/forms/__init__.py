"""What people fill in about bills."""

from tequio.lawmaking.forms.bills import BillForm, FateForm, StepForm
from tequio.lawmaking.forms.said import EndorseForm, RemarkForm, ReplyForm, WordingForm
from tequio.lawmaking.forms.video import FilmForm, LinkForm, PosterForm, WordsForm

__all__ = [
    "BillForm",
    "EndorseForm",
    "FateForm",
    "FilmForm",
    "LinkForm",
    "PosterForm",
    "RemarkForm",
    "ReplyForm",
    "StepForm",
    "WordingForm",
    "WordsForm",
]
