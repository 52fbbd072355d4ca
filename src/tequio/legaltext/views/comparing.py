"""Two versions of a text: what changed, in words, in a table, and word by word."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tequio.common.paging import page_of
from tequio.legaltext import queries, telling
from tequio.legaltext.align import Changed
from tequio.legaltext.compare import count, folded, lines
from tequio.legaltext.models import Change
from tequio.legaltext.tree import UNITS
from tequio.legaltext.views.reading import find_version, find_work

SIZE = 20  # changes of a page
KINDS = dict(Change.Kind.choices)


def choose(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """Leads to the comparison of the two versions chosen; without a choice, of the newest with the one before."""
    found = find_work(request, code)
    rows = {row.number: row for row in queries.versions(found)}
    asked = [request.GET.get(name, "") for name in ("de", "a")]
    numbers = [int(word) if word.isdigit() else 0 for word in asked]
    newest = next(iter(rows.values()))
    if numbers[0] not in rows or numbers[1] not in rows or numbers[0] == numbers[1]:
        if newest.supersedes is None:
            return redirect("legaltext:work", jurisdiction, code)
        numbers = [newest.supersedes.number, newest.number]
    older, newer = sorted(numbers, key=lambda number: (rows[number].date, number))
    return redirect("legaltext:compare", jurisdiction, code, newer, older)


def compare(request: HttpRequest, jurisdiction: str, code: str, number: int, other: int) -> HttpResponse:
    """What changed from version ``other`` to version ``number``."""
    new, old = find_version(request, code, number), find_version(request, code, other)
    if new.pk == old.pk:
        raise Http404
    told = queries.told(old, new)
    units = [{path: node for path, node in side.items() if node.kind in UNITS} for side in (told.old, told.new)]
    sides = telling.Side(units[0]), telling.Side(units[1])
    kind = request.GET.get("que", "")
    rows = [change for change in told.changes if not kind or kind in (change.kind, *change.also)]
    page = page_of(request, rows, SIZE)
    counts: dict[str, int] = {}
    for change in told.changes:
        for name in (change.kind, *change.also):
            counts[name] = counts.get(name, 0) + 1
    context = {
        "section": "texts",
        "work": new.work,
        "old": old,
        "new": new,
        "words": telling.paragraph(told.changes, *sides, len(units[1])),
        "counts": [{"key": key, "label": KINDS[key], "count": counts[key]} for key in KINDS if key in counts],
        "kind": kind,
        "page": page,
        "rows": [row_of(change, told, sides) for change in page],
        "inline": request.GET.get("vista") == "seguido",
        "versions": list(queries.versions(new.work)),
        "total": len(told.changes),
    }
    return render(request, "legaltext/compare.html", context)


def row_of(change: Changed, told: queries.Told, sides: tuple[telling.Side, telling.Side]) -> dict[str, Any]:
    """A change as its card shows it."""
    olds = [told.old[path] for path in change.old if path in told.old]
    news = [told.new[path] for path in change.new if path in told.new]
    every = lines(olds, news, told.carries)
    whole = {change.kind, *change.also} <= {"moved", "renumbered"}
    return {
        "change": change,
        "kinds": [{"key": key, "label": KINDS[key]} for key in (change.kind, *change.also)],
        "before": [{"path": node.eid, "label": node.label or sides[0].name(node.eid)} for node in olds],
        "after": [{"path": node.eid, "label": node.label or sides[1].name(node.eid)} for node in news],
        "lines": [] if whole else folded(every),
        "words": count(every),
        "anchor": (change.new or change.old)[0],
    }
