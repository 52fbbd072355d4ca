"""The board."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tequio.common import sections
from tequio.common.i18n import best
from tequio.monitoring import lights, past, queries
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
    filters = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    days = DayChosen(request, plan)
    today, acts = days.day, Act.objects.filter(jurisdiction=jurisdiction)
    if days.moment is None:
        found = queries.board(plan, today, filters)
    else:
        found = past.past_board(plan, days.moment, filters)
        plan, acts = found.plan, acts.filter(at__lt=days.moment.until)
    view = request.GET.get("vista", "")
    view = view if view in dict(VIEWS) else VIEWS[0][0]
    place = {name: request.GET[name] for name in ("plan", "vista") if request.GET.get(name)}
    place |= {"fecha": today.isoformat()} if days.moment else {}
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
        "acts": acts.count(),
        "days": days,
        "timeline": timeline(found.shown, today) if view == "linea" else None,
        "description": description(found),
        "slots": {} if days.moment else sections.filled("board", request, plan),
    }
    return render(request, "monitoring/board.html", context, status=422 if days.problem else 200)


class DayChosen:
    """The day that the address asks the board of. ``moment`` is None for the board of today; ``problem`` says in words
    why what was written is no day, and then the board is that of today."""

    def __init__(self, request: HttpRequest, plan: Plan) -> None:
        self.today = timezone.localdate()
        self.day, self.problem = self.today, ""
        self.written = request.GET.get("fecha", "").strip()
        if self.written:
            try:
                self.day = past.readable_day(self.written)
            except ValidationError as error:
                self.problem = error.messages[0]
        self.is_past = self.day != self.today
        began = past.began(plan)
        self.moment = past.Moment(self.day, began) if self.is_past else None
        # The slider runs from where the plan or its record begins; it never runs backwards.
        starts = [day for day in (plan.start.first, began) if day and day < self.today]
        self.first = min([*starts, self.day])
        self.kept = [(name, request.GET[name]) for name in (*FILTERS, "plan", "vista") if request.GET.get(name)]

    @property
    def length(self) -> int:
        """How many days the slider spans."""
        return (self.today - self.first).days

    @property
    def place(self) -> int:
        """Where on the slider the day stands."""
        return (self.day - self.first).days


def years_of(plan: Plan) -> str:
    """``2021–2024``; the plan's number where its dates are not known."""
    first, last = plan.start.first, plan.end.last
    return f"{first.year}–{last.year}" if first and last else str(plan.number)


def description(found: queries.Board) -> str:
    """The board in one sentence, for social networks and search engines."""
    n, title = len(found.rows), best(found.plan.title)[0]
    words = ngettext("%(title)s: %(n)s compromiso.", "%(title)s: %(n)s compromisos.", n) % {"title": title, "n": n}
    if not found.told:
        return words + " " + gettext("Lo que se prometió y lo que las fuentes dicen que pasó.")
    verified, total = found.counts["green"], found.activities
    values = {"verified": verified, "total": total}
    return words + " " + gettext("La ciudadanía ha verificado %(verified)s de %(total)s actividades.") % values
