"""The board."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import best
from tequio.monitoring import lights, queries
from tequio.monitoring.timeline import timeline
from tequio.plans.models import Plan
from tequio.record.models import Act
from tequio.vocabularies import terms

QUICK = ("poder", "luz", "diferencia", "vence")  # filters that are links, beside the form
FILTERS = ("poder", "institucion", "luz", "diferencia", "vence", "q", "orden")
VIEWS = (("tarjetas", _("Tarjetas")), ("linea", _("Línea de tiempo")), ("tabla", _("Tabla")))


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
    view = request.GET.get("vista", "")
    view = view if view in dict(VIEWS) else VIEWS[0][0]
    place = {name: request.GET[name] for name in ("plan", "vista") if request.GET.get(name)}
    context: dict[str, Any] = {
        "section": "board",
        "board": found,
        "plan": plan,
        "plans": plans,
        "years": [(other, years_of(other)) for other in plans],
        "filters": filters,
        "today": today,
        "view": view,
        "views": VIEWS,
        "legend": lights.legend_for(plan.legend, told=found.told),
        "branches": [(key, terms.label("branch", key)) for key in found.branches()],
        "kept": [*place.items(), *((name, filters[name]) for name in QUICK if name in filters)],
        "unfiltered": f"?{urlencode(place)}" if place else request.path,
        "acts": Act.objects.filter(jurisdiction=jurisdiction).count(),
        "timeline": timeline(found.shown, today) if view == "linea" else None,
        "description": description(found),
    }
    return render(request, "monitoring/board.html", context)


def years_of(plan: Plan) -> str:
    """``2021–2024``; the plan's number where its dates are not known."""
    first, last = plan.start.first, plan.end.last
    return f"{first.year}–{last.year}" if first and last else str(plan.number)


def description(found: queries.Board) -> str:
    """The board in one sentence, for social networks and search engines."""
    n, title = len(found.rows), best(found.plan.title)[0]
    words = ngettext("%(title)s: %(n)s compromiso.", "%(title)s: %(n)s compromisos.", n) % {"title": title, "n": n}
    if not found.told:
        return f"{words} {gettext('Lo que se prometió y lo que las fuentes dicen que pasó.')}"
    verified, total = found.counts["green"], found.activities
    values = {"verified": verified, "total": total}
    return f"{words} {gettext('La ciudadanía ha verificado %(verified)s de %(total)s actividades.') % values}"
