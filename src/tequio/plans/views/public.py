"""Plans, for everybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tequio.common import sections
from tequio.plans import queries
from tequio.plans.deadlines import obligations, split
from tequio.plans.facts import readable
from tequio.plans.models import Plan


def plans(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """All published plans, newest first."""
    today = timezone.localdate()
    rows = [(row, queries.left_of(row, today)) for row in queries.public_plans(request.jurisdiction)]  # type: ignore[attr-defined]
    return render(request, "plans/plans.html", {"section": "plans", "plans": rows, "today": today})


def about(request: HttpRequest, found: Plan) -> dict[str, Any]:
    """Everything on a plan's page; also for the preview of a draft."""
    today = timezone.localdate()
    coming, past, undated = split(obligations(found, today), today)
    return {
        "section": "plans",
        "plan": found,
        "today": today,
        "left_until": queries.left_of(found, today),
        "phases": queries.phases_of(found, today),
        "institutions": list(found.institution_links.all()),
        "documents": queries.shelves(found.documents.all()),
        "facts": [(words, readable(value)) for words, value in queries.told_facts(found)],
        "coming": coming,
        "past": past,
        "undated": undated,
        "slots": sections.filled("plan", request, found),
    }


def plan(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A plan: dates and phases, vision, institutions, commitments, obligations, documents, and what the sources tell."""
    rows = queries.for_page(queries.public_plans(request.jurisdiction))  # type: ignore[attr-defined]
    return render(request, "plans/plan.html", about(request, get_object_or_404(rows, number=number)))
