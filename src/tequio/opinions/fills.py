"""What conversations put on the page of the thing that they hang on; apps above register it for their own pages."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from tequio.opinions import queries


def of_object(request: HttpRequest, obj: Any) -> tuple[str, dict[str, Any]] | None:
    """The published conversations about a public object; None where there are none."""
    today = timezone.localdate()
    rows = [(row, row.is_open_on(today)) for row in queries.about(obj.subject_key())[:5]]
    return ("opinions/parts/section.html", {"rows": rows}) if rows else None
