"""How near an indicator came to its target, and the light of that (standards §9.3).

There is no single national range: the thresholds are the indicator's own, or those of a preset (a list of terms that an
administrator may change), and are printed beside the light. Decimals are compared before any rounding.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.commitments.models import Indicator, IndicatorValue
from tequio.common.charts import figure
from tequio.common.dates import PartialDate
from tequio.vocabularies import terms

HUNDRED = Decimal(100)
DEFAULT_PRESET = "simple"
NO_DATE = PartialDate()


@dataclass(frozen=True)
class Band:
    """An interval of attainment in percent with its light; None is without end; each end belongs to it or not."""

    light: str
    start: Decimal | None
    end: Decimal | None
    has_start: bool = True
    has_end: bool = False

    def holds(self, percent: Decimal) -> bool:
        """Whether an attainment lies in this interval."""
        above = self.start is None or percent > self.start or (self.has_start and percent == self.start)
        below = self.end is None or percent < self.end or (self.has_end and percent == self.end)
        return above and below

    @property
    def words(self) -> str:
        """The interval as people read it: "de 90 a menos de 95 %"."""
        start, end = (None if edge is None else figure(edge) for edge in (self.start, self.end))
        if start is None and end is None:
            return _("cualquier avance")
        if start is None:
            return (_("%(end)s %% o menos") if self.has_end else _("menos de %(end)s %%")) % {"end": end}
        if end is None:
            return (_("%(start)s %% o más") if self.has_start else _("más de %(start)s %%")) % {"start": start}
        words = {
            (True, True): _("de %(start)s a %(end)s %%"),
            (True, False): _("de %(start)s a menos de %(end)s %%"),
            (False, True): _("más de %(start)s y hasta %(end)s %%"),
            (False, False): _("más de %(start)s y menos de %(end)s %%"),
        }
        return words[self.has_start, self.has_end] % {"start": start, "end": end}

    @property
    def word(self) -> str:
        """The light's word."""
        return terms.label("attainment", self.light)


@dataclass(frozen=True)
class Thresholds:
    """The bands in force for an indicator, where they come from in words, and a note of the preset."""

    bands: tuple[Band, ...]
    origin: str
    note: str = ""

    def light(self, percent: Decimal | None) -> str:
        """The light of an attainment; ``no_data`` where there is none or no band holds it."""
        if percent is None:
            return "no_data"
        return next((band.light for band in self.bands if band.holds(percent)), "no_data")


@dataclass(frozen=True)
class Attainment:
    """The attainment in percent (None: it cannot be worked out, ``reason`` says why), its light, and what was compared."""

    percent: Decimal | None
    light: str
    reason: str = ""
    value: IndicatorValue | None = None
    target: Decimal | None = None
    target_period: PartialDate = NO_DATE

    @property
    def word(self) -> str:
        """The light's word."""
        return terms.label("attainment", self.light)


def percent_of(
    value: Decimal, target: Decimal, *, direction: str = "", baseline: Decimal | None = None, method: str = "ratio"
) -> Decimal | None:
    """``value ÷ target``, ``target ÷ value`` where less is better, or the share of the way gone from the baseline.

    None where standards §9.3 say that there is no figure: target 0, value 0 where less is better, target equal to the
    baseline or no baseline.
    """
    if method == "from_baseline":
        if baseline is None or target == baseline:
            return None
        return (value - baseline) / (target - baseline) * HUNDRED
    if target == 0 or (direction == "descendente" and value == 0):
        return None
    return (target / value if direction == "descendente" else value / target) * HUNDRED


def thresholds_of(own: dict[str, Any] | None, plan_preset: str = DEFAULT_PRESET) -> Thresholds:
    """The thresholds in force for an indicator: its own bands, else the preset it names, else its plan's."""
    own = own or {}
    if own.get("bands"):
        bands = tuple(
            Band(
                band["light"],
                _decimal(band.get("from")),
                _decimal(band.get("to")),
                bool(band.get("from_in", True)),
                bool(band.get("to_in", False)),
            )
            for band in own["bands"]
        )
        version = own.get("version")
        origin = _("Umbrales propios, versión %(n)s") % {"n": version} if version else _("Umbrales propios")
        return Thresholds(bands, origin)
    for key in (own.get("preset"), plan_preset, DEFAULT_PRESET):
        term = terms.term("threshold_preset", key) if key else None
        if term is not None:
            break
    if term is None:
        return Thresholds((), _("Sin umbrales publicados"))
    bands = tuple(
        Band(item["colour"], _decimal(item["from"]), _decimal(item["to"]), item["from_in"], item["to_in"])
        for item in term.details["intervals"]
    )
    note = term.details.get("note_en" if (get_language() or "es").startswith("en") else "note_es", "")
    name = terms.label("threshold_preset", term.key)
    whose = _("Umbrales «%(name)s», de este indicador") if own.get("preset") else _("Umbrales «%(name)s», los del plan")
    return Thresholds(bands, whose % {"name": name}, note)


def _decimal(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


def latest_values(values: Iterable[IndicatorValue]) -> list[IndicatorValue]:
    """One value for each period, in order of time: where a period was measured again, the last one counts."""
    kept: dict[str, IndicatorValue] = {}
    for value in sorted(values, key=lambda v: v.number):
        kept[str(value.period)] = value
    return sorted(kept.values(), key=lambda v: (str(v.period.last), -len(v.period)))


def target_for(targets: Sequence[dict[str, Any]], period: PartialDate) -> tuple[Decimal, PartialDate] | None:
    """The target that a value of ``period`` is held against: its own, else the next one, else the last one."""
    known = sorted(((PartialDate(item["period"]), Decimal(item["value"])) for item in targets), key=_by_time)
    if not known:
        return None
    same = [pair for pair in known if pair[0] == period]
    later = [pair for pair in known if pair[0].last and period.last and pair[0].last >= period.last]
    when, value = (same or later or known[-1:])[0]
    return value, when


def _by_time(pair: tuple[PartialDate, Decimal]) -> tuple[str, int]:
    return str(pair[0].last), -len(pair[0])


def attainment_of(indicator: Indicator, plan_preset: str = DEFAULT_PRESET) -> Attainment:
    """The attainment of an indicator's latest value against the target of its period."""
    values = latest_values(indicator.values.all())
    if not values:
        return Attainment(None, "no_data", _("Todavía no hay ningún valor medido."))
    last = values[-1]
    found = target_for(indicator.targets, last.period)
    if found is None:
        return Attainment(None, "no_data", _("No tiene meta: no hay con qué comparar."), last)
    target, when = found
    percent = percent_of(
        last.value,
        target,
        direction=indicator.direction,
        baseline=indicator.baseline_value,
        method=indicator.attainment_method,
    )
    reason = "" if percent is not None else _why_not(indicator, target)
    light = thresholds_of(indicator.thresholds, plan_preset).light(percent)
    return Attainment(percent, light, reason, last, target, when)


def _why_not(indicator: Indicator, target: Decimal) -> str:
    if indicator.attainment_method == "from_baseline":
        if indicator.baseline_value is None:
            return _("Se mide desde la línea base, y no hay línea base.")
        return _("La meta es igual a la línea base: no hay camino que medir.")
    if target == 0:
        return _("La meta es cero: la división no tiene resultado.")
    return _("El valor es cero y menos es mejor: la división no tiene resultado.")


def series_of(indicator: Indicator) -> list[dict[str, Any]]:
    """The measured values for a chart: rows of ``when`` and ``value`` in order of time."""
    return [{"when": value.period, "value": value.value} for value in latest_values(indicator.values.all())]
