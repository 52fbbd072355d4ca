"""What the call puts on the committee's page."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from tequio.plans.models import Plan
from tequio.sortition import queries


def committee_call(request: HttpRequest, plan: Plan) -> tuple[str, dict[str, Any]] | None:
    """The plan's newest call: open now, or the one by which this committee was drawn."""
    call = queries.of_plan(plan).defer("file").first()
    if call is None:
        return None
    return "sortition/parts/committee.html", {"call": call, "is_open": call.is_open_on(timezone.localdate())}
