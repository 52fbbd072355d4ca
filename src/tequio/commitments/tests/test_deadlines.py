"""The clock of an activity: what it counts, what it gives back, and how it says so."""

import datetime as dt
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tequio.commitments.deadlines import (
    deadline_of,
    manual_in_force,
    required_evidence,
    rule_for,
    schedule_sentence,
    schedule_state,
)
from tequio.commitments.models import Activity, Commitment, Manual, Pause
from tequio.common.dates import add_working_days
from tequio.people.models import Organisation

D = dt.date
days = st.dates(D(2020, 1, 1), D(2030, 12, 31))


def step(due: str, start: str = "") -> Activity:
    return Activity(due=due, start=start)


def pause(start: dt.date, end: dt.date | None = None) -> Pause:
    return Pause(start=start, end=end)


def gives(count: int, calendar: str = "natural") -> dict[str, Any]:
    return {"deadline": {"days": count, "calendar": calendar}}


def test_an_imprecise_promise_counts_to_its_last_day() -> None:
    dues = {text: deadline_of(step(text)).due for text in ("2026", "2026-02", "2026-02-03", "")}
    assert dues == {"2026": D(2026, 12, 31), "2026-02": D(2026, 2, 28), "2026-02-03": D(2026, 2, 3), "": None}


def test_natural_days_of_the_manual_come_after_the_promised_day() -> None:
    assert deadline_of(step("2026-03-16"), gives(10)).due == D(2026, 3, 26)


def test_working_days_skip_weekends_and_the_plans_holidays() -> None:
    friday = step("2026-04-24")
    assert deadline_of(friday, gives(5, "working")).due == D(2026, 5, 1)
    assert deadline_of(friday, gives(5, "working"), {D(2026, 5, 1)}).due == D(2026, 5, 4)


def test_months_of_the_manual_end_on_the_same_day_number_or_on_the_last_of_a_shorter_month() -> None:
    rule = {"deadline": {"months": 1}}
    assert deadline_of(step("2026-01-31"), rule).due == D(2026, 2, 28)
    assert deadline_of(step("2026-03-15"), rule).due == D(2026, 4, 15)


def test_days_left_before_a_pause_are_left_after_it() -> None:
    found = deadline_of(step("2026-06-30"), pauses=[pause(D(2026, 6, 20), D(2026, 7, 10))])
    assert (found.due, found.paused_days) == (D(2026, 7, 21), 21)


def test_a_pause_that_begins_after_the_deadline_changes_nothing() -> None:
    found = deadline_of(step("2026-06-30"), pauses=[pause(D(2026, 7, 1), D(2026, 7, 10))])
    assert (found.due, found.paused_days) == (D(2026, 6, 30), 0)


def test_before_an_activity_begins_there_is_no_clock_to_pause() -> None:
    found = deadline_of(step("2026-06-30", "2026-06-01"), pauses=[pause(D(2026, 5, 20), D(2026, 6, 5))])
    assert (found.due, found.paused_days) == (D(2026, 7, 5), 5)


def test_a_day_in_two_pauses_is_given_back_once() -> None:
    pauses = [pause(D(2026, 6, 1), D(2026, 6, 10)), pause(D(2026, 6, 8), D(2026, 6, 12))]
    assert deadline_of(step("2026-06-30"), pauses=pauses).paused_days == 12


def test_an_open_pause_moves_the_deadline_on_every_day_and_says_so() -> None:
    row, open_pause = step("2026-06-30"), [pause(D(2026, 6, 21))]
    dues = [deadline_of(row, pauses=open_pause, today=D(2026, 6, 20 + n)).due for n in (1, 2, 3)]
    assert dues == [D(2026, 7, 1), D(2026, 7, 2), D(2026, 7, 3)]
    assert deadline_of(row, pauses=open_pause, today=D(2026, 6, 22)).sentence == (
        "Se prometió para el 30 de junio de 2026; una pausa que sigue abierta deja 2 días sin contar; "
        "así, por ahora vence el 2 de julio de 2026."
    )


def test_a_pause_in_the_manuals_days_counts_too() -> None:
    found = deadline_of(step("2026-06-30"), gives(5), pauses=[pause(D(2026, 7, 2), D(2026, 7, 4))])
    assert (found.due, found.paused_days) == (D(2026, 7, 8), 3)


def test_one_sentence_explains_how_the_deadline_was_computed_in_both_languages() -> None:
    found = deadline_of(step("2026-04-24"), gives(5, "working"), pauses=[pause(D(2026, 4, 1), D(2026, 4, 7))])
    assert found.sentence == (
        "Se prometió para el 24 de abril de 2026; las pausas documentadas devuelven 7 días; el manual de cumplimiento "
        "da 5 días hábiles para entregar la evidencia; así, vence el 8 de mayo de 2026."
    )
    with override("en"):
        assert "8 May 2026" in found.sentence


@pytest.mark.parametrize(
    ("promise", "sentence"),
    [
        ("", "La fuente no dice para cuándo es."),
        ("2026-04-24", "Se prometió para el 24 de abril de 2026."),
        ("2026-04", "Se prometió para abril de 2026, que cuenta hasta su último día."),
    ],
)
def test_a_deadline_without_rule_or_pause_says_only_what_was_promised(promise: str, sentence: str) -> None:
    assert deadline_of(step(promise)).sentence == sentence


