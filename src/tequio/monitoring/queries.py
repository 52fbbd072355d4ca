"""Reads for the board and for the pages of commitments and activities. The number of queries does not grow with rows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch

from tequio.commitments.deadlines import Deadline, deadline_of, manual_in_force, rule_for, schedule_state
from tequio.commitments.models import Activity, Commitment, Evidence, Manual, Pause, Support
from tequio.common.dates import PartialDate
from tequio.monitoring.lights import Rollup, Standing, citizen_light, institution_light, together, weights
from tequio.monitoring.models import State, Track
from tequio.plans.models import Plan
from tequio.vocabularies import terms


@dataclass(frozen=True)
class Step:
    """An activity with where it stands."""

    activity: Activity
    standing: Standing
    deadline: Deadline


@dataclass(frozen=True)
class Row:
    """A commitment with where it stands, as the board shows it."""

    commitment: Commitment
    steps: tuple[Step, ...]
    rollup: Rollup
    evidence: int
    supporters: tuple[Support, ...]

    @property
    def branch(self) -> str:
        """The branch of the State in words."""
        return terms.label("branch", self.commitment.branch) if self.commitment.branch else ""

    @property
    def unnamed(self) -> int:
        """How many activities the source counts and does not name."""
        return max((self.commitment.activity_count or 0) - len(self.steps), 0)

    @property
    def next_step(self) -> Step | None:
        """The earliest step still to be done that has a date."""
        waiting = [s for s in self.steps if s.deadline.due and s.standing.state != State.VERIFIED]
        return min(waiting, key=lambda s: s.deadline.due or dt.date.max, default=None)

    @property
    def levels(self) -> list[dict[str, Any]]:
        """What reports say: a level or a range of levels, in our words beside the source's."""
        return [described(item) for item in self.commitment.assessments]


def described(item: dict[str, Any]) -> dict[str, Any]:
    """An assessment with its level in words: "De limitado a sustancial"."""
    low, high = item.get("low", ""), item.get("high", "")
    word = terms.label("completion", low) if low else ""
    if high and high != low:
        word = f"{word} → {terms.label('completion', high)}"
    return {**item, "word": word, "low": low, "high": high}


@dataclass
class Board:
    """A plan's board: all rows, those that pass the filters, and counts over the whole plan."""

    plan: Plan
    rows: list[Row]
    shown: list[Row] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return together(row.rollup for row in self.rows)

    @property
    def activities(self) -> int:
        return sum(len(row.steps) for row in self.rows)

    @property
    def unnamed(self) -> int:
        return sum(row.unnamed for row in self.rows)

    @property
    def gap(self) -> int:
        return sum(row.rollup.gap for row in self.rows)

    @property
    def completed(self) -> int:
        """Commitments all of whose activities are verified."""
        return sum(bool(row.steps) and row.rollup.verified == len(row.steps) for row in self.rows)

    def branches(self) -> list[str]:
        known = {row.commitment.branch for row in self.rows}
        return [key for key in terms.keys("branch") if key in known]

    def leads(self) -> list[Any]:
        found = {row.commitment.lead.slug: row.commitment.lead for row in self.rows if row.commitment.lead}
        return sorted(found.values(), key=lambda o: o.name)


def published_plans(jurisdiction: Any) -> list[Plan]:
    """The published plans, newest first."""
    return list(Plan.objects.filter(jurisdiction=jurisdiction, status=Plan.Status.PUBLISHED).order_by("-number"))


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
    found = []
    for row in rows:
        own = by_commitment[row.pk]
        for activity in own:
            activity.commitment = row
        steps = steps_of(own, plan, manual, holidays, pauses, today)
        rollup = Rollup(tuple(step.standing for step in steps), plan.legend)
        found.append(Row(row, tuple(steps), rollup, pieces.get(row.pk, 0), tuple(row.supports.all())))
    return found


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
) -> list[Step]:
    """The activities of one commitment with their standing."""
    shares = weights([activity.weight for activity in activities])
    steps = []
    for activity, weight in zip(activities, shares, strict=True):
        track = track_of(activity)
        state, said = (track.state, track.said) if track else (State.PENDING, "")
        deadline = deadline_of(activity, rule_for(activity, manual), holidays, pauses.get(activity.pk, ()))
        done_on = track.said_on if track and state == State.VERIFIED else None
        standing = Standing(
            state=state,
            said=said,
            institution=institution_light(said),
            citizens=citizen_light(state, deadline.due, today, plan.legend),
            weight=weight,
            schedule=schedule_state(deadline.due, done_on, today, plan.due_soon_days),
        )
        steps.append(Step(activity, standing, deadline))
    return steps


def track_of(activity: Activity) -> Track | None:
    """The activity's track, without a query where it was read along."""
    try:
        return activity.track
    except Track.DoesNotExist:
        return None


def board(plan: Plan, today: dt.date, filters: dict[str, str] | None = None) -> Board:
    """The board of a plan with the filters of its address applied."""
    found = Board(plan, rows_of(plan, today))
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
    if filters.get("vence") and not any(s.standing.schedule == "due_soon" for s in row.steps):
        return False
    if filters.get("q"):
        lead = commitment.lead.name if commitment.lead else ""
        texts = [commitment.title, commitment.problem, commitment.action, lead, commitment.ogp_id, commitment.code]
        haystack = terms.fold(" ".join(map(_all_words, texts + [s.activity.title for s in row.steps])))
        return all(word in haystack for word in terms.fold(filters["q"]).split())
    return True


def _all_words(value: Any) -> str:
    data = getattr(value, "data", value)
    return " ".join(data.values()) if isinstance(data, dict) else str(data)


def row_of(commitment: Commitment, today: dt.date) -> Row:
    """One commitment with where it stands, drafts included."""
    return rows_of(commitment.plan, today, [commitment.code], drafts=True)[0]
