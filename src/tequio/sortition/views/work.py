"""The secretariat's work on a call: one page with everything in order, and a button for each step."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.common.access import require
from tequio.common.paging import page_of
from tequio.monitoring.models import Committee
from tequio.people.acting import actor_for
from tequio.people.letters import send_invitation
from tequio.sortition import actions, forms, letters, queries
from tequio.sortition.models import Call, Seat, Volunteer

PERMISSION = "sortition.manage_calls"


def _may(request: HttpRequest) -> Any:
    """The jurisdiction, if the person may work on its calls."""
    place = request.jurisdiction  # type: ignore[attr-defined]
    require(request, PERMISSION, place)
    return place


def _fetch(request: HttpRequest, number: int) -> Call:
    return get_object_or_404(queries.calls_of(_may(request)), number=number)


def _back(call: Call) -> HttpResponse:
    return redirect("sortition:work_call", jurisdiction=call.jurisdiction.slug, number=call.number)


@never_cache
def calls(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every call, drafts included."""
    page = page_of(request, queries.calls_of(_may(request)))
    return render(request, "sortition/work/calls.html", {"page": page})


@never_cache
def prepare(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """A new draft."""
    form = forms.CallForm(request.POST or None, jurisdiction=_may(request))
    if request.method == "POST" and form.is_valid():
        try:
            call = actions.prepare_call(**form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Borrador guardado. Nadie lo ve hasta que lo publiques."))
            return _back(call)
    return _page(request, "sortition/work/edit.html", form)


@never_cache
def change(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Changes a draft."""
    call = _fetch(request, number)
    form = forms.CallForm(request.POST or None, jurisdiction=call.jurisdiction, call=call)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_call(call=call, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Cambios guardados."))
            return _back(call)
    return _page(request, "sortition/work/edit.html", form, call=call)


def _page(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=422 if form.is_bound and form.errors else 200)


@never_cache
def call(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Where the call stands, what comes next, and who has answered."""
    return _desk(request, _fetch(request, number))


def _desk(request: HttpRequest, call: Call, status: int = 200, **forms_given: Any) -> HttpResponse:
    today = timezone.localdate()
    over = call.status == Call.Status.PUBLISHED and today > call.closes
    people = Volunteer.objects.filter(call=call).order_by("confirmed", "number", "came", "pk")
    seats = queries.seats_of(call)
    context = {
        "call": call,
        "today": today,
        "untaken": any(seat.status == Seat.Status.ACCEPTED and seat.role is None for seat in seats),
        "waiting": any(seat.status == Seat.Status.ASKED for seat in seats),
        "is_open": call.is_open_on(today),
        "is_over": over,
        "strata": queries.strata_rows(call),
        "lowered": queries.was_lowered(call),
        "confirmed": people.filter(confirmed=True).count(),
        "short": queries.shortfalls(call, list(people.filter(confirmed=True))) if over else [],
        "people": page_of(request, people),
        "seats": [(seat, _answer_link(seat)) for seat in seats],
        "sealed": call.status == Call.Status.CLOSED and queries.closing_seal(call) is not None,
        "extend_form": forms.ExtendForm(initial={"closes": call.closes}),
        "draw_form": forms.DrawForm(call=call),
        **forms_given,
    }
    return render(request, "sortition/work/call.html", context, status=status)


def _answer_link(seat: Seat) -> str:
    """The private page of a person without e-mail, to answer for them on the phone."""
    asked = seat.status == Seat.Status.ASKED and seat.volunteer is not None and not seat.volunteer.email
    return letters.link("seat", seat) if asked else ""


def _step(action: Callable[..., Any], done: Any) -> Callable[..., HttpResponse]:
    """A view for a step that needs nothing but a button."""

    @never_cache
    @require_POST
    def view(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
        call = _fetch(request, number)
        try:
            action(call=call, by=actor_for(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, str(done()))
        return _back(call)

    return view


publish = _step(actions.publish_call, lambda: _("Convocatoria publicada. Ahora guarda la semilla del sorteo."))
commit = _step(actions.commit_seed, lambda: _("Semilla guardada en secreto; su huella ya es pública."))
close = _step(actions.close_call, lambda: _("Convocatoria cerrada. La lista sin nombres y su huella ya son públicas."))


@never_cache
@require_POST
def extend(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Gives more time."""
    call = _fetch(request, number)
    form = forms.ExtendForm(request.POST)
    if form.is_valid():
        try:
            actions.extend_call(call=call, by=actor_for(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Listo: hay más tiempo, y el motivo quedó publicado."))
            return _back(call)
    return _desk(request, call, 422, extend_form=form)


@never_cache
@require_POST
def draw(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Reveals the seed and draws; the members get their mails."""
    call = _fetch(request, number)
    form = forms.DrawForm(request.POST, call=call)
    if form.is_valid():
        try:
            seats = actions.draw_call(call=call, by=actor_for(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _ask(request, [seat for seat in seats if seat.status == Seat.Status.ASKED])
            return _back(call)
    return _desk(request, call, 422, draw_form=form)


def _ask(request: HttpRequest, seats: list[Seat]) -> None:
    """Sends the question to everybody who was just asked, and says who has to be phoned."""
    unsent = [str(seat.number) for seat in seats if not letters.send_question(seat)]
    if unsent:
        words = _("Llama a %(numbers)s: no tienen correo o no salió. Su enlace está en la lista.")
        messages.warning(request, words % {"numbers": ", ".join(unsent)})
    else:
        messages.success(request, _("Les enviamos la pregunta por correo."))


@never_cache
@require_POST
def confirm(request: HttpRequest, jurisdiction: str, number: int, person: int) -> HttpResponse:
    """Confirms somebody who left a phone alone, after a call."""
    call = _fetch(request, number)
    found = get_object_or_404(Volunteer.objects.select_related("call"), call=call, pk=person, email="")
    try:
        actions.confirm(person=found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Confirmada por teléfono."))
    return _back(call)


@never_cache
@require_POST
def remove(request: HttpRequest, jurisdiction: str, number: int, person: int) -> HttpResponse:
    """Takes out somebody who asked for it by phone or in person."""
    call = _fetch(request, number)
    actions.withdraw(person=get_object_or_404(Volunteer, call=call, pk=person))
    messages.success(request, _("Sus datos se borraron."))
    return _back(call)


@never_cache
@require_POST
def ask_again(request: HttpRequest, jurisdiction: str, number: int, seat: int) -> HttpResponse:
    """Sends the question to a drawn person once more: mails get lost."""
    call = _fetch(request, number)
    asked = Seat.public_rows().filter(call=call, status=Seat.Status.ASKED).select_related("volunteer")
    _ask(request, [get_object_or_404(asked, number=seat)])
    return _back(call)


@never_cache
def leave(request: HttpRequest, jurisdiction: str, number: int, seat: int) -> HttpResponse:
    """A member leaves; the next alternate is asked."""
    call = _fetch(request, number)
    found = get_object_or_404(Seat.public_rows().select_related("volunteer"), call=call, number=seat)
    form = forms.WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            following = actions.leave_seat(seat=found, by=actor_for(request), why=form.cleaned_data["why"])
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            if following is None:
                messages.warning(request, _("El lugar quedó vacante y no hay más suplentes: abre otra convocatoria."))
            else:
                _ask(request, [following])
            return _back(call)
    return _page(request, "sortition/work/leave.html", form, call=call, seat=found)


@never_cache
def take(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Sets the committee with those who accepted."""
    call = _fetch(request, number)
    seats = [seat for seat in queries.seats_of(call) if seat.status == Seat.Status.ACCEPTED]
    committee = Committee.objects.filter(plan=call.plan).first()
    today = timezone.localdate()
    own = {seat.role_id for seat in seats}
    rows = committee.members.select_related("person") if committee else []
    members = [role for role in rows if role.pk not in own and (role.until is None or role.until > today)]
    initial = {"quorum": min(3, max(1, len(seats))), "majority": 50, "looks": 2}
    if committee:
        initial = {name: getattr(committee, name) for name in ("quorum", "majority", "looks", "rules")}
    form = forms.TakeForm(request.POST or None, members=members, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("quorum", "majority", "looks", "rules")}
        try:
            made = actions.take_seats(call=call, by=actor_for(request), keep=form.kept(), **data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            for role in made:
                send_invitation(role)
            messages.success(request, _("El Comité quedó integrado. Falta que cada quien declare sus intereses."))
            return redirect("monitoring:committee", jurisdiction=jurisdiction)
    return _page(request, "sortition/work/take.html", form, call=call, seats=seats)
