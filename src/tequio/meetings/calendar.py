"""Sessions as iCalendar: bytes that depend on the sessions alone."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from tequio.common.i18n import best
from tequio.meetings.models import Session

STATUS = {Session.State.CANCELLED: "CANCELLED", Session.State.CALLED: "CONFIRMED"}


def of(sessions: Iterable[Session], name: str) -> bytes:
    """A calendar of sessions that the public sees; ``name`` is the jurisdiction's slug."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tequio//tequio//ES")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Sesiones de gobierno abierto"))
    calendar.add("x-published-ttl", "PT6H")
    for session in sessions:
        calendar.add_component(_event(session, name))
    return bytes(calendar.to_ical())


def _event(session: Session, slug: str) -> Event:
    """The ``uid`` stays for ever and ``sequence`` grows with each act, so that a calendar that comes again moves it."""
    path = reverse("meetings:session", args=[slug, session.number])
    event = Event()
    event.add("uid", f"{slug}-sesion-{session.number}@{settings.BASE_URL.split('://', 1)[-1]}")
    # A calendar wants a stamp; the session's start keeps the file the same from one minute to the next.
    event.add("dtstamp", session.starts_at)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("sequence", session.rev)
    event.add("summary", best(session.title)[0])
    event.add("description", f"{session.body}. {settings.BASE_URL}{path}")
    if session.place or session.link:
        event.add("location", session.place or session.link)
    event.add("url", settings.BASE_URL + path)
    event.add("status", STATUS.get(Session.State(session.state), "CONFIRMED"))
    return event
