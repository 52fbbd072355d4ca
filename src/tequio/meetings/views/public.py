"""Bodies, sessions, minutes and agreements, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tequio.common import sections
from tequio.common.access import here, may
from tequio.common.paging import page_of
from tequio.meetings import calendar, queries
from tequio.meetings.models import Agreement, Session

ICAL = "text/calendar; charset=utf-8"
AGREEMENT_STATES = (
    ("", _("Todos")),
    ("abiertos", _("Por cumplir")),
    ("vencidos", _("Vencidos")),
    ("cumplidos", _("Cumplidos")),
)


def sessions(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What is coming, what was held, and how the minutes stand."""
    today = timezone.localdate()
    rows = queries.public_sessions(here(request))
    bodies = list(queries.bodies(here(request)))
    wanted = request.GET.get("organo", "")
    if wanted:
        rows = rows.filter(body__slug=wanted)
    states = (Session.State.CALLED, Session.State.OPEN)
    context = {
        "section": "sessions",
        "coming": list(rows.filter(state__in=states).order_by("starts_at", "number")[:20]),
        "rows": page_of(request, rows.exclude(state__in=states)),
        "clock": queries.minutes_clock(here(request), today),
        "bodies": bodies,
        "wanted": wanted,
        "today": today,
    }
    return render(request, "meetings/sessions.html", context)


def session(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A session: its invitation, agenda and documents; then who came, the minutes and the agreements."""
    found = get_object_or_404(queries.public_sessions(here(request)), number=number)
    minutes = queries.minutes_of(found)
    approved = minutes is not None and minutes.is_approved
    entries = list(queries.entries_of(minutes)) if minutes is not None and approved else []
    agreements = list(
        found.agreements.filter(agreed_on__isnull=False).select_related("seat", "organisation", "jurisdiction")
    )
    items = list(queries.agenda_of(found))
    rows = [
        {
            "item": item,
            "entries": [row for row in entries if row.item_id == item.pk],
            "agreements": [row for row in agreements if row.item_id == item.pk],
        }
        for item in items
    ]
    today = timezone.localdate()
    context = {
        "section": "sessions",
        "session": found,
        "rows": rows,
        "now": queries.running(items) if found.state == Session.State.OPEN else None,
        "documents": list(queries.documents_of(found)),
        "presences": queries.presences(found),
        "guests": queries.guests_of(found),
        "minutes": minutes,
        "corrections": list(minutes.corrections.order_by("number")) if minutes is not None and approved else [],
        "agreements": agreements,
        "late": minutes.days_late(today) if minutes is not None else 0,
        "today": today,
        "runs": may(request, "meetings.run", found),
        "places": sections.filled("session", request, found),
    }
    return render(request, "meetings/session.html", context)


def screen(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The room's screen, in letters that the last row reads: what is being dealt with, what comes next, what is being
    decided, who is there. It keeps itself up to date until the session is over, or somebody stops it (``?quieta=1``)."""
    found = get_object_or_404(queries.public_sessions(here(request)), number=number)
    items = list(queries.agenda_of(found))
    now = queries.running(items)
    left = [item for item in items if item.begun_at is None]
    context = {
        "section": "sessions",
        "session": found,
        "items": [(n, item, item == now) for n, item in enumerate(items, 1)],
        "now": now,
        "place": items.index(now) + 1 if now else 0,
        "next": left[0] if left else None,
        "sides": queries.sides_of(found),
        "live": found.state in (Session.State.CALLED, Session.State.OPEN) and request.GET.get("quieta") != "1",
        "places": sections.filled("screen", request, found),
    }
    return render(request, "meetings/screen.html", context)


def feed(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """All sessions as iCalendar."""
    response = HttpResponse(calendar.of(queries.public_sessions(here(request)), jurisdiction), content_type=ICAL)
    response["Content-Disposition"] = f'inline; filename="{jurisdiction}-sesiones.ics"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def event(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """One session as iCalendar."""
    found = get_object_or_404(queries.public_sessions(here(request)), number=number)
    response = HttpResponse(calendar.of([found], jurisdiction), content_type=ICAL)
    response["Content-Disposition"] = f'attachment; filename="{jurisdiction}-sesion-{number}.ics"'
    return response


def bodies(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """All bodies."""
    rows = page_of(request, queries.bodies(here(request)))
    return render(request, "meetings/bodies.html", {"section": "sessions", "rows": rows})


def body(request: HttpRequest, jurisdiction: str, slug: str) -> HttpResponse:
    """A body: why it exists, its seats by sector with head and liaison side by side, and what it did."""
    found = get_object_or_404(queries.bodies(here(request)), slug=slug)
    today = timezone.localdate()
    context = {
        "section": "sessions",
        "body": found,
        "groups": queries.seats_by_sector(found, today),
        "ended": queries.ended_seats(found, today),
        "sessions": list(queries.public_sessions(here(request)).filter(body=found)[:5]),
        "proposals": list(queries.proposals(found)[:10]),
        "clock": queries.minutes_clock(here(request), today, found),
        "today": today,
        "proposes": may(request, "meetings.propose", found),
        "places": sections.filled("body", request, found),
    }
    return render(request, "meetings/body.html", context)


def proposals(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every item that a seat ever proposed, by sector, with the answer."""
    rows = page_of(request, queries.answered_proposals(here(request)))
    return render(request, "meetings/proposals.html", {"section": "sessions", "rows": rows})


def agreements(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every agreement, open ones first."""
    today = timezone.localdate()
    rows, wanted = queries.public_agreements(here(request)), request.GET.get("estado", "")
    if wanted == "abiertos":
        rows = rows.filter(state=Agreement.State.OPEN)
    elif wanted == "vencidos":
        rows = rows.filter(state=Agreement.State.OPEN, due__lt=today)
    elif wanted == "cumplidos":
        rows = rows.filter(state=Agreement.State.DONE)
    context = {
        "section": "sessions",
        "rows": page_of(request, rows),
        "states": AGREEMENT_STATES,
        "wanted": wanted,
        "today": today,
    }
    return render(request, "meetings/agreements.html", context)


def agreement(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """An agreement: whose it is, for when, and what became of it."""
    found = get_object_or_404(queries.public_agreements(here(request)), number=number)
    context = {
        "section": "sessions",
        "agreement": found,
        "again": list(
            found.agenda_items.exclude(session=None)
            .exclude(session__state=Session.State.DRAFT)
            .select_related("session__jurisdiction")
        ),
        "today": timezone.localdate(),
        "follows_up": may(request, "meetings.follow_up", found),
        "places": sections.filled("agreement", request, found),
    }
    return render(request, "meetings/agreement.html", context)
