"""One's own page after signing in, and what only whoever runs the installation does: opening territories."""

from collections import defaultdict
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from tequio.common.access import require
from tequio.people import desk
from tequio.people.actions import grant_role, invite
from tequio.people.forms.jurisdiction import JurisdictionForm
from tequio.people.letters import send_invitation
from tequio.people.queries import roles_held
from tequio.places.actions import create_jurisdiction
from tequio.record.append import Actor

OPERATOR = Actor(role="operator")


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The roles that the person holds, by jurisdiction, and what can be done in each."""
    groups: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for role in roles_held(request.user):  # type: ignore[arg-type]
        links = desk.links_for(request.user, role.jurisdiction, role)
        groups[role.jurisdiction].append({"role": role, "links": links})
    return render(request, "people/mine.html", {"groups": dict(groups)})


def one_way_in(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Registering and asking for a code is signing in; passwords are not used. Keeps where the person was going."""
    query = request.GET.urlencode()
    return redirect(reverse("account_login") + (f"?{query}" if query else ""))


@never_cache
def open_jurisdiction(request: HttpRequest) -> HttpResponse:
    """Opens a jurisdiction and gives it its first secretariat; from then on that secretariat grants the roles."""
    require(request, "places.create_jurisdiction")
    form = JurisdictionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            role = _open(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            send_invitation(role)
            return redirect("portal:home", jurisdiction=role.jurisdiction.slug)
    return render(request, "people/open_jurisdiction.html", {"form": form}, status=422 if form.errors else 200)


def _open(data: dict[str, Any]) -> Any:
    with transaction.atomic():
        names = data["name"]
        place = create_jurisdiction(
            slug=data["slug"],
            name=names.get("es", ""),
            name_en=names.get("en", ""),
            kind=data["kind"],
            code=data["code"],
            is_practice=data["is_practice"],
            by=OPERATOR,
        )
        person = invite(jurisdiction=place, name=data["person"], email=data["email"])
        return grant_role(
            jurisdiction=place, kind="secretariat", person=person, since=timezone.localdate(), by=OPERATOR
        )
