"""Institutions and the secretariat's directory, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from tequio.common import sections
from tequio.people import queries
from tequio.people.models import Organisation


def organisations(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """All institutions by sector."""
    groups = queries.by_sector(request.jurisdiction)  # type: ignore[attr-defined]
    return render(request, "people/organisations.html", {"section": "people", "groups": groups})


def organisation(request: HttpRequest, jurisdiction: str, slug: str) -> HttpResponse:
    """An institution: what it is, its posts and who holds them, and what it takes part in. A merged one leads on."""
    rows = Organisation.objects.filter(jurisdiction=request.jurisdiction).select_related("replaced_by", "jurisdiction")  # type: ignore[attr-defined]
    found = get_object_or_404(rows, slug=slug)
    if found.replaced_by and not found.dissolved:
        return redirect("people:organisation", jurisdiction=jurisdiction, slug=found.replaced_by.slug)
    roles = queries.public_roles(found, timezone.localdate())
    context = {
        "section": "people",
        "organisation": found,
        "offices": queries.offices_without_a_role(found, roles),
        "roles": roles,
        "predecessors": list(found.replaces.filter(dissolved=True)),
        "places": sections.filled("organisation", request, found),
    }
    return render(request, "people/organisation.html", context)


def directory(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Who makes up the local technical secretariat."""
    place = request.jurisdiction  # type: ignore[attr-defined]
    seats = queries.directory(place, timezone.localdate())
    context = {"section": "people", "seats": seats, "places": sections.filled("directory", request, place)}
    return render(request, "people/directory.html", context)
