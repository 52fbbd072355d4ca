"""What co-creation puts on the pages of commitments and plans: where a promise comes from."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from tequio.cocreation import queries
from tequio.commitments.models import Commitment
from tequio.plans.models import Plan

Filled = tuple[str, dict[str, Any]]


def of_commitment(request: HttpRequest, commitment: Commitment) -> Filled | None:
    """The thread back: problems, contributions, the minutes that prove them, the decision that adopted it."""
    if not commitment.rev:  # the preview of a draft
        return None
    found = queries.thread_of(commitment)
    if found is None:
        return None
    return "cocreation/parts/thread.html", {"anchor": "origen", "commitment": commitment, **found}


def of_plan(request: HttpRequest, plan: Plan) -> Filled | None:
    """The calls of a plan and how they are answered."""
    calls = list(queries.calls(plan.jurisdiction).filter(plan=plan))
    if not calls:
        return None
    rows = queries.contributions(plan.jurisdiction).filter(call__in=calls)
    return "cocreation/parts/of_plan.html", {
        "calls": calls,
        "clock": queries.clock_of(rows, timezone.localdate()),
        "all_url": reverse("cocreation:contributions", args=[plan.jurisdiction.slug]),
    }
