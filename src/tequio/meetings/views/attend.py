"""Coming to a session with a phone: the page of the room's QR code, and one's own page afterwards. No account is needed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.common.access import here
from tequio.meetings import actions, queries, tokens
from tequio.meetings.forms import CorrectionForm, PresentForm
from tequio.meetings.models import Attendance, Minutes, Session
from tequio.people.acting import actor_for


@never_cache
def attend(request: HttpRequest, jurisdiction: str, number: int, token: str) -> HttpResponse:
    """The one screen on which somebody says that they are here."""
    found = get_object_or_404(queries.public_sessions(here(request)), number=number)
    if not tokens.reads_session(token, found):
        return render(request, "meetings/no_link.html", {"section": "sessions", "session": found}, status=404)
    takes = found.state == Session.State.OPEN or (
        found.state == Session.State.CALLED and found.day == timezone.localdate(timezone=found.zone)
    )
    holders = list(queries.holders_on(found.body, found.day))
    form = PresentForm(request.POST or None, session=found, holders=holders)
    if request.method == "POST" and takes and not request.POST.get("sitio") and form.is_valid():
        row = _register(request, found, form, {str(row.pk): row for row in holders})
        if row is not None:
            return redirect("meetings:present", jurisdiction=jurisdiction, token=tokens.for_attendance(row))
    context = {"section": "sessions", "session": found, "form": form, "takes": takes}
    return render(request, "meetings/attend.html", context, status=422 if form.errors else 200)


def _register(request: HttpRequest, session: Session, form: PresentForm, holders: dict[str, Any]) -> Attendance | None:
    data = dict(form.cleaned_data)
    holder = holders.get(data.pop("seat", ""))
    account = request.user if request.user.is_authenticated else None
    role = getattr(request, "role", None)
    # Whoever signed in as the very holder has shown who they are.
    shown = holder is not None and role is not None and holder.role_id == role.pk
    try:
        row = actions.register(
            session=session, how=Attendance.How.QR, holder=holder, account=account, confirmed=shown, **data
        )
        if shown:
            actions.count_attendance(session=session, by=actor_for(request))
        return row
    except ValidationError as error:
        form.add_error(None, error)
        return None


@never_cache
def present(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """One's own page: that one is counted; during the review, the minutes and a form to ask for corrections."""
    row = tokens.attendance_of(token)
    if row is None or row.session.jurisdiction_id != here(request).pk:
        return render(request, "meetings/no_link.html", {"section": "sessions"}, status=404)
    minutes = queries.minutes_of(row.session)
    reviewing = minutes is not None and minutes.state == Minutes.State.REVIEW and row.counts
    entries = list(queries.entries_of(minutes)) if minutes is not None and reviewing else []
    form = CorrectionForm(request.POST or None, entries=entries)
    if request.method == "POST" and minutes is not None and reviewing and form.is_valid():
        try:
            actions.ask_correction(
                minutes=minutes,
                attendance=row,
                text=form.cleaned_data["text"],
                entry=next((one for one in entries if str(one.number) == form.cleaned_data["entry"]), None),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("meetings:present", jurisdiction=jurisdiction, token=token)
    context = {
        "section": "sessions",
        "attendance": row,
        "session": row.session,
        "minutes": minutes,
        "reviewing": reviewing,
        "entries": entries,
        "agreements": list(row.session.agreements.select_related("seat", "organisation")) if reviewing else [],
        "asked": list(row.corrections.order_by("number")),
        "today": timezone.localdate(),
        "open": bool(reviewing and minutes and minutes.review_until and timezone.localdate() <= minutes.review_until),
        "form": form,
        "title": _("Ya estás en la lista"),
    }
    return render(request, "meetings/present.html", context, status=422 if form.errors else 200)
