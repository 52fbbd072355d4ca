"""What conversations put on the pages of apps above: the newest of a place, and those about one thing."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from tequio.opinions import queries
from tequio.places.models import Jurisdiction

Filled = tuple[str, dict[str, Any]]
SHOWN = 3


def of_place(request: HttpRequest, place: Jurisdiction) -> Filled | None:
    """The newest conversations of a jurisdiction; None where there are none."""
    return _section(list(queries.public(place)[:SHOWN]), place)


def of_object(request: HttpRequest, obj: Any) -> Filled | None:
    """The published conversations about a public object; None where there are none."""
    rows = list(queries.about(obj.subject_key())[:SHOWN])
    return _section(rows, rows[0].jurisdiction) if rows else None


def _section(rows: list[Any], place: Jurisdiction) -> Filled | None:
    if not rows:
        return None
    today = timezone.localdate()
    context = {"rows": [(row, row.is_open_on(today)) for row in rows]}
    return "opinions/parts/section.html", {**context, "all_url": reverse("opinions:conversations", args=[place.slug])}
