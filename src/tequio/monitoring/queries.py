"""Reads for the board and for the pages of commitments and activities. The number of queries does not grow with rows."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from tequio.commitments.models import Commitment, Support
from tequio.common.moment import remembered
from tequio.monitoring.lights import LIGHTS, Rollup, together, word_for_many
from tequio.monitoring.models import Decision, State
from tequio.monitoring.rows import Row, Step, described
from tequio.monitoring.standing import rows_for
from tequio.plans.models import Plan
from tequio.vocabularies import terms

__all__ = [
    "Board",
    "Row",
    "Step",
    "board",
    "described",
    "published_plans",
    "row_of",
    "rows_of",
    "standings",
    "with_names",
]


@dataclass
class Board:
    """A plan's board: all rows, those that pass the filters, and counts over the whole plan.

    The counts leave proactive commitments out (standards §6.3), unless there are no others.
    """

    plan: Plan
    rows: list[Row]
    told: bool = True
    shown: list[Row] = field(default_factory=list)

    @cached_property
    def headline(self) -> list[Row]:
        """The commitments that the plan's counts are about."""
        return [row for row in self.rows if not row.proactive] or self.rows

    @cached_property
    def counts(self) -> dict[str, int]:
        return together(row.rollup for row in self.headline)

    @property
    def counters(self) -> list[tuple[str, Any, int]]:
        """Each light with its word in the plural and how many activities show it."""
        return [(c, word_for_many(c, self.plan.legend, told=self.told), self.counts[c]) for c in LIGHTS]

    @property
    def blocks(self) -> list[tuple[bool, list[Row]]]:
        """What is shown in its blocks: co-created commitments, then proactive ones."""
        blocks = [(flag, [row for row in self.shown if row.proactive is flag]) for flag in (False, True)]
        return [block for block in blocks if block[1]]

    @property
    def activities(self) -> int:
        return sum(len(row.steps) for row in self.headline)

    @property
    def unnamed(self) -> int:
        return sum(row.unnamed for row in self.headline)

    @property
    def gap(self) -> int:
        return sum(row.rollup.gap for row in self.rows)

    @property
    def due_soon(self) -> int:
        """How many commitments have an activity that is due soon."""
        return sum(_is_due_soon(row) for row in self.rows)

    @property
    def completed(self) -> int:
        """Commitments all of whose activities are verified."""
        return sum(bool(row.steps) and row.rollup.verified == len(row.steps) for row in self.headline)

    @property
    def evidence(self) -> int:
        """How many pieces of evidence the public can see."""
        return sum(row.evidence for row in self.rows)

    @property
    def with_level(self) -> int:
        """Commitments on which a report gives a level."""
        return sum(row.level is not None for row in self.headline)

    def branches(self) -> list[str]:
        known = {row.commitment.branch for row in self.rows}
        return [key for key in terms.keys("branch") if key in known]

    def leads(self) -> list[Any]:
        found = {row.commitment.lead.slug: row.commitment.lead for row in self.rows if row.commitment.lead}
        return sorted(found.values(), key=lambda o: o.name)


def with_names(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Decisions with those who took part and their names."""
    return decisions.prefetch_related("members__office", "members__organisation", "members__person")


def published_plans(jurisdiction: Any) -> list[Plan]:
    """The published plans, newest first."""
    plans = Plan.objects.filter(jurisdiction=jurisdiction, status=Plan.Status.PUBLISHED)
    return list(plans.select_related("jurisdiction").order_by("-number"))


def _with_related(commitments: QuerySet[Commitment], *, lean: bool = False) -> list[Commitment]:
    supports = Support.objects.all() if lean else Support.objects.select_related("organisation")
    return list(
        commitments.select_related("lead", "jurisdiction", "plan__jurisdiction").prefetch_related(
            Prefetch("supports", supports)
        )
    )


def rows_of(plan: Plan, today: dt.date, *, lean: bool = False) -> list[Row]:
    """The plan's published commitments with where they stand; ``lean``: without what a board does not show."""
    return list(_rows_of(plan, today, lean, get_language()))


@remembered
def _rows_of(plan: Plan, today: dt.date, lean: bool, language: str) -> list[Row]:
    """The same for a board and for each of its filters, in one language."""
    commitments = Commitment.objects.filter(plan=plan, status=Commitment.Status.PUBLISHED)
    return rows_for(_with_related(commitments.order_by("number", "code"), lean=lean), today, lean=lean)


def row_of(commitment: Commitment, today: dt.date) -> Row:
    """One commitment with where it stands, a draft too."""
    return rows_for(_with_related(Commitment.objects.filter(pk=commitment.pk)), today)[0]


def standings(commitments: list[Commitment]) -> dict[int, Rollup]:
    """Where each commitment stands, by primary key, for lists on other pages."""
    rows = _with_related(Commitment.objects.filter(pk__in=[row.pk for row in commitments]))
    return {row.commitment.pk: row.rollup for row in rows_for(rows, timezone.localdate())}


def board(plan: Plan, today: dt.date, filters: dict[str, str] | None = None) -> Board:
    """The board of a plan with the filters of its address applied."""
    return arranged(plan, rows_of(plan, today, lean=True), filters)


def arranged(plan: Plan, rows: list[Row], filters: dict[str, str] | None = None) -> Board:
    """The board of these rows with the filters applied."""
    found = Board(plan, rows, told=rows[0].rollup.told if rows else True)
    filters = filters or {}
    found.shown = [row for row in found.rows if passes(row, filters)]
    order = filters.get("orden")
    if order == "diferencia":
        found.shown.sort(key=lambda row: -row.rollup.gap)
    elif order == "fecha":
        found.shown.sort(key=lambda row: (row.next_step.deadline.due if row.next_step else dt.date.max) or dt.date.max)
    return found


def passes(row: Row, filters: dict[str, str]) -> bool:
    """Whether a commitment passes all filters."""
    commitment = row.commitment
    if filters.get("poder") and commitment.branch != filters["poder"]:
        return False
    if filters.get("institucion") and (not commitment.lead or commitment.lead.slug != filters["institucion"]):
        return False
    if filters.get("luz") and not any(s.standing.citizens.colour == filters["luz"] for s in row.steps):
        return False
    if filters.get("diferencia") and not row.rollup.gap:
        return False
    if filters.get("vence") and not _is_due_soon(row):
        return False
    if filters.get("q"):
        lead = commitment.lead.name if commitment.lead else ""
        texts = [commitment.title, commitment.problem, commitment.action, lead, commitment.ogp_id, commitment.code]
        haystack = terms.fold(" ".join(map(_all_words, texts + [s.activity.title for s in row.steps])))
        return all(word in haystack for word in terms.fold(filters["q"]).split())
    return True


def _is_due_soon(row: Row) -> bool:
    waiting = (s for s in row.steps if s.standing.state != State.VERIFIED)
    return any(s.standing.schedule == "due_soon" for s in waiting)


def _all_words(value: Any) -> str:
    data = getattr(value, "data", value)
    return " ".join(data.values()) if isinstance(data, dict) else str(data)
