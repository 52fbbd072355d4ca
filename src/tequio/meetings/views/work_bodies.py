"""The secretariat's work on bodies: found, change, seats, who occupies them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.common.access import here, require
from tequio.common.paging import page_of
from tequio.documents.actions import keep
from tequio.meetings import actions, forms, queries
from tequio.meetings.models import Body, Capacity, Seat, SeatHolder, Session
from tequio.meetings.views.doing import answer, attempt, body_for, done, tried
from tequio.people.acting import actor_for
from tequio.people.actions import invite


@never_cache
def work_bodies(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """All bodies, and a new one."""
    require(request, "meetings.manage", here(request))
    return render(request, "meetings/work/bodies.html", {"rows": page_of(request, queries.bodies(here(request)))})


def _files(request: HttpRequest, data: dict[str, Any]) -> dict[str, Any]:
    """The files that came with a body's form, kept."""
    names = ("founding_act", "rules_document")
    return {name: keep(upload=data[name], who=f"account:{request.user.pk}") for name in names if data[name]}


@never_cache
def found(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """A new body."""
    require(request, "meetings.manage", here(request))
    form = forms.BodyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made: list[Body] = []
        by = actor_for(request)

        def make() -> None:
            fields = {**form.fields_of_body, **_files(request, form.cleaned_data)}
            made.append(actions.found_body(jurisdiction=here(request), by=by, **fields))

        if tried(form, make):
            return done(request, _("Órgano creado. Ahora sus lugares."), "change_body", made[0].slug)
    return answer(request, "meetings/work/body_form.html", form, title=_("Nuevo órgano"))


@never_cache
def change(request: HttpRequest, jurisdiction: str, slug: str) -> HttpResponse:
    """A body, its seats, and its terms."""
    body = body_for(request, slug)
    form = forms.BodyForm(request.POST or None, request.FILES or None, body=body)
    if request.method == "POST" and form.is_valid():
        by = actor_for(request)

        def make() -> None:
            fields = {**form.fields_of_body, **_files(request, form.cleaned_data)}
            actions.change_body(body=body, by=by, seen=form.cleaned_data["rev"], **fields)

        if tried(form, make):
            return done(request, _("Cambios guardados."), "change_body", slug)
    groups = queries.seats_by_sector(body, timezone.localdate())
    return answer(request, "meetings/work/body.html", form, body=body, groups=groups)


@never_cache
def add_seat(request: HttpRequest, jurisdiction: str, slug: str) -> HttpResponse:
    """A new seat."""
    body = body_for(request, slug)
    form = forms.SeatForm(request.POST or None, body=body)
    if request.method == "POST" and form.is_valid():
        by = actor_for(request)
        if tried(form, lambda: actions.add_seat(body=body, by=by, **form.cleaned_data)):
            return done(request, _("Lugar abierto."), "change_body", slug)
    return answer(
        request, "meetings/work/form.html", form, body=body, title=_("Nuevo lugar"), button=_("Abrir el lugar")
    )


def _seat(request: HttpRequest, slug: str, number: int, permission: str = "meetings.manage") -> Seat:
    body = body_for(request, slug, permission)
    rows = body.seats.select_related("body__jurisdiction", "organisation__jurisdiction", "office")
    return get_object_or_404(rows, number=number)


@never_cache
def seat(request: HttpRequest, jurisdiction: str, slug: str, number: int) -> HttpResponse:
    """Who occupies a seat: relieve, add a liaison, leave it vacant, close it."""
    row = _seat(request, slug, number)
    wants, by = request.POST.get("hacer", ""), actor_for(request)
    form = forms.HolderForm(request.POST if wants == "ocupar" else None, initial={"since": timezone.localdate()})
    closing = forms.CloseSeatForm(request.POST if wants == "cerrar" else None)
    today = timezone.localdate()
    holders = list(row.holders.select_related("seat__body__jurisdiction", "role__person", "person").order_by("-number"))
    held = [one for one in holders if not one.is_vacant and (one.until is None or one.until > today)]
    leaving = forms.LeaveForm(
        request.POST if wants == "dejar" else None, prefix="deja", holders=held, initial={"until": today}
    )
    if wants == "ocupar" and form.is_valid():
        data = form.cleaned_data

        def make() -> None:
            person = (
                invite(jurisdiction=here(request), name=data["name"], email=data["email"]) if data["name"] else None
            )
            actions.seat_holder(
                seat=row,
                capacity=data["capacity"],
                person=person,
                named=data["named"],
                since=data["since"],
                note=data["note"],
                by=by,
            )

        if tried(form, make):
            return done(request, _("Guardado: es público desde hoy."), "work_seat", slug, number)
    elif wants == "dejar" and leaving.is_valid():
        data = leaving.cleaned_data
        one = next(one for one in held if str(one.number) == data["holder"])
        if tried(leaving, lambda: actions.leave_seat(holder=one, until=data["until"], note=data["note"], by=by)):
            return done(request, _("Guardado: es público desde hoy."), "work_seat", slug, number)
    elif (
        wants == "cerrar"
        and closing.is_valid()
        and tried(closing, lambda: actions.close_seat(seat=row, by=by, **closing.cleaned_data))
    ):
        return done(request, _("Lugar cerrado. Su historia se queda."), "change_body", slug)
    status = 422 if form.errors or closing.errors or leaving.errors else 200
    context = {"body": row.body, "seat": row, "holders": holders, "form": form, "closing": closing}
    context |= {"leaving": leaving, "held": held}
    return render(request, "meetings/work/seat.html", context, status=status)


@never_cache
def delegate(request: HttpRequest, jurisdiction: str, slug: str, number: int) -> HttpResponse:
    """Who may vote for the head: the head itself says so, or the secretariat with its letter."""
    row = _seat(request, slug, number, "meetings.work")
    today = timezone.localdate()
    held = [
        one
        for one in row.holders.select_related("seat__body__jurisdiction", "role__person", "person")
        if one.holds_on(today)
    ]
    giver = next((one for one in held if one.capacity == Capacity.HEAD), None)
    takers = [one for one in held if one.capacity != Capacity.HEAD]
    require(request, "meetings.delegate", giver if giver is not None else SeatHolder(seat=row))
    states = (Session.State.CALLED, Session.State.OPEN)
    sessions = list(row.body.sessions.filter(state__in=states).select_related("jurisdiction").order_by("starts_at"))
    standing = list(queries.delegations_of(row, today))
    taken_back = request.POST.get("retirar", "")
    if request.method == "POST" and taken_back:
        one = next((one for one in standing if str(one.pk) == taken_back), None)
        if one is None:
            raise Http404
        by, words = actor_for(request), _("Delegación retirada: es público.")
        return attempt(
            request,
            lambda: actions.withdraw_delegation(delegation=one, on=today, by=by),
            words,
            "delegate",
            slug,
            number,
        )
    next_one = {"session": str(sessions[0].number)} if sessions else {}
    form = forms.DelegationForm(request.POST or None, takers=takers, sessions=sessions, initial=next_one)
    if request.method == "POST" and giver is not None and form.is_valid():
        data, by = form.cleaned_data, actor_for(request)
        taker = next(one for one in takers if str(one.pk) == data["taker"])
        session = next((one for one in sessions if str(one.number) == data["session"]), None)
        terms = {"since": data["since"], "until": data["until"], "basis": data["basis"]}
        if tried(form, lambda: actions.delegate(giver=giver, taker=taker, session=session, by=by, **terms)):
            return done(request, _("Delegación publicada."), "delegate", slug, number)
    context = {"body": row.body, "seat": row, "giver": giver, "takers": takers, "standing": standing}
    return answer(request, "meetings/work/delegate.html", form, **context)
