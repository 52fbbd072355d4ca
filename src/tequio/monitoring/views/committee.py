"""The committee's page."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tequio.common import sections
from tequio.common.i18n import best
from tequio.common.paging import page_of
from tequio.monitoring import queries
from tequio.monitoring.models import Committee, Decision
from tequio.monitoring.views.board import chosen_plan, years_of
from tequio.people.models import Role
from tequio.plans.models import Plan


def committee(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Who verifies, by which rules, and what they decided."""
    plans = queries.published_plans(request.jurisdiction)  # type: ignore[attr-defined]
    plan = chosen_plan(request, plans)
    if plan is None:
        return render(request, "monitoring/no_plan.html", {"section": "board"})
    members = Role.objects.select_related("person", "organisation").order_by("number")
    found = Committee.objects.filter(plan=plan).prefetch_related(Prefetch("members", members)).first()
    declared = {row.role_id: row for row in plan.conflict_declarations.order_by("signed_on", "number")}
    decisions = (
        Decision.objects.filter(activity__commitment__plan=plan)
        .select_related("activity__jurisdiction", "reply_by__office", "reply_by__organisation")
        .order_by("-on", "-pk")
    )
    context = {
        "section": "board",
        "plan": plan,
        "plans": plans,
        "years": [(other, years_of(other)) for other in plans],
        "committee": found,
        "members": [(role, declared.get(role.pk)) for role in found.members.all()] if found else [],
        "told": told_committee(plan),
        "decisions": page_of(request, decisions),
        "slots": sections.filled("committee", request, plan),
    }
    return render(request, "monitoring/committee.html", context)


def told_committee(plan: Plan) -> dict[str, Any]:
    """What the sources say of a committee whose members they do not name."""
    told = plan.monitoring or {}
    name = best({key: told.get(f"body_{key}") for key in ("es", "en")})[0]
    url = str(told.get("board_url") or "")
    return {
        "composition": told.get("composition") or {},
        "name": name,
        "url": url if url.startswith(("https://", "http://")) else "",
    }
