"""How near an indicator came to its target: standards §9.3, to the last decimal."""

from decimal import Decimal as N
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tequio.commitments.attainment import (
    Band,
    attainment_of,
    latest_values,
    percent_of,
    series_of,
    target_for,
    thresholds_of,
)
from tequio.commitments.models import Indicator, IndicatorValue
from tequio.common.dates import PartialDate

pytestmark = pytest.mark.django_db
PRESETS = ("symmetric_5_10", "symmetric_10", "five_colour", "simple")
numbers = st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False)


def value(period: str, amount: str, number: int = 1) -> IndicatorValue:
    return IndicatorValue(period=PartialDate(period), value=N(amount), number=number)


def indicator(*values: IndicatorValue, **fields: Any) -> Indicator:
    """An indicator with its values read along, as pages read them."""
    found = Indicator(pk=1, direction=fields.pop("direction", "ascendente"), **fields)
    found._prefetched_objects_cache = {"values": list(values)}  # type: ignore[attr-defined]
    return found


def reached(*values: IndicatorValue, **fields: Any) -> Any:
    return attainment_of(indicator(*values, **fields))


def test_more_is_better_divides_the_value_by_the_target() -> None:
    assert percent_of(N(45), N(60), direction="ascendente") == N(75)


def test_less_is_better_divides_the_target_by_the_value() -> None:
    assert percent_of(N(40), N(30), direction="descendente") == N(75)


def test_from_the_baseline_measures_the_way_gone_in_either_direction() -> None:
    assert percent_of(N(50), N(60), baseline=N(40), method="from_baseline") == N(50)
    assert percent_of(N(30), N(20), baseline=N(40), method="from_baseline", direction="descendente") == N(50)
    assert percent_of(N(30), N(0), baseline=N(40), method="from_baseline") == N(25)


@pytest.mark.parametrize(
    "case",
    [
        {"value": N(5), "target": N(0)},
        {"value": N(5), "target": N(0), "direction": "descendente"},
        {"value": N(0), "target": N(5), "direction": "descendente"},
        {"value": N(5), "target": N(5), "baseline": N(5), "method": "from_baseline"},
        {"value": N(5), "target": N(5), "method": "from_baseline"},
    ],
)
def test_where_a_division_has_no_result_there_is_no_figure(case: Any) -> None:
    assert percent_of(case.pop("value"), case.pop("target"), **case) is None


@pytest.mark.parametrize(
    ("preset", "lights"),
    [
        ("symmetric_5_10", "89.99 red|90 yellow|94.99 yellow|95 green|105 green|105.01 yellow|110 yellow|110.01 red"),
        ("symmetric_10", "69.99 red|70 yellow|89.99 yellow|90 green|110 green|110.01 over"),
        ("five_colour", "49.99 red|50 orange|69.99 orange|70 yellow|89.99 yellow|90 green|110 green|110.01 over"),
        ("simple", "59.99 red|60 yellow|89.99 yellow|90 green|500 green"),
    ],
)
def test_each_preset_lights_as_written_at_its_ends(preset: str, lights: str) -> None:
    thresholds = thresholds_of({"preset": preset})
    pairs = [pair.split() for pair in lights.split("|")]
    assert [[figure, thresholds.light(N(figure))] for figure, _light in pairs] == pairs


def test_decimals_are_compared_before_rounding() -> None:
    assert thresholds_of({"preset": "simple"}).light(N("89.9999999999")) == "yellow"


@given(st.sampled_from(PRESETS), numbers)
def test_every_attainment_lies_in_exactly_one_band_of_a_preset(preset: str, percent: N) -> None:
    assert sum(band.holds(percent) for band in thresholds_of({"preset": preset}).bands) == 1


@given(numbers, numbers.filter(bool), st.sampled_from(["ascendente", "constante"]))
def test_reaching_the_target_is_a_hundred_percent(number: N, target: N, direction: str) -> None:
    assert percent_of(target, target, direction=direction) == 100
    assert percent_of(target, target, direction="descendente") == 100
    if number != target:
        assert percent_of(target, target, baseline=number, method="from_baseline") == 100
        assert percent_of(number, target, baseline=number, method="from_baseline") == 0


@given(st.decimals("0.01", 10**6, places=2), st.decimals("0.01", 10**6, places=2), st.decimals("0.01", 10**6, places=2))
def test_more_is_never_worse_where_more_is_better(low: N, step: N, target: N) -> None:
    more, less = percent_of(low + step, target), percent_of(low, target)
    assert more is not None
    assert less is not None
    assert more > less
    down_more, down_less = (percent_of(n, target, direction="descendente") for n in (low + step, low))
    assert down_more is not None
    assert down_less is not None
    assert down_more < down_less


