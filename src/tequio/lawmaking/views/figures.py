"""The figures of a bill with their downloads, and its dates for a calendar."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.common.access import here
from tequio.common.i18n import best
from tequio.common.tables import csv_answer
from tequio.lawmaking import calendar, queries
from tequio.lawmaking.panels import panels
from tequio.lawmaking.views.public import SECTION, find_bill


def page(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """Each figure with its sentence, chart and table."""
    bill = find_bill(request, code)
    found = panels(bill, queries.figures(bill, timezone.localdate()))
    return render(request, "lawmaking/figures.html", {**SECTION, "bill": bill, "panels": found})


def as_csv(request: HttpRequest, jurisdiction: str, code: str, panel: str) -> HttpResponse:
    """The table of one figure."""
    bill = find_bill(request, code)
    rows = panels(bill, queries.figures(bill, timezone.localdate()))
    found = next((row for row in rows if row.key == panel), None)
    if found is None:
        raise Http404
    return csv_answer(f"{panel}-{bill.code}", found.heads, found.rows)


def dates(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """The dates of one bill as iCalendar."""
    bill = find_bill(request, code)
    steps = queries.steps(queries.bills(here(request)).filter(pk=bill.pk))
    name = best(bill.plain_title)[0] or bill.title
    return calendar.answer(name, f"iniciativa-{bill.code}", [bill], steps, queries.hearings(bill))


def all_dates(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Until when people may speak about each bill, and every session that looks at one."""
    place = here(request)
    rows = queries.bills(place)
    name = _("Leyes que se están haciendo en %(place)s") % {"place": best(place.name)[0]}
    return calendar.answer(name, f"{jurisdiction}-iniciativas", rows, queries.steps(rows), queries.hearings_of(place))
