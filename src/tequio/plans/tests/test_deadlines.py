"""The obligations of a plan's cycle: standards §2, and what is never taken for a failure."""

import datetime as dt
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tequio.common.dates import add_months
from tequio.plans.deadlines import Obligation, obligations, split
from tequio.plans.models import Plan
from tequio.plans.queries import left_of, phases_of

pytestmark = pytest.mark.django_db
D = dt.date
TODAY = D(2026, 3, 16)


def plan(**more: Any) -> Plan:
    fields: dict[str, Any] = {
        "start": "2026-01-01",
        "end": "2027-08-31",
        "submitted_on": "2025-12-31",
        "term_end": D(2027, 9, 30),
        "phases": [{"key": "onboarding", "start": "2025-01-10"}, {"key": "cocreation", "start": "2025-08-15"}],
    }
    return Plan(**fields | more)


def by_key(rows: list[Obligation]) -> dict[str, list[tuple[dt.date | None, str]]]:
    found: dict[str, list[tuple[dt.date | None, str]]] = {}
    for row in rows:
        found.setdefault(row.key, []).append((row.due, row.state))
    return found


def test_every_obligation_of_the_cycle_has_its_day() -> None:
    assert by_key(obligations(plan(), TODAY)) == {
        "dl_1": [(D(2025, 8, 1), "untold")],
        "dl_2": [(D(2025, 12, 31), "untold")],
        "dl_3": [(D(2026, 2, 28), "untold")],
        "dl_4": [(D(2027, 9, 30), "not_due")],
        "dl_5": [(add_months(D(2026, 1, 1), 4 * n), "not_due") for n in range(1, 5)],
        "dl_6": [(add_months(D(2026, 1, 1), 6 * n), "not_due") for n in range(1, 4)],
        "dl_7": [(add_months(D(2026, 1, 1), 6 * n), "not_due") for n in range(1, 4)],
        "dl_8": [(D(2027, 1, 1), "not_due")],
        "dl_9": [(D(2027, 10, 31), "not_due")],
        "dl_10": [(D(2027, 9, 30), "met")],
        "dl_11": [(D(2026, 5, 30), "met")],
        "dl_12": [(D(2028, 2, 29), "not_due"), (D(2028, 8, 31), "not_due"), (D(2029, 8, 31), "not_due")],
        "dl_13": [(D(2028, 8, 31), "not_due")],
        "dl_14": [(None, "no_date")],
    }


def test_dates_that_the_plan_does_not_hold_can_be_told() -> None:
    anchors = {"draft_published": D(2026, 3, 1), "completed_at": D(2026, 1, 31)}
    found = by_key(obligations(plan(), TODAY, anchors=anchors))
    assert found["dl_14"] == [(D(2026, 3, 15), "untold"), (D(2026, 3, 29), "due_soon")]
    assert found["dl_4"] == [(D(2026, 2, 28), "untold")]


def test_what_was_done_in_time_is_met_what_was_done_late_is_not() -> None:
    early = by_key(obligations(plan(), TODAY, done={"dl_3": [D(2026, 2, 28)]}))
    late = by_key(obligations(plan(), TODAY, done={"dl_3": [D(2026, 3, 1)]}))
    assert (early["dl_3"], late["dl_3"]) == ([(D(2026, 2, 28), "met")], [(D(2026, 2, 28), "failed")])


def test_two_sessions_with_civil_society_are_due_in_each_year() -> None:
    one = by_key(obligations(plan(), TODAY, done={"dl_8": [D(2026, 2, 1)]}))["dl_8"]
    two = by_key(obligations(plan(), TODAY, done={"dl_8": [D(2026, 2, 1), D(2026, 3, 1)]}))["dl_8"]
    assert (one, two) == ([(D(2027, 1, 1), "not_due")], [(D(2027, 1, 1), "met")])


def test_only_a_non_governmental_endorsement_before_submission_counts() -> None:
    def state(*rows: dict[str, Any]) -> str:
        return by_key(obligations(plan(endorsements=list(rows)), TODAY))["dl_2"][0][1]

    government = {"organisation": "Ayuntamiento", "date": "2025-12-01", "is_government": True}
    citizens = {"organisation": "Vecinas", "date": "2025-12-01", "is_government": False}
    assert [state(government), state(citizens), state(citizens | {"date": "2026-01-02"})] == ["untold", "met", "failed"]


