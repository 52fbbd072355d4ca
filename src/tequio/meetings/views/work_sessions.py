"""The secretariat's work on sessions: plan, agenda, documents, call, open, close, cancel."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.common import rows as row_buttons
from tequio.common import sections
from tequio.common.access import here, may, require
from tequio.common.paging import page_of
from tequio.documents.actions import keep
from tequio.meetings import actions, forms, queries
from tequio.meetings.actions.agenda import BEFORE_START, remove_item
from tequio.meetings.models import AgendaItem, Session
from tequio.meetings.views.doing import answer, attempt, body_for, done, session_for, tried
from tequio.people.acting import actor_for


@never_cache
def work(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Everything about sessions that the role can do: what is being prepared, what waits, what is owed."""
    require(request, "meetings.work", here(request))
    role, today = request.role, timezone.localdate()  # type: ignore[attr-defined]
    rows = queries.every_session(here(request))
    runs = may(request, "meetings.run", here(request))
    if not runs:
        rows = rows.exclude(state=Session.State.DRAFT)
    waiting = AgendaItem.objects.filter(jurisdiction=here(request), state=AgendaItem.State.PROPOSED)
    held = list(queries.holders_of_role(role, today))
    context = {
        "rows": page_of(request, rows),
        "bodies": list(queries.bodies(here(request))) if runs else [],
        "waiting": list(waiting.select_related("jurisdiction", "body", "seat__body").order_by("number")[:30])
        if runs
        else [],
        "held": held,
        "today": today,
        "runs": runs,
        "manages": may(request, "meetings.manage", here(request)),
    }
    return render(request, "meetings/work/list.html", context)


@never_cache
def plan(request: HttpRequest, jurisdiction: str, slug: str) -> HttpResponse:
    """A new session of a body, as a draft."""
    body = body_for(request, slug, "meetings.run")
    form = forms.SessionForm(request.POST or None, body=body)
    if request.method == "POST" and form.is_valid():
        made: list[Session] = []
        by = actor_for(request)
        if tried(form, lambda: made.append(actions.plan_session(body=body, by=by, **form.fields_of_session))):
            return done(request, _("Borrador guardado. Sigue el orden del día."), "edit_agenda", made[0].number)
    return answer(request, "meetings/work/session_form.html", form, body=body, title=_("Nueva sesión"))


