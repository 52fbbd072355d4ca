"""The dates of bills as iCalendar: until when people may speak, and which sessions look at them."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from tequio.common.i18n import best
from tequio.lawmaking.models import Bill, BillStep, Hearing

ICAL = "text/calendar; charset=utf-8"


def answer(
    name: str, file: str, bills: Iterable[Bill], steps: Iterable[BillStep], hearings: Iterable[Hearing]
) -> HttpResponse:
    """A calendar called ``name``: first and last day to speak about ``bills``, their ``steps`` and ``hearings``. Its bytes
    depend on these alone."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tequio//tequio//ES")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", "PT6H")
    for bill in bills:
        title = best(bill.plain_title)[0] or bill.title
        for part, day, words in (
            ("abre", bill.opens, _("Ya se puede opinar: %(title)s")),
            ("cierra", bill.closes, _("Último día para opinar: %(title)s")),
        ):
            if day is not None:
                calendar.add_component(_day(bill, part, day, words % {"title": title}, ""))
    for step in steps:
        title = best(step.bill.plain_title)[0] or step.bill.title
        words = f"{step.get_stage_display()}: {title}"
        calendar.add_component(_day(step.bill, f"paso-{step.number}", step.on, words, best(step.words)[0]))
    for hearing in hearings:
        calendar.add_component(_session(hearing))
    response = HttpResponse(calendar.to_ical(), content_type=ICAL)
    response["Content-Disposition"] = f'inline; filename="{file}.ics"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _event(bill: Bill, part: str, path: str) -> Event:
    """``part`` stays the same for ever, so that a calendar that comes again moves the event."""
    event = Event()
    host = settings.BASE_URL.split("://", 1)[-1]
    event.add("uid", f"{bill.jurisdiction.slug}-iniciativa-{bill.code}-{part}@{host}")
    event.add("url", settings.BASE_URL + path)
    return event


def _page(bill: Bill) -> str:
    return reverse("lawmaking:bill", args=[bill.jurisdiction.slug, bill.code])


def _day(bill: Bill, part: str, day: dt.date, summary: str, description: str) -> Event:
    """A whole day."""
    event = _event(bill, part, _page(bill))
    # A calendar wants a stamp; the start of the day keeps the file the same from one minute to the next.
    event.add("dtstamp", dt.datetime.combine(day, dt.time(), dt.UTC))
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", summary)
    event.add("description", ". ".join(filter(None, (description, settings.BASE_URL + _page(bill)))))
    return event


def _session(hearing: Hearing) -> Event:
    """A session at its hours; ``sequence`` grows with each act on it and on the session that it is."""
    bill = hearing.bill
    event = _event(bill, f"sesion-{hearing.number}", hearing.page)
    event.add("dtstamp", hearing.begins.astimezone(dt.UTC))
    event.add("dtstart", hearing.begins.astimezone(dt.UTC))
    event.add("dtend", hearing.ends.astimezone(dt.UTC))
    event.add("sequence", hearing.rev + (hearing.session.rev if hearing.session is not None else 0))
    event.add("summary", f"{hearing.who}: {best(bill.plain_title)[0] or bill.title}")
    about = (best(hearing.words)[0], hearing.reason, hearing.watch, settings.BASE_URL + _page(bill))
    event.add("description", ". ".join(filter(None, about)))
    if hearing.where or hearing.watch:
        event.add("location", hearing.where or hearing.watch)
    event.add("status", "CANCELLED" if hearing.is_off else "CONFIRMED")
    return event
