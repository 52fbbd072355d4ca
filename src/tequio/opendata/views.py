"""The page of open data and the dictionary of each table."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tequio.opendata.tables import BY_NAME, TABLES
from tequio.plans.models import Plan


def index(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """All tables with their downloads, the plans as documents, the API, feed and calendar."""
    plans = Plan.objects.filter(jurisdiction=request.jurisdiction, status=Plan.Status.PUBLISHED)  # type: ignore[attr-defined]
    return render(request, "opendata/index.html", {"tables": TABLES, "plans": plans.order_by("-number")})


def dictionary(request: HttpRequest, jurisdiction: str, name: str) -> HttpResponse:
    """What each column of a table means."""
    if name not in BY_NAME:
        raise Http404
    return render(request, "opendata/dictionary.html", {"table": BY_NAME[name]})
