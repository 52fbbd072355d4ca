"""The minutes: written on one page, reviewed by those present, approved, frozen."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.common import rows as row_buttons
from tequio.common import sections
from tequio.common.access import account_of, here, require
from tequio.common.autosave import is_autosave, refused, saved
from tequio.meetings import actions, forms, queries
from tequio.meetings.models import AgendaItem, Correction, Minutes, Session
from tequio.meetings.views.doing import answer, attempt, done, session_for, tried
from tequio.people.acting import actor_for


def _minutes(session: Session) -> Minutes:
    """The session's minutes, with the session at hand."""
    found = queries.minutes_of(session)
    if found is None:
        raise Http404
    found.session = session
    return found


@never_cache
def write(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The one page: for each item of the agenda, what was said and what was agreed. It saves itself."""
    found = session_for(request, number)
    minutes = _minutes(found)
    items = list(queries.agenda_of(found))
    data: Any = request.POST or None
    moved = row_buttons.asked(data)
    if data and not is_autosave(request) and moved:
        data = row_buttons.rearranged(request.POST)
    form = forms.MinutesForm(data, minutes=minutes, items=items)
    fault = ""
    if request.method == "POST" and not (moved and not is_autosave(request)):
        sent = str(request.POST.get("revision", ""))
        try:
            actions.save_draft(minutes=minutes, draft=form.draft(), revision=int(sent) if sent.isdigit() else -1)
        except ValidationError as error:
            if is_autosave(request):
                return refused(error)
            fault = " ".join(error.messages)
        else:
            if is_autosave(request):
                return saved(minutes.revision)
            if "seguir" in request.POST:
                return _to_review(request, found, minutes)
            if "tratar" in request.POST:
                return _begin(request, found, items)
            return done(request, _("Acta guardada."), "minutes", number)
    context = {
        "session": found,
        "minutes": minutes,
        "form": form,
        "fault": fault,
        "editable": minutes.state == Minutes.State.DRAFT,
        "now": queries.running(items) if found.state == Session.State.OPEN else None,
        "places": sections.filled("minutes", request, minutes),
    }
    return render(request, "meetings/work/minutes.html", context, status=422 if fault else 200)


def _begin(request: HttpRequest, session: Session, items: list[AgendaItem]) -> HttpResponse:
    """The session turns to the item whose button was pressed; what was written is saved."""
    item = next((one for one in items if str(one.number) == request.POST["tratar"]), None)
    if item is None:
        raise Http404
    by, words = actor_for(request), _("Ya se ve en la pantalla de la sala: «%(item)s».") % {"item": item.title}
    return attempt(request, lambda: actions.begin_item(item=item, by=by), words, "minutes", session.number)


def _to_review(request: HttpRequest, session: Session, minutes: Minutes) -> HttpResponse:
    words = _("El acta salió a revisión de quienes asistieron.")
    try:
        actions.open_review(minutes=minutes, by=actor_for(request))
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return done(request, _("Lo escrito se guardó."), "minutes", session.number)
    return done(request, words, "review", session.number)


@never_cache
def review(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The minutes in review: for whoever runs the session, the corrections to answer; for whoever was present for a seat,
    the form to ask for one."""
    require(request, "meetings.work", here(request))
    found = get_object_or_404(queries.public_sessions(here(request)), number=number)
    minutes = _minutes(found)
    runs = account_of(request).has_perm("meetings.run", found)
    corrects = account_of(request).has_perm("meetings.correct", minutes)
    if not runs:
        require(request, "meetings.correct", minutes)
    entries = list(queries.entries_of(minutes))
    form = forms.CorrectionForm(request.POST or None, entries=entries)
    if request.method == "POST" and corrects and form.is_valid():
        row = found.attendees.filter(holder__role=request.role, confirmed=True).first()  # type: ignore[attr-defined]
        entry = next((one for one in entries if str(one.number) == form.cleaned_data["entry"]), None)
        text = form.cleaned_data["text"]
        if row is not None and tried(
            form, lambda: actions.ask_correction(minutes=minutes, attendance=row, text=text, entry=entry)
        ):
            return done(request, _("Corrección pedida. Te responden antes de aprobar el acta."), "review", number)
    today = timezone.localdate()
    context = {
        "session": found,
        "minutes": minutes,
        "entries": entries,
        "agreements": list(found.agreements.select_related("seat", "organisation").order_by("order")),
        "corrections": list(minutes.corrections.select_related("entry").order_by("number")),
        "runs": runs,
        "corrects": corrects and minutes.review_until is not None and today <= minutes.review_until,
        "approves": runs
        and minutes.state == Minutes.State.REVIEW
        and minutes.review_until is not None
        and today > minutes.review_until,
        "approval": forms.ApprovalForm(),
        "today": today,
    }
    return answer(request, "meetings/work/review.html", form, **context)


@never_cache
def answer_correction(request: HttpRequest, jurisdiction: str, number: int, correction: int) -> HttpResponse:
    """One correction, and the answer."""
    found = session_for(request, number)
    rows = Correction.objects.select_related("entry", "minutes__session__jurisdiction", "seat__body")
    row = get_object_or_404(rows.filter(minutes__session=found), number=correction)
    form = forms.AnswerForm(request.POST or None, initial={"text": row.entry.text if row.entry else ""})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        accept = data["accept"] == "yes"
        if tried(
            form,
            lambda: actions.answer_correction(correction=row, accept=accept, reason=data["reason"], text=data["text"]),
        ):
            return done(request, _("Respondida."), "review", number)
    return answer(request, "meetings/work/correction.html", form, session=found, correction=row)


@never_cache
@require_POST
def approve(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Approves and freezes, once whoever does it says that they know."""
    found, by = session_for(request, number), actor_for(request)
    minutes = _minutes(found)
    if not forms.ApprovalForm(request.POST).is_valid():
        messages.error(request, _("Marca que sabes que el acta ya no cambiará."))
        return done(request, _("El acta sigue en revisión."), "review", number)
    words = _("Acta aprobada. Ya es pública, con su archivo y su huella en el registro.")
    return attempt(request, lambda: actions.approve(minutes=minutes, by=by), words, "review", number)


@never_cache
def withdraw(request: HttpRequest, jurisdiction: str, number: int, entry: int) -> HttpResponse:
    """Takes the words of a person out of approved minutes, where they have the right to it."""
    found = session_for(request, number)
    minutes = _minutes(found)
    row = get_object_or_404(queries.entries_of(minutes), number=entry)
    form = forms.WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, basis = actor_for(request), form.cleaned_data["basis"]
        if tried(form, lambda: actions.withdraw_words(entry=row, basis=basis, by=by)):
            return done(request, _("Retiradas. El acta se rehízo sin ellas."), "review", number)
    return answer(request, "meetings/work/withdraw.html", form, session=found, entry=row)
