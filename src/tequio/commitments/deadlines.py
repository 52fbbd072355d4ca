"""When an activity is due, and why: the promised date, documented pauses, and the days that the compliance manual gives."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.commitments.models import Activity, Manual, Pause
from tequio.common.dates import PartialDate, add_months, days_left, in_words
from tequio.common.i18n import best
from tequio.plans.models import Plan

Rule = dict[str, Any]
Days = tuple[dt.date, dt.date]  # first and last day, both included
DAY = dt.timedelta(days=1)
NO_DATE = PartialDate()


@dataclass(frozen=True)
class Deadline:
    """The computed deadline of an activity.

    ``due`` is None where no date was promised. ``promise`` is the promise as the source tells it, ``promised`` the last
    day that it may mean. ``paused_days`` were given back by documented pauses, ``added_days`` and ``added_months`` by the
    manual, in ``calendar`` "natural" or "working" days. ``is_open`` says that a pause is still running, so that the
    date moves on every day.
    """

    due: dt.date | None
    promised: dt.date | None = None
    added_days: int = 0
    paused_days: int = 0
    promise: PartialDate = NO_DATE
    added_months: int = 0
    calendar: str = "natural"
    is_open: bool = False

    @property
    def sentence(self) -> str:
        """How the deadline was computed, in one sentence for anybody, in the reader's language."""
        if self.due is None:
            return _("La fuente no dice para cuándo es.")
        if len(self.promise) < 10:
            promised = _("Se prometió para %(day)s, que cuenta hasta su último día")
        else:
            promised = _("Se prometió para el %(day)s")
        parts = [promised % {"day": in_words(self.promise)}, *self._pauses(), *self._manual()]
        if len(parts) == 1:
            return parts[0] + "."
        last = _("así, por ahora vence el %(day)s") if self.is_open else _("así, vence el %(day)s")
        return "; ".join([*parts, last % {"day": in_words(self.due)}]) + "."

    def _pauses(self) -> list[str]:
        if not self.paused_days:
            return []
        if self.is_open:
            words = ngettext(
                "una pausa que sigue abierta lleva %(n)s día, que no cuenta",
                "una pausa que sigue abierta deja %(n)s días sin contar",
                self.paused_days,
            )
        else:
            words = ngettext(
                "una pausa documentada devuelve %(n)s día",
                "las pausas documentadas devuelven %(n)s días",
                self.paused_days,
            )
        return [words % {"n": self.paused_days}]

    def _manual(self) -> list[str]:
        if self.added_months:
            words = ngettext(
                "el manual de cumplimiento da %(n)s mes para entregar la evidencia",
                "el manual de cumplimiento da %(n)s meses para entregar la evidencia",
                self.added_months,
            )
            return [words % {"n": self.added_months}]
        if not self.added_days:
            return []
        if self.calendar == "working":
            words = ngettext(
                "el manual de cumplimiento da %(n)s día hábil para entregar la evidencia",
                "el manual de cumplimiento da %(n)s días hábiles para entregar la evidencia",
                self.added_days,
            )
        else:
            words = ngettext(
                "el manual de cumplimiento da %(n)s día natural para entregar la evidencia",
                "el manual de cumplimiento da %(n)s días naturales para entregar la evidencia",
                self.added_days,
            )
        return [words % {"n": self.added_days}]


def deadline_of(
    activity: Activity,
    rule: Rule | None = None,
    holidays: Collection[dt.date] = (),
    pauses: Iterable[Pause] = (),
    today: dt.date | None = None,
) -> Deadline:
    """The deadline of an activity.

    An imprecise promise counts to its last day. The days of a pause do not count: whoever paused ten days before the
    end still has ten days after it. A pause without end runs to ``today``. After that come the manual's days: natural,
    or working (neither Saturday, Sunday nor a holiday of the plan), or whole months.
    """
    promised = activity.due.last
    if promised is None:
        return Deadline(None)
    pauses = list(pauses)
    today = today or (timezone.localdate() if any(pause.end is None for pause in pauses) else promised)
    stops = _merged(pauses, activity.start.first, today)
    due, paused = _moved(promised, stops, after=None)
    terms = (rule or {}).get("deadline") or {}
    days, months = int(terms.get("days") or 0), int(terms.get("months") or 0)
    working = terms.get("calendar") == "working"
    if months:
        due, again = _moved(add_months(due, months), stops, after=due)
        paused += again
    elif days:
        due, again = _counted(due, days, stops, holidays if working else None)
        paused += again
    return Deadline(
        due,
        promised,
        added_days=0 if months else days,
        paused_days=paused,
        promise=activity.due,
        added_months=months,
        calendar="working" if working and days and not months else "natural",
        is_open=any(pause.end is None and pause.start <= min(due, today) for pause in pauses),
    )


