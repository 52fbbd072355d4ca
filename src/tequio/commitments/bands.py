"""Own thresholds of an indicator: what is wrong with their bands, and what each means in the indicator's own figures."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from tequio.commitments.attainment import HUNDRED, Band
from tequio.common.charts import figure

Doc = dict[str, Any]
BELOW, ABOVE = Decimal("-Infinity"), Decimal("Infinity")


def band_of(entry: Doc) -> Band:
    """A band of the plan document; ends are decimals written as text, a missing one is without limit."""
    start, end = (None if entry.get(name) in (None, "") else Decimal(str(entry[name])) for name in ("from", "to"))
    return Band(
        str(entry.get("light", "")), start, end, bool(entry.get("from_in", True)), bool(entry.get("to_in", False))
    )


def problems(bands: Sequence[Band]) -> list[tuple[int, str]]:
    """What is wrong with bands, each with the place (from 0) of the band that it is about: one that ends before it begins,
    two that overlap, and attainments between two that no band holds (standards §9.3: half-open intervals)."""
    found = []
    for n, band in enumerate(bands):
        start, end = _edges(band)
        if start > end or (start == end and not (band.has_start and band.has_end)):
            found.append((n, _("Termina antes de empezar.")))
    if found:
        return found
    order = sorted(range(len(bands)), key=lambda n: _edges(bands[n]))
    for before, after in pairwise(order):
        end, start = _edges(bands[before])[1], _edges(bands[after])[0]
        both, none = (
            bands[before].has_end and bands[after].has_start,
            not bands[before].has_end and not bands[after].has_start,
        )
        if start < end or (start == end and both):
            found.append(
                (
                    after,
                    _("Se encima con otro tramo: empieza antes de que acabe el anterior (%(edge)s).")
                    % {"edge": _said(end)},
                )
            )
        elif start > end:
            values = {"start": _said(end), "end": _said(start)}
            found.append((after, _("Entre %(start)s y %(end)s no hay ninguna luz.") % values))
        elif none:
            found.append((after, _("Justo en %(edge)s no hay ninguna luz.") % {"edge": _said(start)}))
    return found


def _edges(band: Band) -> tuple[Decimal, Decimal]:
    return (BELOW if band.start is None else band.start, ABOVE if band.end is None else band.end)


def _said(edge: Decimal) -> str:
    return f"{figure(edge)} %" if edge.is_finite() else _("sin límite")


def in_figures(
    band: Band, target: Decimal, *, direction: str = "", baseline: Decimal | None = None, method: str = "ratio"
) -> str:
    """What a band means in the indicator's own figures: "de 72 a menos de 84". Empty where that cannot be said."""
    if method == "from_baseline":
        if baseline is None or baseline == target:
            return ""
        turned = target < baseline
        edges = [None if e is None else baseline + e / HUNDRED * (target - baseline) for e in (band.start, band.end)]
    else:
        if target <= 0:
            return ""
        turned = direction == "descendente"
        edges = [_figure_at(edge, target, turned) for edge in (band.start, band.end)]
    low, high = reversed(edges) if turned else edges
    has_low, has_high = (band.has_end, band.has_start) if turned else (band.has_start, band.has_end)
    values = {"low": low and figure(round(low, 2)), "high": high and figure(round(high, 2))}
    if low is None or (low == 0 and high is not None and not turned):
        if high is None:
            return ""
        return (_("%(high)s o menos") if has_high else _("menos de %(high)s")) % values
    if high is None:
        return (_("%(low)s o más") if has_low else _("más de %(low)s")) % values
    words = {
        (True, True): _("de %(low)s a %(high)s"),
        (True, False): _("de %(low)s a menos de %(high)s"),
        (False, True): _("más de %(low)s y hasta %(high)s"),
        (False, False): _("más de %(low)s y menos de %(high)s"),
    }
    return words[has_low, has_high] % values


def _figure_at(percent: Decimal | None, target: Decimal, turned: bool) -> Decimal | None:
    if percent is None:
        return None
    if not turned:
        return percent / HUNDRED * target
    return target * HUNDRED / percent if percent > 0 else None
