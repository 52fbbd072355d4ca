"""What labs put on the pages of co-creation and of their call."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from tequio.cocreation.models import Call
from tequio.labs.models import Lab
from tequio.places.models import Jurisdiction

Filled = tuple[str, dict[str, Any]]
SHOWN = 3


def of_place(request: HttpRequest, place: Jurisdiction) -> Filled | None:
    """The newest labs of a jurisdiction; None where there are none."""
    return _section(Lab.public_rows().filter(jurisdiction=place), place)


def of_call(request: HttpRequest, call: Call) -> Filled | None:
    """The published labs whose sheets come to a call; None where there are none."""
    return _section(Lab.public_rows().filter(call=call), call.jurisdiction)


def _section(rows: "QuerySet[Lab]", place: Jurisdiction) -> Filled | None:
    found = list(rows.prefetch_related(None).order_by("-number")[:SHOWN])
    context = {"rows": found, "all_url": reverse("labs:labs", args=[place.slug])}
    return ("labs/parts/section.html", context) if found else None
