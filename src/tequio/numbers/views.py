"""The programme's health in numbers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tequio.common.tables import csv_answer
from tequio.monitoring.queries import published_plans
from tequio.monitoring.views.board import chosen_plan, years_of
from tequio.numbers.figures import health
from tequio.numbers.panels import panels
from tequio.plans.models import Plan


def _plans(request: HttpRequest) -> tuple[list[Plan], Plan | None]:
    plans = published_plans(request.jurisdiction)  # type: ignore[attr-defined]
    return plans, chosen_plan(request, plans)


def page(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Each figure of a plan with its sentence, chart and table."""
    plans, plan = _plans(request)
    if plan is None:
        return render(request, "monitoring/no_plan.html", {"section": "board"})
    found = health(plan)
    context = {
        "section": "board",
        "plan": plan,
        "years": [(other, years_of(other)) for other in reversed(plans)],
        "health": found,
        "panels": panels(found),
    }
    return render(request, "numbers/numbers.html", context)


def as_csv(request: HttpRequest, jurisdiction: str, panel: str) -> HttpResponse:
    """The table of one figure."""
    plan = _plans(request)[1]
    if plan is None:
        raise Http404
    found = next((found for found in panels(health(plan)) if found.key == panel), None)
    if found is None:
        raise Http404
    return csv_answer(f"{panel}-plan-{plan.number}", found.heads, found.rows)
