"""Reads for the board and for the pages of commitments and activities. The number of queries does not grow with rows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Prefetch

from tequio.commitments.deadlines import deadline_of, manual_in_force, rule_for, schedule_state
from tequio.commitments.models import Activity, Commitment, Evidence, Manual, Pause, Support
from tequio.common.dates import PartialDate
from tequio.monitoring.lights import (
    LIGHTS,
    Rollup,
    Standing,
    citizen_light,
    institution_light,
    together,
    weights,
    word_for_many,
)
from tequio.monitoring.models import Said, State, Track
from tequio.monitoring.rows import Row, Step, described
from tequio.plans.models import Plan
from tequio.vocabularies import terms

__all__ = ["Board", "Row", "Step", "board", "described", "published_plans", "row_of", "rows_of"]


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


def published_plans(jurisdiction: Any) -> list[Plan]:
    """The published plans, newest first."""
    plans = Plan.objects.filter(jurisdiction=jurisdiction, status=Plan.Status.PUBLISHED)
    return list(plans.select_related("jurisdiction", "committee").order_by("-number"))


def is_told(plan: Plan, today: dt.date, tracks: bool) -> bool:
    """Whether an activity without a report may count as unreported. Not so in a plan that ended, without a committee and
    without a single report in what was loaded: there it is the sources that are silent."""
    return tracks or plan.end.last is None or plan.end.last >= today or hasattr(plan, "committee")


def rows_of(plan: Plan, today: dt.date, codes: Iterable[str] | None = None, *, drafts: bool = False) -> list[Row]:
    """The plan's commitments with where they stand; only ``codes`` if given."""
    commitments = Commitment.objects.filter(plan=plan)
    if not drafts:
        commitments = commitments.filter(status=Commitment.Status.PUBLISHED)
    if codes is not None:
        commitments = commitments.filter(code__in=list(codes))
    supports = Support.objects.select_related("organisation")
    rows = list(
        commitments.select_related("lead", "jurisdiction", "plan__jurisdiction")
        .prefetch_related(Prefetch("supports", supports))
        .order_by("number", "code")
    )
    activities = list(
        Activity.objects.filter(commitment__in=rows, withdrawn=False)
        .select_related("track", "lead")
        .order_by("order", "number")
    )
    by_commitment: dict[int, list[Activity]] = defaultdict(list)
    for activity in activities:
        by_commitment[activity.commitment_id].append(activity)
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for pause in Pause.objects.filter(activity__commitment__in=rows):
        pauses[pause.activity_id].append(pause)
    manual = manual_in_force(Manual.objects.filter(plan=plan), today)
    pieces = dict(
        Evidence.objects.filter(commitment__in=rows, personal_data=False)
        .values_list("commitment")
        .annotate(n=Count("pk"))
    )
    holidays = holidays_of(plan)
    # One commitment's page must say the same as the board, so the whole plan's tracks count.
    tracks = any(track_of(activity) for activity in activities)
    told = is_told(plan, today, tracks) or (codes is not None and _has_tracks(plan))
    found = []
    for row in rows:
        own = by_commitment[row.pk]
        for activity in own:
            activity.commitment = row
        steps = steps_of(own, plan, manual, holidays, pauses, today, told=told)
        rollup = Rollup(tuple(step.standing for step in steps), plan.legend, told)
        found.append(Row(row, tuple(steps), rollup, pieces.get(row.pk, 0), tuple(row.supports.all())))
    return found


def _has_tracks(plan: Plan) -> bool:
    return Track.objects.filter(activity__commitment__plan=plan).exists()


def holidays_of(plan: Plan) -> set[dt.date]:
    """The plan's days that a deadline in working days does not count."""
    return {day for text in plan.holidays if (day := PartialDate(text).first)}


def steps_of(
    activities: list[Activity],
    plan: Plan,
    manual: Manual | None,
    holidays: set[dt.date],
    pauses: dict[int, list[Pause]],
    today: dt.date,
    *,
    told: bool = True,
) -> list[Step]:
    """The activities of one commitment with their standing."""
    shares = weights([activity.weight for activity in activities])
    steps = []
    for activity, weight in zip(activities, shares, strict=True):
        track = track_of(activity)
        state, said = (track.state, track.said) if track else (State.PENDING, "")
        deadline = deadline_of(activity, rule_for(activity, manual), holidays, pauses.get(activity.pk, ()))
        standing = Standing(
            state=state,
            said=said,
            institution=institution_light(said, told=told),
            citizens=citizen_light(state, deadline.due, today, plan.legend, said=said, told=told),
            weight=weight,
            schedule=schedule_of(track, deadline.due, activity.start.first, plan, today) if told else "",
            told=told,
        )
        steps.append(Step(activity, standing, deadline))
    return steps


def schedule_of(track: Track | None, due: dt.date | None, start: dt.date | None, plan: Plan, today: dt.date) -> str:
    """The schedule of an activity (standards §6.1), a key of ``schedule_state``; empty where no date is promised.

    The day that counts is the day of the report, not that of the decision: while the committee takes its time, the
    institution's clock stands still.
    """
    if due is None:
        return ""
    said_on = track.said_on if track and track.said == Said.COMPLETE else None
    if track and said_on and track.state == State.VERIFIED:
        return schedule_state(due, said_on, today, plan.due_soon_days)
    if track and said_on and track.state in (State.REPORTED, State.UNDER_REVIEW, State.REOPENED):
        return "on_time" if said_on <= due else "overdue"
    found = schedule_state(due, None, today, plan.due_soon_days)
    return "not_due" if found == "on_time" and start is not None and start > today else found


def track_of(activity: Activity) -> Track | None:
    """The activity's track, without a query where it was read along."""
    try:
        return activity.track
    except Track.DoesNotExist:
        return None


def board(plan: Plan, today: dt.date, filters: dict[str, str] | None = None) -> Board:
    """The board of a plan with the filters of its address applied."""
    rows = rows_of(plan, today)
    found = Board(plan, rows, rows[0].rollup.told if rows else is_told(plan, today, tracks=False))
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


def row_of(commitment: Commitment, today: dt.date) -> Row:
    """One commitment with where it stands, drafts included."""
    return rows_of(commitment.plan, today, [commitment.code], drafts=True)[0]
