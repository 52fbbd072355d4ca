"""What everybody may read: the calls, each call with its result, how the draw works, and the files to repeat it."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tequio.common.paging import page_of
from tequio.sortition import example, queries, sorteo
from tequio.sortition.models import Call, Seat

SCRIPT = Path(sorteo.__file__)


def _fetch(request: HttpRequest, number: int) -> Call:
    return get_object_or_404(queries.public_calls(request.jurisdiction), number=number)  # type: ignore[attr-defined]


def calls(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every call, the newest first."""
    page = page_of(request, queries.public_calls(request.jurisdiction).defer("file"))  # type: ignore[attr-defined]
    today = timezone.localdate()
    rows = [(call, call.is_open_on(today)) for call in page]
    return render(request, "sortition/calls.html", {"section": "board", "page": page, "rows": rows, "today": today})


def call(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A call: whom it seeks, how to take part, and what came of it."""
    found, today = _fetch(request, number), timezone.localdate()
    seats = queries.seats_of(found) if found.status == Call.Status.DRAWN else []
    return render(
        request,
        "sortition/call.html",
        {
            "section": "board",
            "call": found,
            "today": today,
            "is_open": found.is_open_on(today),
            "is_ahead": found.status == Call.Status.PUBLISHED and today < found.opens,
            "strata": queries.strata_rows(found),
            "lowered": queries.was_lowered(found),
            "members": [seat for seat in seats if _is_in_the_group(seat)],
            "reserves": [seat for seat in seats if not _is_in_the_group(seat)],
        },
    )


def _is_in_the_group(seat: Seat) -> bool:
    return not seat.is_alternate or seat.status != Seat.Status.WAITING


def formula(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The draw in words, with an example that is computed by the very formula."""
    return render(request, "sortition/formula.html", {"section": "board", "example": example.worked()})


def script(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The program that draws, to run at home."""
    return _download(SCRIPT.read_text(), "text/x-python; charset=utf-8", "sorteo.py")


def volunteers_json(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The list that is drawn from, in the very bytes whose hash was published."""
    found = _closed(request, number)
    return _download(found.file, "application/json", f"convocatoria-{number}-voluntariado.json")


def volunteers_csv(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The same list as a table."""
    found = _closed(request, number)
    dimensions = [stratum["key"] for stratum in found.strata]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["number", *dimensions])
    for row in json.loads(found.file)["volunteers"]:
        writer.writerow([row["number"], *(row.get(key, "") for key in dimensions)])
    return _download(out.getvalue(), "text/csv; charset=utf-8", f"convocatoria-{number}-voluntariado.csv")


def result(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """What was drawn and what became of each place."""
    found = _fetch(request, number)
    if found.status != Call.Status.DRAWN:
        raise Http404
    content: dict[str, Any] = found.public_state()
    content["seats"] = [seat.public_state() for seat in queries.seats_of(found)]
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="convocatoria-{number}-resultado.json"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _closed(request: HttpRequest, number: int) -> Call:
    found = _fetch(request, number)
    if not found.fingerprint:
        raise Http404
    return found


def _download(content: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
