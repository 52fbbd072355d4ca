"""When mail goes out: at once, every morning, or on Monday mornings, by the jurisdiction's own clock."""

import datetime as dt
from zoneinfo import ZoneInfo

from tequio.notices.models import Frequency

HOUR = 7  # local time at which mail of the day goes out


def next_due(frequency: str, now: dt.datetime, zone: str) -> dt.datetime | None:
    """The next moment for mail after ``now``; None for whoever hears at once: something must happen first."""
    if frequency == Frequency.NOW:
        return None
    here = now.astimezone(ZoneInfo(zone))
    day = here.date() + dt.timedelta(days=here.time() >= dt.time(HOUR))
    if frequency == Frequency.WEEKLY:
        day += dt.timedelta(days=-day.weekday() % 7)
    return dt.datetime.combine(day, dt.time(HOUR), ZoneInfo(zone))
