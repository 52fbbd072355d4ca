"""The secretariat's work on roles: who acts for which office, since when, and who comes next."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.common.access import require
from tequio.common.paging import page_of
from tequio.people import actions, forms, queries
from tequio.people.acting import actor_for
from tequio.people.letters import send_invitation
from tequio.people.models import Person, Role

PERMISSION = "people.manage"


def _fetch(request: HttpRequest, number: int) -> Role:
    """The role of this jurisdiction, if the person may work on it."""
    require(request, PERMISSION, request.jurisdiction)  # type: ignore[attr-defined]
    return get_object_or_404(queries.roles_of(request.jurisdiction), number=number)  # type: ignore[attr-defined]


def _answer(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """The page with its form: 422 when something in it has to be corrected."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def _holder(request: HttpRequest, data: dict[str, Any]) -> Person | None:
    """The person that a form names, invited; None for a vacancy."""
    name, email = data.pop("name"), data.pop("email")
    return actions.invite(jurisdiction=request.jurisdiction, name=name, email=email) if email else None  # type: ignore[attr-defined]


def _tell(request: HttpRequest, role: Role) -> None:
    """Sends the invitation and says how it went."""
    if role.person is None:
        messages.success(request, _("Quedó publicado que el lugar está vacante."))
    elif send_invitation(role):
        messages.success(request, _("Papel otorgado. Le enviamos la invitación por correo."))
    else:
        messages.warning(request, _("Papel otorgado, pero el correo no salió: avísale que ya puede entrar."))


@never_cache
def work_list(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Who holds which role today, and, on another tab, who held one before."""
    require(request, PERMISSION, request.jurisdiction)  # type: ignore[attr-defined]
    today = timezone.localdate()
    rows = queries.roles_of(request.jurisdiction)  # type: ignore[attr-defined]
    past = request.GET.get("ver") == "anteriores"
    rows = rows.filter(until__lt=today) if past else rows.exclude(until__lt=today).order_by("kind", "number")
    return render(request, "people/work/roles.html", {"page": page_of(request, rows), "past": past, "today": today})


@never_cache
def grant(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Grants a role to a person, who gets an invitation, or publishes a vacancy."""
    require(request, PERMISSION, request.jurisdiction)  # type: ignore[attr-defined]
    place, today = request.jurisdiction, timezone.localdate()  # type: ignore[attr-defined]
    form = forms.GrantForm(request.POST or None, jurisdiction=place, today=today)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            with transaction.atomic():
                person = _holder(request, data)
                role = actions.grant_role(jurisdiction=place, person=person, by=actor_for(request), **data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _tell(request, role)
            return redirect("people:work_roles", jurisdiction=jurisdiction)
    return _answer(request, "people/work/grant.html", form)


@never_cache
def end(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Writes down the last day of a role."""
    role = _fetch(request, number)
    form = forms.EndForm(request.POST or None, initial={"until": timezone.localdate(), "rev": role.rev})
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            actions.end_role(role=role, by=actor_for(request), seen=data.pop("rev"), **data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Quedó escrito el último día. Lo hecho en ese papel permanece."))
            return redirect("people:work_roles", jurisdiction=jurisdiction)
    return _answer(request, "people/work/end.html", form, held=role)


@never_cache
def replace(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Hands a role over to the next person, or leaves it vacant."""
    role = _fetch(request, number)
    form = forms.ReplaceForm(request.POST or None, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            with transaction.atomic():
                person = _holder(request, data)
                following = actions.replace_holder(role=role, person=person, by=actor_for(request), **data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _tell(request, following)
            return redirect("people:work_roles", jurisdiction=jurisdiction)
    return _answer(request, "people/work/replace.html", form, held=role)


@never_cache
def rename(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Writes the holder's name as it should be."""
    role = _fetch(request, number)
    if role.person is None:
        raise Http404
    form = forms.NameForm(request.POST or None, role=role)
    if request.method == "POST" and form.is_valid():
        actions.rename_person(person=role.person, name=form.cleaned_data["name"], by=actor_for(request))
        messages.success(request, _("Nombre corregido."))
        return redirect("people:work_roles", jurisdiction=jurisdiction)
    return _answer(request, "people/work/rename.html", form, held=role)
