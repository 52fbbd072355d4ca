"""What observations put on the pages of commitments, activities, evidence and the committee."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.commitments.models import Activity, Commitment, Evidence
from tequio.common.moment import remembered
from tequio.observations import queries
from tequio.observations.models import Observation
from tequio.plans.models import Plan

Filled = tuple[str, dict[str, Any]]
SHOWN = 3


def _about(obj: Any, kind: str, key: Any, commitment: Commitment) -> Filled | None:
    if not obj.rev:  # the preview of a draft: nobody can observe it yet
        return None
    today = timezone.localdate()
    rows, clock = _seen(obj, today)
    slug = commitment.jurisdiction.slug
    return "observations/parts/section.html", {
        "anchor": "observaciones",
        "heading": _("Lo que observa la gente"),
        "rows": rows,
        "clock": clock,
        "today": today,
        "url": reverse("observations:say", args=[slug, kind, key]),
        "all_url": reverse("observations:observations", args=[slug]) + f"?compromiso={commitment.code}",
    }


@remembered
def _seen(obj: Any, today: dt.date) -> tuple[list[Observation], queries.Clock]:
    """The newest observations of an object, and how all of them were answered."""
    rows = queries.about(obj)
    clock = queries.clock_of(rows, today)
    return list(rows[:SHOWN]) if clock.total else [], clock


def of_commitment(request: HttpRequest, commitment: Commitment) -> Filled | None:
    return _about(commitment, "compromiso", commitment.code, commitment)


def of_activity(request: HttpRequest, activity: Activity) -> Filled | None:
    return _about(activity, "actividad", activity.number, activity.commitment)


def of_evidence(request: HttpRequest, piece: Evidence) -> Filled | None:
    return _about(piece, "evidencia", f"{piece.commitment.code}.{piece.number}", piece.commitment)


def of_committee(request: HttpRequest, plan: Plan) -> Filled:
    """How the committee of a plan answers what people observe."""
    rows = queries.public(plan.jurisdiction).filter(commitment__plan=plan)
    return "observations/parts/committee.html", {
        "clock": queries.clock_of(rows, timezone.localdate()),
        "all_url": reverse("observations:observations", args=[plan.jurisdiction.slug]),
    }
