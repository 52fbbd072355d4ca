"""The health of a programme in figures: counts that anybody can count again, never an average of lights.

All of it is read at a number of queries that does not grow with the plan.
"""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from django.utils import timezone
from django.utils.translation import get_language

from tequio.commitments.models import Evidence
from tequio.common.moment import remembered
from tequio.monitoring import past
from tequio.monitoring.models import Decision, Report, Said, State
from tequio.monitoring.queries import rows_of
from tequio.monitoring.rows import Row, Step
from tequio.observations.models import Observation
from tequio.observations.queries import Clock, clock_of
from tequio.plans.models import Plan
from tequio.record.models import Act

QUARTERS = 16  # quarters that the line in time shows at most
BUCKETS = (7, 15, 30, 60)  # days from report to decision: up to each, and more
WAITS = (State.REPORTED, State.UNDER_REVIEW, State.REOPENED)


@dataclass(frozen=True)
class Quarter:
    """The end of a quarter (or today): how many activities were said to be done, and how many were verified."""

    day: dt.date
    said: int
    verified: int


@dataclass
class House:
    """One institution: its activities, and of them those said to be done, verified, overdue, with evidence."""

    name: str
    total: int = 0
    said: int = 0
    verified: int = 0
    gap: int = 0
    overdue: int = 0
    proven: int = 0


