"""The board and the committee's page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tequio.monitoring import lights, queries
from tequio.monitoring.models import Committee, Decision
from tequio.monitoring.timeline import timeline
from tequio.plans.models import Plan
from tequio.record.models import Act
from tequio.vocabularies import terms

FILTERS = ("poder", "institucion", "luz", "diferencia", "vence", "q", "orden")
VIEWS = ("tarjetas", "linea", "tabla")


def chosen_plan(request: HttpRequest, plans: list[Plan]) -> Plan | None:
    """The plan that the address names, else the newest. An unknown number is a page that does not exist."""
    wanted = request.GET.get("plan")
    if not wanted:
        return plans[0] if plans else None
    found = next((plan for plan in plans if str(plan.number) == wanted), None)
    if found is None:
        raise Http404
    return found


def board(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The monitoring board of a plan, with its filters in the address."""
    plans = queries.published_plans(request.jurisdiction)  # type: ignore[attr-defined]
    plan = chosen_plan(request, plans)
    if plan is None:
        return render(request, "monitoring/no_plan.html", {"section": "board"})
    today = timezone.localdate()
    filters = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    found = queries.board(plan, today, filters)
    view = request.GET.get("vista", VIEWS[0])
    context: dict[str, Any] = {
        "section": "board",
        "board": found,
        "plan": plan,
        "plans": plans,
        "filters": filters,
        "today": today,
        "view": view if view in VIEWS else VIEWS[0],
        "counters": [(colour, lights.CITIZENS_MANY[colour], found.counts[colour]) for colour in lights.LIGHTS],
        "legend": lights.legend_for(plan.legend),
        "branches": [(key, terms.label("branch", key)) for key in found.branches()],
        "kept": [(name, filters[name]) for name in ("poder", "luz", "diferencia", "vence") if name in filters],
        "acts": Act.objects.filter(jurisdiction=jurisdiction).count(),
        "timeline": timeline(found.shown, today) if view == "linea" else None,
    }
    return render(request, "monitoring/board.html", context)


def committee(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Who verifies, by which rules, and what they decided."""
    plans = queries.published_plans(request.jurisdiction)  # type: ignore[attr-defined]
    plan = chosen_plan(request, plans)
    if plan is None:
        return render(request, "monitoring/no_plan.html", {"section": "board"})
    found = Committee.objects.filter(plan=plan).prefetch_related("members__person", "members__organisation").first()
    decisions = (
        Decision.objects.filter(activity__commitment__plan=plan)
        .select_related("activity__commitment", "activity__jurisdiction")
        .order_by("-on", "-pk")[:50]
    )
    context = {"section": "board", "plan": plan, "plans": plans, "committee": found, "decisions": decisions}
    return render(request, "monitoring/committee.html", context)
