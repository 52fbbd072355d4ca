"""What oversight puts on the pages of commitments, and on the board of a past plan."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from tequio.commitments.models import Commitment
from tequio.oversight import queries
from tequio.plans.models import Plan

Filled = tuple[str, dict[str, Any]]


def of_commitment(request: HttpRequest, commitment: Commitment) -> Filled | None:
    """The checks of a commitment whose plan has ended."""
    today, end = timezone.localdate(), commitment.plan.end.last
    if not commitment.rev or end is None or end >= today:
        return None
    row = queries.rows_for([commitment], commitment.plan, today)[0]
    return "oversight/parts/commitment.html", {"row": row, "today": today, "plan": commitment.plan}


def of_board(request: HttpRequest, plan: Plan) -> Filled | None:
    """A past plan's checks in one sentence."""
    today, end = timezone.localdate(), plan.end.last
    if end is None or end >= today:
        return None
    summary = queries.Summary(plan, tuple(queries.rows_of(plan, today)))
    return "oversight/parts/board.html", {"summary": summary}
