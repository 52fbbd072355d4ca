"""Plans, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tequio.plans import queries
from tequio.plans.facts import readable
from tequio.vocabularies import terms


def plans(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """All published plans, newest first."""
    found = list(queries.public_plans(request.jurisdiction))  # type: ignore[attr-defined]
    return render(request, "plans/plans.html", {"section": "plans", "plans": found})


def plan(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A plan: its dates and phases, vision, institutions, documents, and what the sources tell of it."""
    found = get_object_or_404(queries.public_plans(request.jurisdiction), number=number)  # type: ignore[attr-defined]
    today = timezone.localdate()
    phase_now = found.phase_on(today)
    context = {
        "section": "plans",
        "plan": found,
        "today": today,
        "phases": [
            {**phase, "word": terms.label("plan_phase", phase["key"]), "state": _phase_state(phase["key"], phase_now, found.phases)}
            for phase in found.phases
        ],
        "institutions": list(found.institution_links.select_related("organisation")),
        "documents": list(found.documents.select_related("blob")),
        "facts": [(words, readable(value)) for words, value in queries.told_facts(found)],
    }
    return render(request, "plans/plan.html", context)


def _phase_state(key: str, now: str, phases: list[dict[str, str]]) -> str:
    keys = [phase["key"] for phase in phases]
    if not now:
        return ""
    place = keys.index(key) - keys.index(now)
    return "past" if place < 0 else "now" if place == 0 else ""