@given(days, st.integers(0, 60), st.sampled_from(["natural", "working"]), st.lists(st.tuples(days, st.integers(0, 40))))
def test_a_deadline_is_never_before_the_promise_and_adds_up(due: dt.date, n: int, calendar: str, spans: Any) -> None:
    pauses = [pause(start, start + dt.timedelta(days=length)) for start, length in spans]
    found = deadline_of(step(due.isoformat()), gives(n, calendar), pauses=pauses)
    assert found.due is not None
    moved = (found.due - due).days
    if calendar == "natural":
        assert moved == n + found.paused_days
    else:
        assert moved >= n + found.paused_days


@given(days, st.integers(0, 60), st.sets(days, max_size=20))
def test_without_pauses_working_days_are_those_of_the_calendar(due: dt.date, n: int, holidays: set[dt.date]) -> None:
    found = deadline_of(step(due.isoformat()), gives(n, "working"), holidays)
    assert found.due == add_working_days(due, n, holidays)


@given(days, st.lists(st.tuples(days, st.integers(0, 40)), max_size=6), st.tuples(days, st.integers(0, 40)))
def test_one_pause_more_never_brings_a_deadline_nearer(due: dt.date, spans: Any, other: Any) -> None:
    def end(given_spans: Any) -> dt.date | None:
        pauses = [pause(start, start + dt.timedelta(days=length)) for start, length in given_spans]
        return deadline_of(step(due.isoformat()), pauses=pauses).due

    few, more = end(spans), end([*spans, other])
    assert few is not None
    assert more is not None
    assert few <= more


def test_the_most_particular_rule_of_the_manual_wins() -> None:
    water, works = Organisation(slug="agua"), Organisation(slug="obras")
    rules = [
        {"institution": "", "activity_kind": "", "minimum": 1},
        {"institution": "", "activity_kind": "training", "minimum": 2},
        {"institution": "agua", "activity_kind": "", "minimum": 3},
        {"institution": "agua", "activity_kind": "training", "minimum": 4, "accepted": ["minute"]},
    ]
    manual = Manual(rules=rules, version=1)

    def wanted(lead: Organisation | None, kind: str) -> tuple[int, list[str]]:
        row = Activity(kind=kind, commitment=Commitment(lead=lead))
        return required_evidence(rule_for(row, manual))

    found = [wanted(works, "study"), wanted(works, "training"), wanted(water, "study"), wanted(water, "training")]
    assert found == [(1, []), (2, []), (3, []), (4, ["minute"])]
    assert wanted(None, "study") == (1, [])
    assert rule_for(Activity(commitment=Commitment()), None) is None


def test_the_lead_of_an_activity_comes_before_that_of_its_commitment() -> None:
    manual = Manual(rules=[{"institution": "agua", "minimum": 3}], version=1)
    row = Activity(lead=Organisation(slug="agua"), commitment=Commitment(lead=Organisation(slug="obras")))
    assert required_evidence(rule_for(row, manual)) == (3, [])


def test_a_manual_rules_from_its_day_on_until_the_next_version() -> None:
    versions = [Manual(version=n, in_force_from=D(2026, month, 1)) for n, month in ((1, 1), (2, 6))]
    found = [manual_in_force(versions, day) for day in (D(2025, 12, 31), D(2026, 1, 1), D(2026, 5, 31), D(2026, 6, 1))]
    assert [row and row.version for row in found] == [None, 1, 1, 2]


TODAY = D(2026, 3, 16)
OVERDUE = "Vencía el 15 de marzo de 2026 (venció ayer) y no consta que se haya entregado: está vencida."
SOON = "Vence el 16 de marzo de 2026 (vence hoy): se avisa «vence pronto» desde 30 días antes."
IN_A_MONTH = "Vence el 15 de abril de 2026 (quedan 30 días): se avisa «vence pronto» desde 30 días antes."
IN_TIME = "Se entregó el 10 de marzo de 2026 y vencía el 10 de marzo de 2026: cumplida en tiempo."
LATE = "Se entregó el 11 de marzo de 2026 y vencía el 10 de marzo de 2026: cumplida con retraso."


@pytest.mark.parametrize(
    ("due", "done", "state", "sentence"),
    [
        (None, None, "not_due", "Sin una fecha prometida no se puede decir si va a tiempo."),
        (D(2026, 3, 15), None, "overdue", OVERDUE),
        (TODAY, None, "due_soon", SOON),
        (D(2026, 4, 15), None, "due_soon", IN_A_MONTH),
        (D(2026, 4, 16), None, "on_time", "Vence el 16 de abril de 2026 (quedan 31 días): va en tiempo."),
        (D(2026, 3, 10), D(2026, 3, 10), "done_on_time", IN_TIME),
        (D(2026, 3, 10), D(2026, 3, 11), "done_late", LATE),
    ],
)
def test_the_schedule_follows_from_dates_alone_and_explains_itself(
    due: dt.date | None, done: dt.date | None, state: str, sentence: str
) -> None:
    assert schedule_state(due, done, TODAY) == state
    assert schedule_sentence(due, done, TODAY) == sentence
