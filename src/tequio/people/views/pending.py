"""My pending: everything that waits for the role one acts in, late first."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from tequio.common.access import SignInNeeded
from tequio.people.models import Role
from tequio.people.pending import Item, items_for

# What to do, in a word, and its sign.
KINDS = {
    "report": (_("Reportar"), "file"),
    "verify": (_("Revisar"), "search"),
    "decide": (_("Decidir"), "check"),
    "answer": (_("Responder"), "edit"),
    "check": (_("Comprobar"), "search"),
    "write": (_("Escribir"), "edit"),
}
NOBODY = (_("Hacer"), "clock")


def grouped(items: list[Item], today: dt.date) -> list[dict[str, Any]]:
    """The items as late, due within a week, and later; groups without any are left out."""
    week = today + dt.timedelta(days=7)
    groups: list[dict[str, Any]] = [
        {"key": "late", "title": _("Atrasado"), "colour": "red", "rows": []},
        {"key": "week", "title": _("Para esta semana"), "colour": "amber", "rows": []},
        {"key": "later", "title": _("Más adelante, o sin fecha"), "colour": "blue", "rows": []},
    ]
    late, soon, later = groups
    for row in rows_of(items):
        item = row["item"]
        group = late if item.is_late(today) else soon if item.due is not None and item.due <= week else later
        group["rows"].append(row)
    return [group for group in groups if group["rows"]]


def rows_of(items: list[Item]) -> list[dict[str, Any]]:
    """Each item with the word and the sign of what is to be done."""
    return [
        {"item": item, "word": word, "sign": sign} for item in items for word, sign in [KINDS.get(item.kind, NOBODY)]
    ]


def pending_of(role: Role | None, today: dt.date) -> list[Item]:
    """What waits for the role; nothing for whoever has none."""
    return items_for(role, today) if role is not None else []


@never_cache
def pending(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Everything that waits for the role one acts in."""
    if not request.user.is_authenticated:
        raise SignInNeeded
    today = timezone.localdate()
    items = pending_of(request.role, today)  # type: ignore[attr-defined]
    context = {"groups": grouped(items, today), "count": len(items), "today": today, "section": "pending"}
    return render(request, "people/pending.html", context)
