"""What became of commitments after their plan ended, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tequio.common.access import here
from tequio.monitoring.views.board import years_of
from tequio.oversight import queries


def overview(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The commitments of a past plan with their checks: made, due, and those of which none is on record."""
    today = timezone.localdate()
    plans = queries.past_plans(here(request), today)
    wanted = request.GET.get("plan")
    plan = next((one for one in plans if str(one.number) == wanted), None) if wanted else next(iter(plans), None)
    if wanted and plan is None:
        raise Http404
    summary = queries.Summary(plan, tuple(queries.rows_of(plan, today))) if plan else None
    context = {
        "section": "board",
        "plans": [(one, years_of(one)) for one in plans],
        "plan": plan,
        "summary": summary,
        "dates": queries.dates_of(plan) if plan else [],
        "today": today,
    }
    return render(request, "oversight/overview.html", context)
