"""What everybody may read: the labs, and each with its route, who came, how people were told and what it brought."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tequio.common.access import here
from tequio.common.paging import page_of
from tequio.labs import attendance, queries, route_map
from tequio.labs.models import Lab, Stop


def fetch(request: HttpRequest, number: int) -> Lab:
    """A published lab of the place; 404 where there is none."""
    return get_object_or_404(queries.public(here(request)), number=number)


def labs(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every lab, the newest first."""
    context = {"page": page_of(request, queries.public(here(request)), 10), "today": timezone.localdate()}
    return render(request, "labs/list.html", context)


def lab(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A lab, promised beside achieved."""
    found = fetch(request, number)
    stops = list(queries.stops_of(found))
    context = {
        "lab": found,
        "today": timezone.localdate(),
        "stops": stops,
        "map": route_map.draw(stops),
        "reach": queries.reach_of(found),
        "dimensions": _dimensions(stops),
        "outreach": queries.outreach_of(found),
        "brought": page_of(request, queries.brought(found)),
    }
    return render(request, "labs/lab.html", context)


Row = tuple[Stop, list[tuple[str, int | None]]]


def _dimensions(stops: list[Stop]) -> list[tuple[attendance.Dimension, list[Row]]]:
    """A table for each way to share people out that some stop counted: the stops, each with the words and the count of each
    group, None where it was not counted."""
    found = []
    for dimension in attendance.DIMENSIONS:
        keys = {key for key, _words in dimension.groups}
        rows: list[Row] = [
            (stop, [(str(words), stop.groups.get(key)) for key, words in dimension.groups])
            for stop in stops
            if keys & set(stop.groups)
        ]
        if rows:
            found.append((dimension, rows))
    return found
