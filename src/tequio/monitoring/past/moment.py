"""Which acts count on a day: those that were on the record by its end, and before the record began what they tell of."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.plans.models import Plan
from tequio.record.models import Act


@dataclass(frozen=True)
class Moment:
    """The end of ``day``, where the plan is, for a plan whose first act was written on ``began`` (None: no act yet).

    From ``began`` on the record itself is the witness: an act counts from the day on which it was *written*, so nobody
    can change the board of a past day afterwards. Of the days before, only what was loaded later can tell: there an act
    counts from the day that it says it tells of (``done``).
    """

    day: dt.date
    began: dt.date | None

    @property
    def on_record(self) -> bool:
        """Whether the record already existed: the board can be proven."""
        return self.began is not None and self.day >= self.began

    @property
    def until(self) -> dt.datetime:
        """The first moment after the day, in the time zone of the territory."""
        return timezone.make_aware(dt.datetime.combine(self.day + dt.timedelta(days=1), dt.time()))

    def day_of(self, at: dt.datetime, done: dt.date | None) -> dt.date:
        """The day from which an act counts."""
        if done is not None and self.began is not None and done < self.began:
            return done
        return timezone.localdate(at)


def began(plan: Plan) -> dt.date | None:
    """The day on which the record of a plan begins."""
    first = Act.objects.filter(on=plan.subject_key(), rev=1).values_list("at", flat=True).first()
    return timezone.localdate(first) if first else None


def moment_of(plan: Plan, day: dt.date) -> Moment:
    """The moment of a plan's board on a day."""
    return Moment(day, began(plan))


def readable_day(words: Any, *, earliest: int = 2000) -> dt.date:
    """A day as addresses write it (``2023-05-01``). ``ValidationError`` in words for anything else, for a day that has
    not come yet, and for one before any plan of open government."""
    try:
        day = dt.date.fromisoformat(str(words).strip())
    except ValueError:
        raise ValidationError(_("Escribe la fecha como año-mes-día, por ejemplo 2023-05-01.")) from None
    if day > timezone.localdate():
        raise ValidationError(_("Esa fecha todavía no llega: elige hoy o un día anterior."))
    if day.year < earliest:
        raise ValidationError(_("Elige una fecha del año %(year)s en adelante.") % {"year": earliest})
    return day
