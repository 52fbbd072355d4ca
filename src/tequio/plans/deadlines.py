"""The obligations of a plan's cycle and when each is due (standards §2, DL-1 to DL-14).

The rules are the list of terms ``obligation``: an administrator may change them. What has been done is told by whoever
knows (sessions, reports, published documents) through ``done``; what nobody tells is never taken for a failure.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tequio.common.dates import PartialDate, add_months
from tequio.plans.models import Plan
from tequio.vocabularies import terms
from tequio.vocabularies.models import Term

MET, FAILED, DUE_SOON, NOT_DUE, UNTOLD, NO_DATE = "met", "failed", "due_soon", "not_due", "untold", "no_date"
WORDS = {
    MET: _("Cumplida"),
    FAILED: _("No cumplida"),
    DUE_SOON: _("Vence pronto"),
    NOT_DUE: _("Aún no vence"),
    UNTOLD: _("No consta si se hizo"),
    NO_DATE: _("Falta una fecha para calcularla"),
}
COLOURS = {MET: "green", FAILED: "red", DUE_SOON: "amber", NOT_DUE: "", UNTOLD: "grey", NO_DATE: ""}


@dataclass(frozen=True)
class Obligation:
    """One day by which something is due. ``due`` is None where a date of the plan is missing.

    ``key`` (``dl_3``) with ``place`` (1, 2, … of a series) names it for ever; ``rule`` says in words how the day follows
    from the plan's dates; ``is_about`` that one of those dates is known only by month or year; ``repeats`` that it comes
    again and again all along the plan; ``basis`` P, R or T.
    """

    key: str
    label: str
    rule: str
    basis: str
    due: dt.date | None
    state: str
    place: int = 1
    of: int = 1
    is_about: bool = False
    repeats: bool = False
    done_on: dt.date | None = None

    @property
    def word(self) -> Any:
        """The state in words."""
        return WORDS[self.state]

    @property
    def colour(self) -> str:
        """The colour of the state's tag; empty for none."""
        return COLOURS[self.state]


def obligations(
    plan: Plan,
    today: dt.date,
    done: Mapping[str, Collection[dt.date]] | None = None,
    anchors: Mapping[str, dt.date] | None = None,
) -> list[Obligation]:
    """Every obligation of the cycle with its day and state, in order of time; those without a day last.

    ``done`` gives the days on which an obligation (by key) was fulfilled; ``anchors`` dates that the plan does not hold:
    ``completed_at``, ``draft_published``, ``cocreation_start``.
    """
    known = _anchors(plan) | {name: (day, False) for name, day in (anchors or {}).items()}
    done = {**_told_by(plan), **(done or {})}
    found: list[Obligation] = []
    for term in terms.terms("obligation"):
        found += _of_term(term, plan, known, sorted(done.get(term.key, ())), today)
    return sorted(found, key=lambda row: (row.due is None, row.due or today, row.key))


def split(rows: list[Obligation], today: dt.date) -> tuple[list[Obligation], list[Obligation], list[Obligation]]:
    """What a page shows: what is to come, what was due already (newest first), and what lacks a date.

    Of an obligation that repeats, only the next time is to come, and of those that nobody tells of only the last.
    """
    coming, past, undated = [], [], [row for row in rows if row.due is None]
    next_ones: set[str] = set()
    silent: set[str] = set()
    for row in rows:
        if row.due and row.due >= today and row.key not in next_ones:
            coming.append(row)
            next_ones |= {row.key} if row.repeats else set()
    for row in reversed(rows):
        is_silent = row.repeats and row.state == UNTOLD
        if row.due and row.due < today and not (is_silent and row.key in silent):
            past.append(row)
            silent |= {row.key} if is_silent else set()
    return coming, past, undated


Anchors = dict[str, tuple[dt.date, bool]]


def _anchors(plan: Plan) -> Anchors:
    """The plan's own dates: the day, and whether it is imprecise. A start counts from its first day, an end to its last."""
    found: Anchors = {}

    def put(name: str, value: PartialDate | dt.date | None, *, last: bool = True) -> None:
        partial = PartialDate(value or "")
        day = partial.last if last else partial.first
        if day is not None:
            found[name] = (day, len(partial) < 10)

    put("plan_start", plan.start, last=False)
    put("plan_end", plan.end)
    put("submitted_at", plan.submitted_on)
    put("term_end", plan.term_end)
    for phase in plan.phases:
        if phase.get("key") == "cocreation":
            put("cocreation_start", phase.get("start"), last=False)
    return found


def _told_by(plan: Plan) -> dict[str, list[dt.date]]:
    """What the plan's own fields show to have been done."""
    endorsed = [
        PartialDate(row["date"]).last for row in plan.endorsements if row.get("date") and not row.get("is_government")
    ]
    joined = [PartialDate(p["start"]).first for p in plan.phases if p.get("key") == "onboarding" and p.get("start")]
    return {
        "dl_2": [day for day in endorsed if day],
        "dl_10": [plan.end.last] if plan.end.last else [],
        "dl_11": [day for day in joined if day],
    }


def _of_term(term: Term, plan: Plan, known: Anchors, done: list[dt.date], today: dt.date) -> list[Obligation]:
    dues, about = _dues(term.details["due"], known)
    rule = str(term.details.get("when_en" if (get_language() or "es").startswith("en") else "when_es", ""))
    label = terms.label("obligation", term.key)
    if not dues:
        return [Obligation(term.key, label, rule, term.basis, None, NO_DATE)]
    rows: list[Obligation] = []
    before: dt.date | None = None
    least, repeats = int(term.details["due"].get("at_least", 1)), "every_months" in term.details["due"]
    for place, due in enumerate(dues, 1):
        fitting = [day for day in done if (before is None or day > before) and day <= due]
        late = [day for day in done if day > due] if len(dues) == 1 else []
        state = _state(due, len(fitting) >= least, bool(late), today, plan.due_soon_days)
        done_on = fitting[least - 1] if len(fitting) >= least else next(iter(late), None)
        rows.append(
            Obligation(term.key, label, rule, term.basis, due, state, place, len(dues), about, repeats, done_on)
        )
        before = due if len(dues) > 1 else None
    return rows


def _state(due: dt.date, met: bool, late: bool, today: dt.date, soon: int) -> str:
    if met:
        return MET
    if late:
        return FAILED
    if due < today:
        return UNTOLD
    return DUE_SOON if (due - today).days <= soon else NOT_DUE


def _dues(rule: dict[str, Any], known: Anchors) -> tuple[list[dt.date], bool]:
    """The days that a rule gives, and whether they rest on an imprecise date."""
    if "every_months" in rule:
        start, end = known.get("plan_start"), known.get("plan_end")
        if start is None or end is None or end[0] < start[0]:
            return [], False
        step, days, n = int(rule["every_months"]), [], 1
        while (day := add_months(start[0], step * n)) <= end[0]:
            days.append(day)
            n += 1
        return days, start[1] or end[1]
    anchor = known.get(rule["from"])
    if anchor is None:
        return _dues(rule["otherwise"], known) if "otherwise" in rule else ([], False)
    day, about = anchor
    if "months" in rule:
        return [add_months(day, months) for months in _each(rule["months"])], about
    return [day + dt.timedelta(days=days) for days in _each(rule.get("days", 0))], about


def _each(value: Any) -> list[int]:
    return [int(item) for item in value] if isinstance(value, list) else [int(value)]
