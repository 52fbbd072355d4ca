"""Pages for one person, behind no account: volunteering, confirming, leaving, and answering for a place.

None of them is kept by the page cache; what their links carry is a signed key.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.monitoring.independence import lead_ids_of_plan
from tequio.people.models import Organisation
from tequio.record.append import Actor
from tequio.sortition import actions, forms, letters, limits, queries
from tequio.sortition.models import Call, Seat, Volunteer

PERSON = Actor(role="public")


@never_cache
def take_part(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The one screen of whoever wants to be in the committee."""
    call = get_object_or_404(queries.public_calls(request.jurisdiction), number=number)  # type: ignore[attr-defined]
    if not call.is_open_on(timezone.localdate()):
        return _said(request, call, "closed")
    form = forms.VolunteerForm(request.POST or None, call=call)
    if request.method != "POST":
        return render(request, "sortition/take_part.html", {"section": "board", "call": call, "form": form})
    if form.is_valid():
        data = form.cleaned_data
        if data["website"]:  # a program: it learns nothing, and nothing is kept
            return _said(request, call, "sent")
        if limits.too_many(request, data["email"] or data["phone"]):
            form.add_error(
                None, _("Desde aquí se envió muchas veces en poco tiempo. Espera una hora e inténtalo otra vez.")
            )
            return _form(request, call, form, 429)
        try:
            person, _is_new = actions.volunteer(
                call=call, answers=form.answers(), **{key: data[key] for key in ("name", "email", "phone", "why")}
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if not person.email:
                return _said(request, call, "phone")
            if letters.send_confirmation(person):
                return _said(request, call, "sent")
            form.add_error(None, _("El correo no salió. Guardamos tus datos: vuelve a enviar en unos minutos."))
            return _form(request, call, form, 503)
    return _form(request, call, form, 422)


def _form(request: HttpRequest, call: Call, form: Any, status: int) -> HttpResponse:
    return render(request, "sortition/take_part.html", {"section": "board", "call": call, "form": form}, status=status)


def _said(request: HttpRequest, call: Call, what: str, **more: Any) -> HttpResponse:
    """A short answer in words."""
    return render(request, "sortition/said.html", {"section": "board", "call": call, "what": what, **more})


def _person(request: HttpRequest, purpose: str, key: str) -> Volunteer:
    found = Volunteer.objects.select_related("call__jurisdiction", "call__plan__jurisdiction").filter(
        pk=letters.opened(purpose, key) or 0,
        call__jurisdiction=request.jurisdiction,  # type: ignore[attr-defined]
    )
    person = found.first()
    if person is None:
        raise Http404
    return person


@never_cache
def confirm(request: HttpRequest, jurisdiction: str, key: str) -> HttpResponse:
    """Confirms by a button, so that no program that opens links in mails does it."""
    person = _person(request, "confirm", key)
    leave = letters.key_for("withdraw", person)
    if person.confirmed:
        return _said(request, person.call, "confirmed", leave=leave)
    if request.method == "POST":
        try:
            actions.confirm(person=person)
        except ValidationError:
            return _said(request, person.call, "closed")
        return _said(request, person.call, "confirmed", leave=leave)
    return render(request, "sortition/confirm.html", {"section": "board", "call": person.call, "person": person})


@never_cache
def withdraw(request: HttpRequest, jurisdiction: str, key: str) -> HttpResponse:
    """Takes somebody's data away, after a question."""
    person = _person(request, "withdraw", key)
    call = person.call
    if request.method == "POST":
        return _said(request, call, "left" if actions.withdraw(person=person) else "left_late")
    context = {"section": "board", "call": call, "person": person, "late": person.number is not None}
    return render(request, "sortition/withdraw.html", context)


@never_cache
def seat(request: HttpRequest, jurisdiction: str, key: str) -> HttpResponse:
    """Accepting or declining a place, with what the person says about interests and about their name."""
    rows = Seat.public_rows().select_related("volunteer")
    found = rows.filter(pk=letters.opened("seat", key) or 0, call__jurisdiction=request.jurisdiction).first()  # type: ignore[attr-defined]
    if found is None or found.volunteer is None:
        raise Http404
    call, person, today = found.call, found.volunteer, timezone.localdate()
    if found.status == Seat.Status.ACCEPTED:
        return _said(request, call, "accepted", seat=found)
    if found.status != Seat.Status.ASKED or (found.answer_by and found.answer_by < today):
        return _said(request, call, "late")
    leads = Organisation.objects.filter(pk__in=lead_ids_of_plan(call.plan), replaced_by=None).order_by("name")
    form = forms.SeatForm(request.POST or None, leads=leads, has_email=bool(person.email))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if data["answer"] == "decline":
                following = actions.decline_seat(seat=found, by=PERSON)
                if following is not None:
                    letters.send_question(following)
                return _said(request, call, "declined")
            actions.accept_seat(
                seat=found,
                by=PERSON,
                named=bool(data["named"]),
                email=data.get("email") or "",
                organisations=data["organisations"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _said(request, call, "accepted", seat=found)
    status = 422 if form.errors else 200
    context = {"section": "board", "call": call, "seat": found, "person": person, "form": form}
    return render(request, "sortition/seat.html", context, status=status)
