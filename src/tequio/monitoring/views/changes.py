"""What changed on the board between two dates."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.common.tables import csv_answer
from tequio.monitoring import past, queries
from tequio.monitoring.past import changes
from tequio.monitoring.views.board import chosen_plan
from tequio.plans.models import Plan

USUAL = 30  # days that the page looks back on when nobody says how far


def _days(request: HttpRequest) -> tuple[dt.date, dt.date, dict[str, str]]:
    """Both days and what is wrong with them in words, by field. The first is not counted itself."""
    today = timezone.localdate()
    days = {"desde": today - dt.timedelta(days=USUAL), "hasta": today}
    problems = {}
    for name in days:
        if written := request.GET.get(name, "").strip():
            try:
                days[name] = past.readable_day(written)
            except ValidationError as error:
                problems[name] = error.messages[0]
    if not problems and days["desde"] >= days["hasta"]:
        problems["desde"] = _("La primera fecha debe ser anterior a la segunda.")
    return days["desde"], days["hasta"], problems


def _found(request: HttpRequest) -> tuple[list[Plan], Plan | None, changes.Changes | None, dict[str, Any]]:
    plans = queries.published_plans(request.jurisdiction)  # type: ignore[attr-defined]
    plan = chosen_plan(request, plans)
    since, until, problems = _days(request)
    found = None
    if plan is not None and not problems:
        found = changes.between(plan, since, until)
    return plans, plan, found, {"since": since, "until": until, "problems": problems}


def page(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The changes grouped by commitment, each in a sentence with its act."""
    plans, plan, found, days = _found(request)
    if plan is None:
        return render(request, "monitoring/no_plan.html", {"section": "board"})
    problems = days["problems"]
    fields = [
        (
            name,
            label,
            request.GET[name] if problems and request.GET.get(name) else day.isoformat(),
            problems.get(name, ""),
        )
        for name, label, day in (("desde", _("Después del"), days["since"]), ("hasta", _("Hasta el"), days["until"]))
    ]
    context = {"section": "board", "plan": plan, "plans": plans, "found": found, "fields": fields, **days}
    context["today"] = timezone.localdate().isoformat()
    return render(request, "monitoring/changes.html", context, status=422 if days["problems"] else 200)


def as_csv(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The same as a table."""
    _plans, plan, found, days = _found(request)
    if plan is None or found is None:
        words = " ".join(days["problems"].values()) or _("Todavía no hay ningún plan publicado.")
        return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")
    heads = ("day", "commitment", "activity", "kind", "sentence", "act")
    rows = [
        (change.day.isoformat(), group.code, change.activity, change.kind, change.sentence, change.act)
        for group in found.groups
        for change in group.changes
    ]
    return csv_answer(f"cambios-{days['since']}-{days['until']}", heads, rows)
