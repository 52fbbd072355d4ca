"""How near an indicator came to its target, and the light of that (standards §9.3). Decimals are compared before rounding."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

Band = tuple[str, Decimal | None, Decimal | None]  # light, from (included), to (excluded); None: without end

HUNDRED = Decimal(100)
PRESETS: dict[str, tuple[Band, ...]] = {
    # 95–105 green; 90–<95 or >105–110 yellow; below 90 or above 110 red. The upper ends are included: see ``light_of``.
    "symmetric_5_10": (
        ("red", None, Decimal(90)),
        ("yellow", Decimal(90), Decimal(95)),
        ("green", Decimal(95), Decimal(105)),
        ("yellow", Decimal(105), Decimal(110)),
        ("red", Decimal(110), None),
    ),
    "symmetric_10": (
        ("red", None, Decimal(70)),
        ("yellow", Decimal(70), Decimal(90)),
        ("green", Decimal(90), Decimal(110)),
        ("over", Decimal(110), None),
    ),
    "five_colour": (
        ("red", None, Decimal(50)),
        ("orange", Decimal(50), Decimal(70)),
        ("yellow", Decimal(70), Decimal(90)),
        ("green", Decimal(90), Decimal(110)),
        ("over", Decimal(110), None),
    ),
    "simple": (("red", None, Decimal(60)), ("yellow", Decimal(60), Decimal(90)), ("green", Decimal(90), None)),
}
# In these presets 105 and 110 still belong to the band that they close ("95–105", ">105–110").
CLOSED_ABOVE = {"symmetric_5_10": (Decimal(105), Decimal(110)), "symmetric_10": (Decimal(110),), "five_colour": (Decimal(110),)}


@dataclass(frozen=True)
class Attainment:
    """The attainment in percent (None: it cannot be worked out) and its light."""

    percent: Decimal | None
    light: str


def percent(
    value: Decimal, target: Decimal, *, direction: str = "", baseline: Decimal | None = None, method: str = "ratio"
) -> Decimal | None:
    """``value/target``, ``target/value`` when less is better, or the way gone from the baseline; None where undefined."""
    if method == "from_baseline":
        if baseline is None or target == baseline:
            return None
        return (value - baseline) / (target - baseline) * HUNDRED
    if direction == "descendente":
        return None if value == 0 else target / value * HUNDRED
    return None if target == 0 else value / target * HUNDRED


def bands_of(thresholds: dict[str, Any], plan_preset: str = "simple") -> tuple[tuple[Band, ...], tuple[Decimal, ...]]:
    """The bands in force for an indicator: its own, else its preset's, else the plan's; and the ends that are included."""
    if thresholds.get("bands"):
        own = [(b["light"], _decimal(b.get("from")), _decimal(b.get("to"))) for b in thresholds["bands"]]
        return tuple(own), ()
    preset = thresholds.get("preset") or plan_preset
    preset = preset if preset in PRESETS else "simple"
    return PRESETS[preset], CLOSED_ABOVE.get(preset, ())


def _decimal(value: Any) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


def light_of(value: Decimal | None, bands: Sequence[Band], closed_above: Sequence[Decimal] = ()) -> str:
    """The light of an attainment: bands include their lower end, except where a preset closes a band above."""
    if value is None:
        return "no_data"
    for light, start, end in bands:
        after_start = start is None or value > start or (value == start and start not in closed_above)
        before_end = end is None or value < end or (value == end and end in closed_above)
        if after_start and before_end:
            return light
    return "no_data"


def attainment_of(indicator: Any, plan_preset: str = "simple") -> Attainment:
    """The attainment of an indicator's latest value against the target of its period (or the last one before it)."""
    values = sorted(indicator.values.all(), key=lambda v: (str(v.period), v.number))
    targets = sorted(indicator.targets, key=lambda t: str(t["period"]))
    if not values or not targets:
        return Attainment(None, "no_data")
    last = values[-1]
    fitting = [t for t in targets if str(t["period"])[:4] >= str(last.period)[:4]] or targets[-1:]
    found = percent(
        last.value,
        Decimal(fitting[0]["value"]),
        direction=indicator.direction,
        baseline=indicator.baseline_value,
        method=indicator.attainment_method,
    )
    bands, closed = bands_of(indicator.thresholds, plan_preset)
    return Attainment(found, light_of(found, bands, closed))


def bands_in_words(bands: Sequence[Band]) -> list[tuple[str, str]]:
    """The thresholds as people read them, printed beside the light."""
    found = []
    for light, start, end in bands:
        if start is None:
            words = _("menos de %(end)s %%") % {"end": end}
        elif end is None:
            words = _("%(start)s %% o más") % {"start": start}
        else:
            words = _("de %(start)s a %(end)s %%") % {"start": start, "end": end}
        found.append((light, words))
    return found


@dataclass(frozen=True)
class Chart:
    """An indicator's values as a line, in drawing units of 600 × 180, with the targets."""

    line: str
    dots: tuple[tuple[float, float, str], ...]
    goals: tuple[tuple[float, float, str], ...]


def chart_of(indicator: Any) -> Chart | None:
    """The drawing of values and targets, or None where there are fewer than two points."""
    values = [(str(v.period), v.value) for v in indicator.values.all()]
    goals = [(str(t["period"]), Decimal(t["value"])) for t in indicator.targets]
    if indicator.baseline_value is not None and indicator.baseline_year:
        values.insert(0, (str(indicator.baseline_year), indicator.baseline_value))
    points = values + goals
    if len(points) < 2:
        return None
    xs, ys = [_year(p) for p, _v in points], [float(v) for _p, v in points]
    low, high = min([*ys, 0.0]), max(ys)

    def place(period: str, value: Decimal) -> tuple[float, float]:
        x = 30 + 540 * (_year(period) - min(xs)) / ((max(xs) - min(xs)) or 1)
        y = 150 - 130 * (float(value) - low) / ((high - low) or 1)
        return round(x, 1), round(y, 1)

    dots = tuple((*place(p, v), f"{p}: {format(v.normalize(), 'f')}") for p, v in sorted(values))
    marks = tuple((*place(p, v), f"{p}: {format(v.normalize(), 'f')}") for p, v in sorted(goals))
    return Chart(" ".join(f"{x},{y}" for x, y, _label in dots), dots, marks)


def _year(period: str) -> float:
    parts = [int(part) for part in period.split("-")]
    return parts[0] + (parts[1] - 1) / 12 if len(parts) > 1 else float(parts[0])
