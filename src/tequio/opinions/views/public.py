"""What everybody may read: the conversations, what each showed, how it is computed, and the files."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tequio.common.access import here
from tequio.common.paging import page_of
from tequio.opinions import moderation, picture, queries
from tequio.opinions.models import Conversation


def fetch(request: HttpRequest, number: int) -> Conversation:
    """A published conversation of the place; 404 where there is none."""
    return get_object_or_404(queries.public(here(request)), number=number)


def conversations(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every conversation, the newest first."""
    today = timezone.localdate()
    page = page_of(request, queries.public(here(request)))
    rows = [(row, row.is_open_on(today)) for row in page]
    return render(request, "opinions/list.html", {"rows": rows, "page": page, "today": today})


def conversation(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A conversation: how to take part, and what it has shown so far."""
    found, today = fetch(request, number), timezone.localdate()
    result = queries.newest_result(found)
    reading = queries.reading(result) if result else None
    context = {
        "conversation": found,
        "today": today,
        "is_open": found.is_open_on(today),
        "is_ahead": found.status == Conversation.Status.OPEN and today < found.opens,
        "result": result,
        "reading": reading,
        "map": picture.draw(reading) if reading else "",
        "statements": queries.shown(found) if reading is None else [],
        "moderated": found.statements.filter(sight__in=("refused", "hidden")).order_by("number"),
        "rules": moderation.RULES,
    }
    return render(request, "opinions/conversation.html", context)


def method(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """How votes become groups, and what is never published."""
    return render(request, "opinions/method.html", {"rules": moderation.RULES})


def result_json(request: HttpRequest, jurisdiction: str, number: int, result: int) -> HttpResponse:
    """A result in the very bytes whose fingerprint the record keeps."""
    found = get_object_or_404(fetch(request, number).results, number=result)
    return _download(found.file, "application/json", f"opiniones-{number}-resultado-{result}.json")


def result_csv(request: HttpRequest, jurisdiction: str, number: int, result: int) -> HttpResponse:
    """The same counts as a table, with the words of the statements in sight."""
    found = get_object_or_404(fetch(request, number).results.select_related("conversation"), number=result)
    reading = queries.reading(found)
    out = io.StringIO()
    writer = csv.writer(out)
    names = [group.name for group in reading.groups]
    parts = [f"{part}_{name}" for name in names for part in ("agrees", "disagrees", "passes")]
    writer.writerow(
        ["statement", "text", "agrees", "disagrees", "passes", *parts, "agreement", "disagreement", "division"]
    )
    for line in reading.lines:
        shares = [count for share in line.groups for count in (share.agrees, share.disagrees, share.passes)]
        total = (line.total.agrees, line.total.disagrees, line.total.passes)
        measures = (line.agreement, line.disagreement, line.division)
        # A text that a spreadsheet would read as a formula begins with a space.
        text = line.statement.text
        safe = f" {text}" if text[:1] in "=+-@\t\r" else text
        writer.writerow([line.statement.number, safe, *total, *shares, *measures])
    return _download(out.getvalue(), "text/csv; charset=utf-8", f"opiniones-{number}-resultado-{result}.csv")


def _download(content: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
