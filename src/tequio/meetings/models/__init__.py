"""Bodies and their seats, sessions, agenda, attendance, minutes, corrections and agreements."""

from tequio.meetings.models.agenda import AgendaItem, SessionDocument
from tequio.meetings.models.agreement import Agreement
from tequio.meetings.models.attendance import Attendance
from tequio.meetings.models.body import Body, Capacity, Seat, SeatHolder
from tequio.meetings.models.delegation import Delegation
from tequio.meetings.models.invitation import Invitation
from tequio.meetings.models.minutes import Correction, Minutes, MinutesEntry
from tequio.meetings.models.session import Session

__all__ = [
    "AgendaItem",
    "Agreement",
    "Attendance",
    "Body",
    "Capacity",
    "Correction",
    "Delegation",
    "Invitation",
    "Minutes",
    "MinutesEntry",
    "Seat",
    "SeatHolder",
    "Session",
    "SessionDocument",
]
