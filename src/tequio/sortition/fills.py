"""What the call puts on the committee's page."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from tequio.plans.models import Plan
from tequio.sortition import queries
from tequio.sortition.models import Call


def committee_call(request: HttpRequest, plan: Plan) -> tuple[str, dict[str, Any]] | None:
    """The call that is open, and the newest one that was drawn."""
    calls, today = list(queries.of_plan(plan).defer("file")), timezone.localdate()
    if not calls:
        return None
    is_open = next((call for call in calls if call.is_open_on(today)), None)
    drawn = next((call for call in calls if call.status == Call.Status.DRAWN), None)
    return "sortition/parts/committee.html", {"open": is_open, "drawn": drawn}