class Health:
    """What the page tells of one plan on a day."""

    def __init__(self, plan: Plan, today: dt.date) -> None:
        self.plan, self.today = plan, today
        self.rows: list[Row] = rows_of(plan, today, lean=True)

    @cached_property
    def steps(self) -> list[Step]:
        """All activities of the plan; those of proactive commitments too."""
        return [step for row in self.rows for step in row.steps]

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def told(self) -> bool:
        """Whether the silence about an activity says anything; not so in old plans of which no source tells."""
        return bool(self.rows) and self.rows[0].rollup.told

    @property
    def said(self) -> int:
        return sum(step.standing.said == Said.COMPLETE for step in self.steps)

    @property
    def verified(self) -> int:
        return sum(step.standing.state == State.VERIFIED for step in self.steps)

    @property
    def gap(self) -> int:
        return sum(step.standing.has_gap for step in self.steps)

    @cached_property
    def schedule(self) -> Counter[str]:
        """How many activities stand how against their date (keys of ``schedule_state``; empty: no date to count by)."""
        return Counter(step.standing.schedule for step in self.steps)

    @cached_property
    def proven(self) -> set[int]:
        """The activities (primary keys) with at least one public piece of evidence, handed in or named in a report."""
        shown = Evidence.objects.filter(commitment__plan=self.plan, personal_data=False)
        pairs = shown.values_list("activity", "reports__activity").distinct()
        known = {step.activity.pk for step in self.steps}
        return {pk for pair in pairs for pk in pair if pk in known}

    @cached_property
    def links(self) -> Counter[str]:
        """How many addresses of evidence are in which state (keys of ``LinkState``; empty: not looked at yet)."""
        shown = Evidence.objects.filter(commitment__plan=self.plan, personal_data=False).exclude(url="")
        return Counter(shown.order_by().values_list("link_state", flat=True))

    @cached_property
    def _decisions(self) -> list[Decision]:
        rows = Decision.objects.filter(activity__commitment__plan=self.plan, annulled_on=None)
        return list(rows.only("activity_id", "number", "result", "on").order_by("activity_id", "on", "number"))

    @cached_property
    def _reports(self) -> list[Report]:
        rows = Report.objects.filter(activity__commitment__plan=self.plan)
        return list(rows.only("activity_id", "number", "on").order_by("activity_id", "number"))

    @property
    def results(self) -> Counter[str]:
        """Decisions in force by result."""
        return Counter(row.result for row in self._decisions)

    @cached_property
    def waits(self) -> list[int]:
        """Days from each report to the decision that answered it, in order of length. A report that was replaced by
        another before anybody decided has none; reopening is no answer to a report."""
        decided: dict[int, list[dt.date]] = defaultdict(list)
        for row in self._decisions:
            if row.result != State.REOPENED:
                decided[row.activity_id].append(row.on)
        following: dict[int, dt.date] = {}
        found = []
        for report in reversed(self._reports):
            until = following.get(report.activity_id, dt.date.max)
            first = next((day for day in decided[report.activity_id] if report.on <= day <= until), None)
            if first is not None and (first < until or until == dt.date.max):
                found.append((first - report.on).days)
            following[report.activity_id] = report.on
        return sorted(found)

    @property
    def median_wait(self) -> float | None:
        """The middle of those days: half of the reports waited less, half more."""
        return float(median(self.waits)) if self.waits else None

    @property
    def waits_by_length(self) -> list[int]:
        """How many reports waited up to each number of days of ``BUCKETS``, and more."""
        edges = [-1, *BUCKETS, 10**6]
        return [sum(low < days <= high for days in self.waits) for low, high in pairwise(edges)]

    @cached_property
    def undecided(self) -> list[int]:
        """Days that each report which the committee has before it has waited until today, longest first."""
        last = {report.activity_id: report.on for report in self._reports}
        waiting = [
            step.activity.pk
            for step in self.steps
            if step.standing.state in WAITS and step.standing.said == Said.COMPLETE and step.activity.pk in last
        ]
        return sorted(((self.today - last[pk]).days for pk in waiting), reverse=True)

    @cached_property
    def clock(self) -> Clock:
        """How observations were answered."""
        rows = Observation.objects.filter(commitment__plan=self.plan, published_on__isnull=False)
        return clock_of(rows, self.today)

    @cached_property
    def houses(self) -> list[House]:
        """Each institution that leads activities, by name."""
        found: dict[str, House] = {}
        for step in self.steps:
            lead = step.activity.lead or step.activity.commitment.lead
            house = found.setdefault(lead.name if lead else "", House(lead.name if lead else ""))
            house.total += 1
            house.said += step.standing.said == Said.COMPLETE
            house.verified += step.standing.state == State.VERIFIED
            house.gap += step.standing.has_gap
            house.overdue += step.standing.schedule == "overdue"
            house.proven += step.activity.pk in self.proven
        return [found[name] for name in sorted(found, key=lambda name: (not name, name))]

    @cached_property
    def quarters(self) -> list[Quarter]:
        """How both counts grew, quarter by quarter, from the acts on where each activity stands; none before the first."""
        keys = {f"{self.plan.jurisdiction.slug}/track/{step.activity.number}" for step in self.steps}
        moment = past.moment_of(self.plan, self.today)
        acts = Act.objects.filter(on__in=sorted(keys)).order_by("on", "rev").values_list("on", "at", "entry")
        events: list[tuple[dt.date, str, bool, bool]] = []
        latest: dict[str, dt.date] = {}
        for key, at, data in acts:
            entry = json.loads(bytes(data))
            done = dt.date.fromisoformat(entry["done"]) if "done" in entry else None
            # An entry builds on the one before it: it cannot count from an earlier day.
            day = latest[key] = max(moment.day_of(at, done), latest.get(key, dt.date.min))
            state = entry.get("state", {})
            events.append((day, key, state.get("said") == Said.COMPLETE, state.get("state") == State.VERIFIED))
        if not events:
            return []
        events.sort(key=lambda event: event[0])  # the order of each activity's own acts stays
        standing: dict[str, tuple[bool, bool]] = {}
        found, place = [], 0
        for day in _quarter_ends(events[0][0], self.today):
            while place < len(events) and events[place][0] <= day:
                _day, key, said, verified = events[place]
                standing[key] = (said, verified)
                place += 1
            found.append(Quarter(day, sum(s for s, _v in standing.values()), sum(v for _s, v in standing.values())))
        return found[-QUARTERS:]


def _quarter_ends(first: dt.date, today: dt.date) -> Iterable[dt.date]:
    """The last days of the quarters from that of ``first`` on, then today."""
    year, month = first.year, (first.month - 1) // 3 * 3 + 4
    while True:
        start = dt.date(year + (month > 12), (month - 1) % 12 + 1, 1)
        day = start - dt.timedelta(days=1)
        if day >= today:
            yield today
            return
        yield day
        year, month = start.year, start.month + 3


def health(plan: Plan, today: dt.date | None = None) -> Health:
    """The figures of a plan today."""
    return _health(plan, today or timezone.localdate(), get_language())


@remembered
def _health(plan: Plan, today: dt.date, language: str) -> Health:
    """The same for each panel and its table, in one language."""
    return Health(plan, today)


def described(value: float) -> str:
    """A number of days without a needless zero."""
    return str(int(value)) if float(value).is_integer() else f"{value:.1f}"
