"""The board as a timeline: where each activity's bar lies between the plan's first and last day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tequio.monitoring.queries import Row, Step

WIDTH, ROW, LEFT = 900, 30, 8  # units of the drawing


@dataclass(frozen=True)
class Bar:
    """A bar of the drawing, in its units, with the step that it shows."""

    step: Step
    x: float
    y: int
    width: float
    middle: int


@dataclass(frozen=True)
class Timeline:
    """What the template draws: groups of bars by commitment, the years, and today's line."""

    height: int
    groups: tuple[tuple[Row, int, tuple[Bar, ...]], ...]
    years: tuple[tuple[int, float], ...]
    today: float | None
    undated: tuple[Step, ...]


def timeline(rows: Sequence[Row], today: dt.date) -> Timeline | None:
    """The drawing for these rows, or None where nothing has a date."""
    dates = [d for row in rows for s in row.steps for d in (s.activity.start.first, s.deadline.due) if d]
    undated = tuple(s for row in rows for s in row.steps if not s.deadline.due)
    if not dates:
        return None
    first, last = min(dates), max(dates)
    span = max((last - first).days, 1)

    def place(day: dt.date) -> float:
        return round(LEFT + (WIDTH - 2 * LEFT) * (day - first).days / span, 1)

    y, groups = 24, []
    for row in rows:
        dated = [s for s in row.steps if s.deadline.due]
        if not dated:
            continue
        title_y = y + 18
        y += 26
        bars = []
        for step in dated:
            due = step.deadline.due or last
            start = step.activity.start.first or due - dt.timedelta(days=max(span // 60, 3))
            x = place(max(start, first))
            bars.append(Bar(step, x, y, max(place(due) - x, 8), y + 15))
            y += ROW
        groups.append((row, title_y, tuple(bars)))
        y += 10
    years = tuple((year, place(max(dt.date(year, 1, 1), first))) for year in range(first.year, last.year + 1))
    return Timeline(y, tuple(groups), years, place(today) if first <= today <= last else None, undated)
