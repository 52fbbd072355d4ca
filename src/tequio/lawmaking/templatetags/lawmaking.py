"""How bills and opinions are told."""

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tequio.common.i18n import TAGS, best
from tequio.common.parts import tag
from tequio.lawmaking import fills, queries
from tequio.lawmaking.models import Bill, Fate, Remark, Stage
from tequio.vocabularies import terms

register = template.Library()
COLOURS = {
    "taken": ("green", "check"),
    "partly": ("green", "check"),
    "not_taken": ("grey", "cross"),
    "out_of_scope": ("grey", ""),
}


@register.simple_tag
def fate_tag(remark: Remark, today: dt.date) -> SafeString | str:
    """What became of it, or where its clock stands."""
    if remark.fate is not None:
        return tag(str(Fate.Decision(remark.fate.decision).label), *COLOURS[remark.fate.decision])
    if remark.kind == Remark.Kind.REPLY:
        return ""
    state = remark.clock(today)
    if state == "overdue":
        return tag(_("Sin respuesta y vencida"), "red", "clock")
    return tag(_("Espera respuesta"), "blue", "clock") if state == "waiting" else ""


@register.simple_tag
def stage_tag(bill: Bill) -> SafeString | str:
    """Where it stands."""
    colour = {"decree": "green", "rejected": "red", "expired": "grey"}.get(bill.stage, "blue")
    return tag(str(Stage(bill.stage).label), colour)


@register.simple_tag
def road(bill: Bill, steps: list[Any]) -> list[dict[str, Any]]:
    """The five stages of a bill that becomes law, each past, now or next, with the day on which it came there."""
    days = {step.stage: step.on for step in steps}
    order = ["initiative", "committee", "opinion", "plenary", "decree"]
    ended = bill.stage not in order
    at = max((order.index(key) for key in days if key in order), default=0) if ended else order.index(bill.stage)
    rows = []
    for n, key in enumerate(order):
        state = "past" if n < at or (ended and n <= at) else "now" if n == at else "next"
        rows.append({"key": key, "label": Stage(key).label, "state": state, "on": days.get(key)})
    if ended:
        rows = [
            *rows[: at + 1],
            {"key": bill.stage, "label": Stage(bill.stage).label, "state": "now", "on": days.get(bill.stage)},
        ]
    return rows


@register.simple_tag
def sector_name(key: str) -> str:
    """A sector in words."""
    return terms.label("sector", key) if key else ""


@register.simple_tag
def change_list(summary: Any) -> SafeString:
    """What changes for whom, a point for each line, in the reader's language or marked as in the other one."""
    words, language = best(summary)
    points = format_html_join("", "<li>{}</li>", ((line.strip(" -•"),) for line in words.splitlines() if line.strip()))
    other = "" if (get_language() or "es")[:2] == language else format_html(' lang="{}"', TAGS[language])
    return format_html('<ul class="changes"{}>{}</ul>', other, points)


@register.simple_tag
def heat(row: queries.Heat) -> SafeString:
    """How much is said of an article, as a small bar; the count stands beside it in words."""
    return fills.heat(row.level, 4)


@register.simple_tag
def decision(fate: Fate) -> SafeString:
    """What an answer decided."""
    return tag(str(Fate.Decision(fate.decision).label), *COLOURS[fate.decision])


@register.simple_tag
def left_tag(day: dt.date, today: dt.date) -> SafeString:
    """How many days are left to speak; amber in the last week."""
    left = (day - today).days
    words = ngettext("Se puede opinar: queda %(n)s día", "Se puede opinar: quedan %(n)s días", left) % {"n": left}
    return tag(words if left else _("Hoy es el último día para opinar"), "amber" if left <= 7 else "green", "clock")
