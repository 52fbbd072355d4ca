"""Measured values of an indicator: what to look at twice before one is public, and what was told of each since."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.commitments.attainment import latest_values, target_for
from tequio.commitments.models import Indicator, IndicatorValue
from tequio.common.charts import figure
from tequio.common.dates import PartialDate, in_words
from tequio.record.core import canon
from tequio.record.models import Act

FAR = 3  # times the target from which a value looks like a slip of the keyboard


def doubts(
    indicator: Indicator,
    *,
    period: PartialDate,
    value: Decimal,
    today: dt.date,
    corrected: IndicatorValue | None = None,
) -> list[str]:
    """What looks wrong about a value, each as a sentence: its period is there already or is not over, the figure lies
    outside of what a percentage may be, far from the target, or goes against the expected direction.

    None of it forbids the value: whoever measured it knows better. ``corrected`` is the value that this one corrects.
    """
    known = [row for row in indicator.values.all() if corrected is None or row.pk != corrected.pk]
    found = []
    same = [row for row in known if row.period == period]
    if same:
        found.append(
            _("Ya hay un valor de %(period)s: %(value)s. Si estaba mal, corrígelo; si se midió otra vez, confírmalo.")
            % {"period": in_words(period), "value": figure(same[-1].value)}
        )
    if period.last and period.last > today:
        found.append(
            _("El periodo todavía no termina (%(day)s): el valor será parcial.") % {"day": in_words(period.last)}
        )
    return found + _about_the_figure(indicator, known, period, value)


def _about_the_figure(
    indicator: Indicator, known: list[IndicatorValue], period: PartialDate, value: Decimal
) -> list[str]:
    found = []
    if indicator.unit.strip() in ("%", "por ciento", "porcentaje", "Porcentaje") and not 0 <= value <= 100:
        found.append(_("Es un porcentaje y el valor no está entre 0 y 100."))
    target = target_for(indicator.targets, period)
    if target and target[0] > 0 and value > target[0] * FAR:
        found.append(
            _("El valor es más de %(n)s veces la meta (%(target)s).") % {"n": FAR, "target": figure(target[0])}
        )
    if value < 0 and (indicator.baseline_value is None or indicator.baseline_value >= 0):
        found.append(_("El valor es negativo."))
    earlier = [row for row in latest_values(known) if row.period.last and period.last and row.period.last < period.last]
    before = earlier[-1].value if earlier else indicator.baseline_value
    if before is not None and indicator.direction == "ascendente" and value < before:
        found.append(_("Se espera que suba y baja: antes era %(before)s.") % {"before": figure(before)})
    if before is not None and indicator.direction == "descendente" and value > before:
        found.append(_("Se espera que baje y sube: antes era %(before)s.") % {"before": figure(before)})
    return found


@dataclass(frozen=True)
class Event:
    """An act on a value: ``kind`` recorded, corrected or verified, on a ``day``, with its reason and what the value said."""

    kind: str
    day: dt.date
    why: str
    period: PartialDate
    value: Decimal
    number: int | None


@dataclass(frozen=True)
class Line:
    """A value with everything told of it, oldest first."""

    value: IndicatorValue
    events: list[Event] = field(default_factory=list)

    @property
    def later(self) -> list[Event]:
        """What happened to it after it was recorded, newest first."""
        return self.events[:0:-1]

    def _last(self, kind: str) -> Event | None:
        return next((event for event in reversed(self.events) if event.kind == kind), None)

    @property
    def verified(self) -> Event | None:
        """When and why the Committee verified it, if it stands so."""
        return self._last("verified") if self.value.verified else None

    @property
    def earlier(self) -> list[tuple[Event, Event]]:
        """What it said before each correction, with the correction; newest first."""
        pairs = zip(self.events, self.events[1:], strict=False)
        return [(before, after) for before, after in pairs if after.kind == "corrected"][::-1]


def lines_of(values: Iterable[IndicatorValue]) -> list[Line]:
    """The values of one indicator with what was told of each since, in one query; newest period first."""
    rows = sorted(values, key=lambda row: (str(row.period.last), row.number), reverse=True)
    keys = {row.subject_key(): row for row in rows}
    told: dict[str, list[Event]] = {key: [] for key in keys}
    for act in Act.objects.filter(on__in=list(keys)).select_related("numbered").order_by("rev"):
        entry = canon.decode(bytes(act.entry))
        state: dict[str, Any] = entry.get("state", {})
        told[act.on].append(
            Event(
                kind=act.kind.removeprefix("value."),
                day=dt.date.fromisoformat(entry["done"]) if "done" in entry else timezone.localtime(act.at).date(),
                why=str(entry.get("why", "")),
                period=PartialDate(state.get("period", "")),
                value=Decimal(state.get("value", "0")),
                number=act.numbered.position if hasattr(act, "numbered") else None,
            )
        )
    return [Line(row, told[key]) for key, row in keys.items()]