def test_a_plan_that_outlives_its_administration_fails_and_one_without_a_term_has_no_date() -> None:
    assert by_key(obligations(plan(end="2027-12-31"), TODAY))["dl_10"] == [(D(2027, 9, 30), "failed")]
    assert by_key(obligations(plan(term_end=None), TODAY))["dl_10"] == [(None, "no_date")]


def test_a_source_without_dates_gives_no_days_and_no_failure() -> None:
    rows = obligations(Plan(), TODAY)
    assert {(row.due, row.state) for row in rows} == {(None, "no_date")}
    assert len(rows) == 14


def test_an_imprecise_date_gives_a_day_by_the_latest_and_says_so() -> None:
    rows = {row.key: row for row in obligations(plan(end="2024-10", start="2021"), TODAY)}
    assert (rows["dl_9"].due, rows["dl_9"].is_about) == (D(2024, 12, 31), True)
    assert rows["dl_3"].is_about is False


def test_a_page_shows_what_is_to_come_once_and_what_has_passed_newest_first() -> None:
    coming, past, undated = split(obligations(plan(), TODAY), TODAY)
    assert [row.key for row in coming if row.repeats] == ["dl_5", "dl_6", "dl_7", "dl_8"]
    assert [row.key for row in past] == ["dl_3", "dl_2", "dl_1"]
    assert [row.key for row in undated] == ["dl_14"]


def test_an_obligation_that_repeated_in_silence_is_told_once_and_each_fulfilment_by_itself() -> None:
    sessions = {"dl_7": [D(2026, 5, 1)]}
    _coming, past, _undated = split(obligations(plan(), D(2027, 12, 1), done=sessions), D(2027, 12, 1))
    assert [(row.place, row.state) for row in past if row.key == "dl_7"] == [(3, "untold"), (1, "met")]
    assert [(row.place, row.state) for row in past if row.key == "dl_5"] == [(4, "untold")]


def test_obligations_speak_both_languages() -> None:
    said = {}
    for language in ("es", "en"):
        with override(language):
            row = next(row for row in obligations(plan(), TODAY) if row.key == "dl_3")
            said[language] = (row.label, row.rule)
    assert said == {
        "es": ("Informe inicial", "2 meses después de presentar el plan"),
        "en": ("Inception Report", "2 months after the plan is submitted"),
    }


@given(st.dates(D(2016, 1, 1), D(2040, 1, 1)), st.integers(0, 2000), st.dates(D(2016, 1, 1), D(2045, 1, 1)))
def test_obligations_of_any_dates_stand_in_order_and_repeat_within_the_plan(
    start: dt.date, length: int, today: dt.date
) -> None:
    end = start + dt.timedelta(days=length)
    rows = obligations(plan(start=start.isoformat(), end=end.isoformat()), today)
    dues = [row.due for row in rows if row.due]
    assert dues == sorted(dues)
    assert all(start < row.due <= end for row in rows if row.repeats and row.due)


PHASES = [
    {"key": "cocreation", "start": "2025-08-01", "end": "2025-11-30"},
    {"key": "implementation", "start": "2026-01-01"},
    {"key": "learning", "start": "2027-07-01"},
]


def test_the_phase_of_today_says_how_long_it_lasts_until_the_next_begins() -> None:
    found = phases_of(plan(phases=PHASES), TODAY)
    assert [(phase.word, phase.state, phase.left_until) for phase in found] == [
        ("Cocreación", "past", None),
        ("Implementación", "now", D(2027, 6, 30)),
        ("Aprendizaje", "", None),
    ]


def test_before_its_first_phase_a_plan_is_in_none() -> None:
    assert {phase.state for phase in phases_of(plan(phases=PHASES), D(2025, 7, 31))} == {""}


@pytest.mark.parametrize(
    ("dates", "left"),
    [
        ({"start": "2026-01-01", "end": "2026-03"}, D(2026, 3, 31)),
        ({"start": "2026-01-01", "end": "2026-03-15"}, None),
        ({"start": "2026-04-01", "end": "2027"}, None),
        ({"start": "", "end": ""}, None),
    ],
)
def test_days_are_left_only_while_a_plan_runs(dates: dict[str, str], left: dt.date | None) -> None:
    assert left_of(plan(**dates), TODAY) == left
