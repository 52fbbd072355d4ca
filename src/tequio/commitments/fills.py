"""What commitments put on the pages of plans and institutions."""

from typing import Any

from django.http import HttpRequest

from tequio.commitments import queries, sections
from tequio.people.models import Organisation
from tequio.plans.models import Plan
from tequio.vocabularies import terms


def plan_commitments(request: HttpRequest, plan: Plan) -> tuple[str, dict[str, Any]]:
    """The plan's commitments, each with its two lights."""
    rows = queries.of_plan(plan)
    lights = sections.lights_of(row for row, _named in rows)
    return "commitments/parts/plan_commitments.html", {
        "rows": [
            {
                "commitment": row,
                "branch": terms.label("branch", row.branch) if row.branch else "",
                "standing": lights.get(row.pk),
                "named": named,
                "unnamed": max((row.activity_count or 0) - named, 0),
            }
            for row, named in rows
        ]
    }


def organisation_commitments(request: HttpRequest, organisation: Organisation) -> tuple[str, dict[str, Any]] | None:
    """What an institution leads and what it supports, on its own page."""
    rows = (
        queries.public_commitments(organisation.jurisdiction).select_related("plan").order_by("-plan__number", "number")
    )
    led = list(rows.filter(lead=organisation))
    supported = list(rows.filter(supports__organisation=organisation))
    if not led and not supported:
        return None
    return "commitments/parts/of_organisation.html", {"led": led, "supported": supported}
