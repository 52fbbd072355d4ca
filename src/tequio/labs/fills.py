"""What labs put on the page of their call."""

from typing import Any

from django.http import HttpRequest

from tequio.cocreation.models import Call
from tequio.labs.models import Lab


def of_call(request: HttpRequest, call: Call) -> tuple[str, dict[str, Any]] | None:
    """The published labs whose sheets come to a call; None where there are none."""
    rows = list(Lab.public_rows().filter(call=call).order_by("-number")[:5])
    return ("labs/parts/section.html", {"rows": rows}) if rows else None
