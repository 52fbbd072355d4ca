"""The board as a timeline: where each activity's bar lies between the plan's first and last day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tequio.common.i18n import best
from tequio.monitoring.rows import Row, Step

WIDTH, ROW, LEFT = 900, 30, 8  # units of the drawing
LETTER, NARROWEST = 7.2, 26  # about how wide a letter is; a bar holds at least its shape


@dataclass(frozen=True)
class Bar:
    """A bar of the drawing, in its units, with the step that it shows."""

    step: Step
    x: float
    y: int
    width: float
    label: str
    label_x: float
    anchor: str

    @property
    def icon_x(self) -> float:
        return self.x + 4


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
        for place_in_list, step in enumerate(row.steps, 1):
            if not step.deadline.due:
                continue
            due = step.deadline.due or last
            start = step.activity.start.first or due - dt.timedelta(days=max(span // 60, 3))
            x = place(max(start, first))
            bars.append(_bar(step, place_in_list, x, y, max(place(due) - x, NARROWEST)))
            y += ROW
        groups.append((row, title_y, tuple(bars)))
        y += 10
    years = tuple((year, place(max(dt.date(year, 1, 1), first))) for year in range(first.year, last.year + 1))
    return Timeline(y, tuple(groups), years, place(today) if first <= today <= last else None, undated)


def _bar(step: Step, number: int, x: float, y: int, width: float) -> Bar:
    """The bar with its label on the side that has more room, shortened to fit there."""
    x = min(x, WIDTH - LEFT - width)
    after = WIDTH - (x + width) >= x
    room = int(((WIDTH - x - width if after else x) - 12) / LETTER)
    label = f"{number}. {best(step.activity.title)[0]}"
    if len(label) > room:
        label = label[: max(room - 1, 2)].rstrip() + "…"
    label_x = round(x + width + 8, 1) if after else round(x - 8, 1)
    return Bar(step, round(x, 1), y, round(width, 1), label, label_x, "start" if after else "end")
