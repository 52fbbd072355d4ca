"""When an activity is due, and why: the promised date, what the compliance manual adds, and documented pauses."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.commitments.models import Activity, Manual, Pause
from tequio.common.dates import add_working_days, in_words
from tequio.common.i18n import best

Rule = dict[str, Any]


@dataclass(frozen=True)
class Deadline:
    """The computed deadline. ``due`` is None where no date was promised. ``sentence`` explains it to anybody."""

    due: dt.date | None
    promised: dt.date | None
    added_days: int
    paused_days: int
    sentence: str


def rule_for(activity: Activity, manual: Manual | None) -> Rule | None:
    """The manual's most particular rule: institution and kind, then institution, then kind, then the general one."""
    if manual is None:
        return None
    lead = activity.lead or activity.commitment.lead
    slug = lead.slug if lead else ""
    best_rule, best_score = None, -1
    for rule in manual.rules:
        institution, kind = rule.get("institution", ""), rule.get("activity_kind", "")
        if institution not in ("", slug) or kind not in ("", activity.kind):
            continue
        score = 2 * bool(institution) + bool(kind)
        if score > best_score:
            best_rule, best_score = rule, score
    return best_rule


def deadline_of(
    activity: Activity,
    rule: Rule | None = None,
    holidays: Collection[dt.date] = (),
    pauses: Iterable[Pause] = (),
) -> Deadline:
    """The deadline of an activity. An imprecise promise counts to its last day; days of a pause are given back."""
    promised = activity.due.last
    if promised is None:
        return Deadline(None, None, 0, 0, _("La fuente no dice para cuándo es."))
    paused = sum(paused_days(pause, promised) for pause in pauses)
    due = promised + dt.timedelta(days=paused)
    terms = (rule or {}).get("deadline") or {}
    added = int(terms.get("days") or 0)
    working = terms.get("calendar") == "working"
    if added and working:
        due = add_working_days(due, added, holidays)
    elif added:
        due += dt.timedelta(days=added)
    return Deadline(due, promised, added, paused, _sentence(activity, due, added, working, paused))


def paused_days(pause: Pause, promised: dt.date) -> int:
    """How many days a pause gives back: those that lie before the promised date. An open pause runs to that date."""
    end = min(pause.end or promised, promised)
    return max((end - pause.start).days + 1, 0)


def _sentence(activity: Activity, due: dt.date, added: int, working: bool, paused: int) -> str:
    parts = [_("Se prometió para el %(day)s") % {"day": in_words(activity.due)}]
    if len(activity.due) < 10:
        parts = [_("Se prometió para %(day)s, que cuenta hasta su último día") % {"day": in_words(activity.due)}]
    if paused:
        parts.append(
            ngettext("una pausa documentada devuelve %(n)s día", "las pausas documentadas devuelven %(n)s días", paused)
            % {"n": paused}
        )
    if added:
        kind = _("hábiles") if working else _("naturales")
        parts.append(
            ngettext(
                "el manual de cumplimiento da %(n)s día (%(kind)s) para entregar la evidencia",
                "el manual de cumplimiento da %(n)s días %(kind)s para entregar la evidencia",
                added,
            )
            % {"n": added, "kind": kind}
        )
    if not paused and not added:
        return parts[0] + "."
    return "; ".join(parts) + _(". Así, vence el %(day)s.") % {"day": in_words(due)}


def required_evidence(rule: Rule | None) -> tuple[int, list[str]]:
    """How many pieces of evidence the manual asks for and of which types (keys); none where no rule says."""
    if rule is None:
        return 0, []
    return int(rule.get("minimum") or 0), list(rule.get("accepted") or [])


def metric(rule: Rule | None) -> str:
    """What the manual measures for this kind of activity."""
    return best((rule or {}).get("metric", {}))[0]


def manual_in_force(manuals: Iterable[Manual], day: dt.date) -> Manual | None:
    """The newest version that was in force on ``day``."""
    valid = [manual for manual in manuals if manual.in_force_from <= day]
    return max(valid, key=lambda manual: manual.version, default=None)


def schedule_state(due: dt.date | None, done_on: dt.date | None, today: dt.date, due_soon_days: int = 30) -> str:
    """The schedule of an activity from its dates alone (standards §6.1)."""
    if done_on is not None:
        return "done_on_time" if due is None or done_on <= due else "done_late"
    if due is None:
        return "not_due"
    if due < today:
        return "overdue"
    return "due_soon" if (due - today).days <= due_soon_days else "on_time"
