"""One's own page after signing in."""

from collections import defaultdict

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tequio.people.queries import roles_held


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The roles that the person holds, by jurisdiction, with the way to work in each."""
    groups = defaultdict(list)
    for role in roles_held(request.user):  # type: ignore[arg-type]
        groups[role.jurisdiction].append(role)
    return render(request, "people/mine.html", {"groups": dict(groups)})