def _merged(pauses: Iterable[Pause], start: dt.date | None, today: dt.date) -> list[Days]:
    """The paused spans in order, each day once. Before an activity begins its clock does not run, so nothing stops it."""
    spans = [(max(pause.start, start or pause.start), pause.end or today) for pause in pauses]
    merged: list[Days] = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        if merged and first <= merged[-1][1] + DAY:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _moved(due: dt.date, stops: Sequence[Days], after: dt.date | None) -> tuple[dt.date, int]:
    """The due day moved by every stop that began by then (and later than ``after``), and by how many days."""
    given_back = 0
    for first, last in stops:
        if first <= due and (after is None or first > after):
            length = (last - first).days + 1
            due, given_back = due + length * DAY, given_back + length
    return due, given_back


def _counted(
    due: dt.date, count: int, stops: Sequence[Days], holidays: Collection[dt.date] | None
) -> tuple[dt.date, int]:
    """The ``count``-th day after ``due`` that counts, and how many days a stop took; with ``holidays``, working days."""
    stopped = 0
    while count > 0:
        due += DAY
        if any(first <= due <= last for first, last in stops):
            stopped += 1
        elif holidays is None or (due.weekday() < 5 and due not in holidays):
            count -= 1
    return due, stopped


def holidays_of(plan: Plan) -> set[dt.date]:
    """The plan's days that a deadline in working days does not count."""
    return {day for text in plan.holidays if (day := PartialDate(text).first)}


def rule_for(activity: Activity, manual: Manual | None) -> Rule | None:
    """The manual's most particular rule: institution and kind, then institution, then kind, then the general one."""
    if manual is None:
        return None
    lead = activity.lead or activity.commitment.lead
    slug = lead.slug if lead else ""
    found, found_score = None, -1
    for rule in manual.rules:
        institution, kind = rule.get("institution") or "", rule.get("activity_kind") or ""
        if institution not in ("", slug) or kind not in ("", activity.kind):
            continue
        score = 2 * bool(institution) + bool(kind)
        if score > found_score:
            found, found_score = rule, score
    return found


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
    """The schedule of an activity from its dates alone (standards §6.1), a key of ``schedule_state``."""
    if done_on is not None:
        return "done_on_time" if due is None or done_on <= due else "done_late"
    if due is None:
        return "not_due"
    if due < today:
        return "overdue"
    return "due_soon" if (due - today).days <= due_soon_days else "on_time"


def schedule_sentence(due: dt.date | None, done_on: dt.date | None, today: dt.date, due_soon_days: int = 30) -> str:
    """How the schedule's state was computed, in one sentence for anybody."""
    state = schedule_state(due, done_on, today, due_soon_days)
    if due is None:
        return _("Sin una fecha prometida no se puede decir si va a tiempo.")
    values = {"due": in_words(due), "left": days_left(due, today), "n": due_soon_days, "done": in_words(done_on)}
    if state == "done_on_time":
        return _("Se entregó el %(done)s y vencía el %(due)s: cumplida en tiempo.") % values
    if state == "done_late":
        return _("Se entregó el %(done)s y vencía el %(due)s: cumplida con retraso.") % values
    if state == "overdue":
        return _("Vencía el %(due)s (%(left)s) y no consta que se haya entregado: está vencida.") % values
    if state == "due_soon":
        return _("Vence el %(due)s (%(left)s): se avisa «vence pronto» desde %(n)s días antes.") % values
    return _("Vence el %(due)s (%(left)s): va en tiempo.") % values
