"""What people write about bodies, sessions, attendance, minutes and agreements."""

from tequio.meetings.forms.attendance import GuestForm, PresentForm, RollForm
from tequio.meetings.forms.bodies import BodyForm, CloseSeatForm, DelegationForm, HolderForm, LeaveForm, SeatForm
from tequio.meetings.forms.minutes import AnswerForm, ApprovalForm, CorrectionForm, FollowUpForm, MinutesForm, WordsForm
from tequio.meetings.forms.sessions import (
    AgendaForm,
    AnswerProposalForm,
    CancelForm,
    DocumentForm,
    ProposalForm,
    SessionForm,
)

__all__ = [
    "AgendaForm",
    "AnswerForm",
    "AnswerProposalForm",
    "ApprovalForm",
    "BodyForm",
    "CancelForm",
    "CloseSeatForm",
    "CorrectionForm",
    "DelegationForm",
    "DocumentForm",
    "FollowUpForm",
    "GuestForm",
    "HolderForm",
    "LeaveForm",
    "MinutesForm",
    "PresentForm",
    "ProposalForm",
    "RollForm",
    "SeatForm",
    "SessionForm",
    "WordsForm",
]
