"""The attendance of a session: the roll, people by hand, the sheet to print, the code for phones."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.common.paging import page_of
from tequio.meetings import actions, document, forms, queries, tokens
from tequio.meetings.models import Attendance, Session
from tequio.meetings.views.doing import attempt, done, session_for, tried
from tequio.people.acting import actor_for

LINES = 40  # empty lines of a printed sheet


def _page(request: HttpRequest, found: Session, roll: forms.RollForm, guest: forms.GuestForm) -> HttpResponse:
    context = {
        "session": found,
        "roll": roll,
        "guest": guest,
        "waiting": list(
            found.attendees.filter(confirmed=False).select_related(
                "seat__body", "holder__role__person", "holder__person"
            )
        ),
        "guests": page_of(request, found.attendees.filter(seat=None).order_by("-pk")),
    }
    wrong = any(form.is_bound and form.errors for form in (roll, guest))
    return render(request, "meetings/work/attendance.html", context, status=422 if wrong else 200)


@never_cache
def attendance(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Everything about who came, on one page."""
    found = session_for(request, number)
    by, wants = actor_for(request), request.POST.get("hacer", "")
    holders = list(queries.holders_on(found.body, found.day))
    known = {
        row.holder_id: row.mode for row in found.attendees.filter(confirmed=True).exclude(holder=None) if row.holder_id
    }
    roll = forms.RollForm(request.POST if wants == "lista" else None, holders=holders, known=known)
    guest = forms.GuestForm(request.POST if wants == "persona" else None)
    if wants == "lista" and roll.is_valid():
        if tried(roll, lambda: actions.call_roll(session=found, present=roll.present, by=by)):
            return done(request, _("Lista guardada."), "attendance", number)
    elif wants == "persona" and guest.is_valid():
        how = Attendance.How.SHEET if guest.cleaned_data["code"] else Attendance.How.HAND

        def add() -> None:
            actions.register(session=found, how=how, **guest.cleaned_data)
            actions.count_attendance(session=found, by=by)

        if tried(guest, add):
            return done(request, _("Persona agregada."), "attendance", number)
    return _page(request, found, roll, guest)


@never_cache
@require_POST
def confirm(request: HttpRequest, jurisdiction: str, number: int, pk: int) -> HttpResponse:
    """The secretariat has seen whoever said that they sit in a seat."""
    found, by = session_for(request, number), actor_for(request)
    row = get_object_or_404(found.attendees.select_related("session__jurisdiction", "session__body"), pk=pk)

    def confirm_it() -> None:
        actions.confirm_attendance(attendance=row)
        actions.count_attendance(session=found, by=by)

    return attempt(request, confirm_it, _("Confirmada."), "attendance", number)


@never_cache
@require_POST
def strike(request: HttpRequest, jurisdiction: str, number: int, pk: int) -> HttpResponse:
    """Takes out a wrong row."""
    found, by = session_for(request, number), actor_for(request)
    row = get_object_or_404(found.attendees.select_related("session__jurisdiction", "session__body"), pk=pk)

    def strike_it() -> None:
        actions.strike(attendance=row)
        actions.count_attendance(session=found, by=by)

    return attempt(request, strike_it, _("Quitada de la lista."), "attendance", number)


@never_cache
def sheet(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The sheet to print: the seats with a box each, and empty lines with their codes."""
    found = session_for(request, number)
    context = {
        "session": found,
        "holders": list(queries.holders_on(found.body, found.day)),
        "lines": [f"P{n:02}" for n in range(1, LINES + 1)],
    }
    return render(request, "meetings/work/sheet.html", context)


@never_cache
def code(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The QR code for the room, large."""
    found = session_for(request, number)
    if not found.is_called:
        context = {"session": found, "fault": _("Primero convoca la sesión.")}
        return render(request, "meetings/work/code.html", context, status=422)
    path = reverse("meetings:attend", args=[jurisdiction, number, tokens.for_session(found)])
    address = request.build_absolute_uri(path)
    picture = mark_safe(document.qr_svg(address))
    return render(request, "meetings/work/code.html", {"session": found, "address": address, "picture": picture})