def test_an_indicators_own_bands_come_before_its_preset_and_its_plans() -> None:
    own = {"version": 2, "preset": "simple", "bands": [{"light": "green", "from": "50"}, {"light": "red", "to": "50"}]}
    found = thresholds_of(own, "five_colour")
    assert (found.light(N(50)), found.light(N("49.9")), found.origin) == ("green", "red", "Umbrales propios, versión 2")
    assert thresholds_of({"preset": "five_colour"}).origin == "Umbrales «Cinco colores», de este indicador"
    assert thresholds_of({}, "five_colour").origin == "Umbrales «Cinco colores», los del plan"
    assert thresholds_of({}, "forgotten").origin == "Umbrales «Simple», los del plan"


def test_a_gap_between_own_bands_is_no_data_and_not_a_colour() -> None:
    own = {"bands": [{"light": "red", "to": "50"}, {"light": "green", "from": "60"}]}
    assert thresholds_of(own).light(N(55)) == "no_data"


def test_thresholds_are_printed_as_people_read_them() -> None:
    words = [(band.word, band.words) for band in thresholds_of({"preset": "symmetric_5_10"}).bands]
    assert words == [
        ("En meta", "de 95 a 105 %"),
        ("Cerca de la meta", "de 90 a menos de 95 %"),
        ("Cerca de la meta", "más de 105 y hasta 110 %"),
        ("Lejos de la meta", "menos de 90 %"),
        ("Lejos de la meta", "más de 110 %"),
    ]
    assert Band("green", N(90), None).words == "90 % o más"
    assert Band("red", None, N(90), has_end=True).words == "90 % o menos"
    with override("en"):
        assert thresholds_of({"preset": "symmetric_5_10"}).note == "Above 110 counts as red."


def test_the_last_measure_of_a_period_counts_and_periods_stand_in_order_of_time() -> None:
    rows = [value("2026-03", "9", 3), value("2025-12", "5", 1), value("2025-12", "6", 2)]
    assert [(v.period, v.value) for v in latest_values(rows)] == [("2025-12", N(6)), ("2026-03", N(9))]
    assert [row["value"] for row in series_of(indicator(*rows))] == [N(6), N(9)]


def test_a_value_is_held_against_the_target_of_its_period_else_the_next_else_the_last() -> None:
    targets = [
        {"period": "2026", "value": "80"},
        {"period": "2025", "value": "60"},
        {"period": "2025-06", "value": "50"},
    ]
    periods = ("2025-06", "2025-03", "2025-12", "2025", "2026-02", "2027")
    assert [target_for(targets, PartialDate(p)) for p in periods] == [
        (N(50), "2025-06"),
        (N(50), "2025-06"),
        (N(60), "2025"),
        (N(60), "2025"),
        (N(80), "2026"),
        (N(80), "2026"),
    ]
    assert target_for([], PartialDate("2025")) is None


def test_the_latest_value_lights_the_indicator() -> None:
    targets = [{"period": "2025", "value": "60"}, {"period": "2026", "value": "80"}]
    found = reached(value("2025-12", "60"), value("2026-03", "66", 2), targets=targets)
    assert (found.percent, found.light, found.word, found.target) == (N("82.5"), "yellow", "Cerca de la meta", N(80))


def test_no_data_says_why() -> None:
    target = [{"period": "2026", "value": "0"}]
    reasons = [
        reached(targets=target).reason,
        reached(value("2026", "1")).reason,
        reached(value("2026", "1"), targets=target).reason,
        reached(value("2026", "0"), targets=[{"period": "2026", "value": "2"}], direction="descendente").reason,
        reached(value("2026", "1"), targets=target, attainment_method="from_baseline").reason,
        reached(value("2026", "1"), targets=target, attainment_method="from_baseline", baseline_value=N(0)).reason,
    ]
    assert reasons == [
        "Todavía no hay ningún valor medido.",
        "No tiene meta: no hay con qué comparar.",
        "La meta es cero: la división no tiene resultado.",
        "El valor es cero y menos es mejor: la división no tiene resultado.",
        "Se mide desde la línea base, y no hay línea base.",
        "La meta es igual a la línea base: no hay camino que medir.",
    ]
