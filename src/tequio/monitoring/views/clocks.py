"""Where the secretariat sets a plan's terms."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.common.access import here, require
from tequio.common.forms import taken
from tequio.monitoring import actions
from tequio.monitoring.forms import ClocksForm
from tequio.monitoring.models import Clocks, clocks_of
from tequio.monitoring.queries import published_plans
from tequio.monitoring.views.board import chosen_plan
from tequio.monitoring.views.reach import answer
from tequio.people.acting import actor_for


@never_cache
def set_clocks(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """By when the committee does what, and when commitments are looked at again after the plan."""
    require(request, "monitoring.set_committee", here(request))
    plans = published_plans(here(request))
    plan = chosen_plan(request, plans)
    if plan is None:
        return render(request, "monitoring/work/clocks.html", {"section": "board", "plan": None, "form": None})
    require(request, "monitoring.set_committee", plan)
    known, by = clocks_of(plan), actor_for(request)
    names = ("answer_days", "sight_days", "escalate_days", "check_months")
    initial = {name: getattr(known, name) for name in names}
    form = ClocksForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and taken(form, lambda data: actions.set_clocks(plan=plan, by=by, **data)):
        messages.success(request, _("Los plazos ya son públicos y valen desde hoy."))
        address = redirect("monitoring:committee", jurisdiction=jurisdiction)
        address["Location"] += f"?plan={plan.number}"
        return address
    usual = {
        "answer_days": settings.OBSERVATION_ANSWER_DAYS,
        "sight_days": Clocks.SIGHT_DAYS,
        "escalate_days": settings.ESCALATE_DAYS,
        "check_months": ", ".join(str(n) for n in sorted(settings.CHECK_MONTHS)),
    }
    return answer(request, "monitoring/work/clocks.html", form, plan=plan, plans=plans, usual=usual)