@never_cache
def run(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """One session, step by step: what is done and what comes next."""
    found = session_for(request, number)
    minutes = queries.minutes_of(found)
    items = list(queries.agenda_of(found))
    context = {
        "session": found,
        "items": items,
        "now": queries.running(items) if found.state == Session.State.OPEN else None,
        "documents": list(queries.documents_of(found)),
        "minutes": minutes,
        "attendees": found.attendees.count(),
        "unconfirmed": found.attendees.filter(confirmed=False).count(),
        "today": timezone.localdate(),
        "places": sections.filled("session_work", request, found),
    }
    return render(request, "meetings/work/session.html", context)


@never_cache
def change(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """When, where and how it is."""
    found = session_for(request, number)
    form = forms.SessionForm(request.POST or None, body=found.body, session=found)
    if request.method == "POST" and form.is_valid():
        data, by = form.cleaned_data, actor_for(request)
        seen, why = data["rev"] if found.is_called else None, data.get("why", "")
        if tried(
            form, lambda: actions.change_session(session=found, by=by, why=why, seen=seen, **form.fields_of_session)
        ):
            return done(request, _("Cambios guardados."), "run", number)
    return answer(
        request, "meetings/work/session_form.html", form, body=found.body, session=found, title=_("Datos de la sesión")
    )


@never_cache
def edit_agenda(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The agenda as rows: write, move, take out."""
    found = session_for(request, number)
    items = list(queries.agenda_of(found))
    data = request.POST or None
    moved = row_buttons.asked(data)
    form = forms.AgendaForm(row_buttons.rearranged(request.POST) if moved else data, items=items)
    faults: list[str] = []
    if data and not moved and form.is_valid():
        try:
            _write_agenda(request, found, items, [row.cleaned_data for row in form.forms if row.has_changed()])
        except ValidationError as error:
            faults = error.messages
        else:
            return done(request, _("Orden del día guardado."), "run", number)
    context = {
        "session": found,
        "form": form,
        "faults": faults,
        "fixed": {item.number for item in items if item.proposed_on is not None},
        "waiting": list(queries.proposals(found.body)) if found.state in BEFORE_START else [],
    }
    wrong = bool(faults) or (bool(data) and not moved and not form.is_valid())
    return render(request, "meetings/work/agenda.html", context, status=422 if wrong else 200)


def _write_agenda(request: HttpRequest, session: Session, items: list[AgendaItem], rows: list[dict[str, Any]]) -> None:
    """Brings the stored agenda in line with the rows, each change by its own verb."""
    by = actor_for(request)
    known = {item.number: item for item in items}
    kept = {row["number"] for row in rows if row.get("number")}
    for gone in items:
        if gone.number not in kept:
            remove_item(item=gone, by=by)
    for order, row in enumerate(rows, 1):
        item: AgendaItem | None = known.get(row.get("number") or 0)
        title, text = row["title"], row.get("text", "")
        if item is None:
            item = actions.write_item(session=session, title=title, text=text, by=by)
        words: dict[str, Any] = {} if item.proposed_on is not None else {"title": title, "text": text}
        actions.change_item(item=item, order=order, by=by, **words)


@never_cache
def add_document(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A document for the session, or what came of it."""
    found = session_for(request, number)
    items = list(queries.agenda_of(found))
    form = forms.DocumentForm(request.POST or None, request.FILES or None, items=items)
    if request.method == "POST" and form.is_valid():
        data, by = form.cleaned_data, actor_for(request)
        item = next((one for one in items if str(one.number) == data["item"]), None)

        def add() -> None:
            blob = keep(upload=data["file"], who=f"account:{request.user.pk}") if data["file"] else None
            actions.add_document(
                session=found,
                title=data["title"],
                url=data["url"],
                blob=blob,
                item=item,
                is_result=data["is_result"],
                by=by,
            )

        if tried(form, add):
            return done(request, _("Documento agregado."), "run", number)
    return answer(request, "meetings/work/document.html", form, session=found)


@never_cache
def call(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """What goes out, to whom, and whether it is in time; then the button that calls."""
    found = session_for(request, number)
    today = timezone.localdate()
    if request.method == "POST":
        by = actor_for(request)
        words = _("Convocada. La invitación sale por correo a quienes ocupan un lugar.")
        return attempt(request, lambda: actions.call_session(session=found, by=by), words, "run", number)
    context = {
        "session": found,
        "items": list(queries.agenda_of(found)),
        "documents": list(queries.documents_of(found)),
        "people": len(queries.people_to_invite(found, today)),
        "late": today > found.invite_by,
        "today": today,
    }
    return render(request, "meetings/work/call.html", context)


@never_cache
@require_POST
def open_it(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The session begins."""
    found, by = session_for(request, number), actor_for(request)
    return attempt(request, lambda: actions.open_session(session=found, by=by), _("Empezó la sesión."), "run", number)


@never_cache
@require_POST
def begin(request: HttpRequest, jurisdiction: str, number: int, item: int) -> HttpResponse:
    """The session turns to an item of its agenda."""
    found, by = session_for(request, number), actor_for(request)
    row = get_object_or_404(queries.agenda_of(found), number=item)
    words = _("Ya se ve en la pantalla de la sala: «%(item)s».") % {"item": row.title}
    return attempt(request, lambda: actions.begin_item(item=row, by=by), words, "run", number)


@never_cache
@require_POST
def close(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The session ends."""
    found, by = session_for(request, number), actor_for(request)
    words = _("Terminó la sesión. Corre el plazo del acta.")
    return attempt(request, lambda: actions.close_session(session=found, by=by), words, "run", number)


@never_cache
def cancel(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Cancels, with a reason."""
    found = session_for(request, number)
    form = forms.CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = actor_for(request)
        if tried(form, lambda: actions.cancel_session(session=found, by=by, **form.cleaned_data)):
            return done(request, _("Cancelada. El motivo es público."), "run", number)
    return answer(request, "meetings/work/cancel.html", form, session=found)


@never_cache
def proposal(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """What a seat proposed: into which session it goes, or why not."""
    require(request, "meetings.run", here(request))
    rows = AgendaItem.objects.filter(jurisdiction=here(request), proposed_on__isnull=False)
    item = get_object_or_404(
        rows.select_related("jurisdiction", "body__jurisdiction", "seat__body", "organisation"), number=number
    )
    require(request, "meetings.run", item)
    if item.state != AgendaItem.State.PROPOSED:
        return redirect("meetings:proposals", jurisdiction)
    sessions = list(
        item.body.sessions.filter(state__in=BEFORE_START).select_related("jurisdiction").order_by("starts_at")
    )
    form = forms.AnswerProposalForm(request.POST or None, sessions=sessions)
    if request.method == "POST" and form.is_valid():
        data, by = form.cleaned_data, actor_for(request)
        chosen = next((one for one in sessions if str(one.number) == data["session"]), None)
        if chosen is not None and tried(form, lambda: actions.accept_item(item=item, session=chosen, by=by)):
            return done(request, _("Entra al orden del día."), "work")
        if chosen is None and tried(form, lambda: actions.decline_item(item=item, reason=data["reason"], by=by)):
            return done(request, _("Respondida. El motivo es público."), "work")
    return answer(request, "meetings/work/proposal.html", form, item=item)
