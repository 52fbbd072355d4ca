"""Signed links: the session's, for its QR code, and each attendee's own."""

from django.core import signing

from tequio.meetings.models import Attendance, Session

ATTEND, PRESENT = "meetings.attend", "meetings.present"


def for_session(session: Session) -> str:
    """The token in the QR code of the room. Good while the session takes attendance."""
    return signing.Signer(salt=ATTEND).sign_object(session.pk)


def reads_session(token: str, session: Session) -> bool:
    """Whether the token is of this very session."""
    try:
        return bool(signing.Signer(salt=ATTEND).unsign_object(token) == session.pk)
    except signing.BadSignature:
        return False


def for_attendance(attendance: Attendance) -> str:
    """The link with which somebody who was present reads the minutes in review and asks for corrections."""
    return signing.Signer(salt=PRESENT).sign_object(attendance.pk)


def attendance_of(token: str) -> Attendance | None:
    """Whose link it is; None for a wrong one, or where the row was struck."""
    try:
        pk = signing.Signer(salt=PRESENT).unsign_object(token)
    except signing.BadSignature:
        return None
    rows = Attendance.objects.select_related(
        "session__jurisdiction", "session__body__jurisdiction", "seat__body", "holder"
    )
    return rows.filter(pk=pk).first()
