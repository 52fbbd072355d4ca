"""What each light shows, and what the counts and shares of a commitment add up to."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.monitoring.lights import (
    LIGHTS,
    Light,
    Rollup,
    Standing,
    citizen_light,
    institution_light,
    legend_for,
    weights,
    whole_percents,
    word_for,
)
from tequio.monitoring.models import Said, State

TODAY = dt.date(2026, 3, 16)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "colour"),
    [
        ("verified", "green"),
        ("reported", "blue"),
        ("under_review", "blue"),
        ("reopened", "blue"),
        ("observed", "amber"),
        ("rejected", "red"),
    ],
)
@pytest.mark.parametrize("due", [None, YESTERDAY, TODAY, TOMORROW])
def test_the_state_of_verification_gives_the_light_whatever_the_date(state, colour, due):
    assert citizen_light(state, due, TODAY).colour == colour


@pytest.mark.parametrize(("due", "colour"), [(None, "grey"), (YESTERDAY, "red"), (TODAY, "grey"), (TOMORROW, "grey")])
def test_without_a_report_an_activity_is_grey_until_its_date_and_red_after_it(due, colour):
    assert citizen_light("pending", due, TODAY).colour == colour


def test_where_the_sources_are_silent_an_old_date_is_nobodys_failure():
    assert citizen_light("pending", YESTERDAY, TODAY).colour == "red"
    light = citizen_light("pending", YESTERDAY, TODAY, told=False)
    assert (light.colour, str(light.word)) == ("grey", "No consta")
    assert str(institution_light("", told=False).word) == "No consta"


def test_an_unfinished_report_is_in_process_not_in_verification():
    assert citizen_light("reported", None, TODAY, said=Said.IN_PROCESS).colour == "amber"
    assert citizen_light("reported", None, TODAY, said=Said.COMPLETE).colour == "blue"


def test_what_the_institution_says_has_a_word_of_its_own_for_saying_nothing():
    assert [(light.colour, str(light.word)) for light in map(institution_light, ["", *Said.values])] == [
        ("grey", "Sin reporte"),
        ("red", "Sin iniciar"),
        ("amber", "En proceso"),
        ("green", "Cumplida"),
    ]


def test_a_plan_publishes_its_own_words_and_meanings():
    legend = {"green": {"word": {"es": "Comprobada"}, "meaning": {"es": "La revisamos."}}}
    assert word_for("green", legend) == "Comprobada"
    rows = legend_for(legend)
    assert [row["colour"] for row in rows] == list(LIGHTS)
    assert (rows[0]["word"], rows[0]["meaning"]) == ("Comprobada", "La revisamos.")
    assert [str(row["word"]) for row in rows[1:]] == ["En verificación", "En proceso", "No acreditada", "Sin reporte"]


def standing(state: str, said: str = "", weight: object = 1, due: dt.date | None = None) -> Standing:
    return Standing(state, said, institution_light(said), citizen_light(state, due, TODAY, said=said), Decimal(weight))


def test_the_gap_is_a_number_with_a_sentence():
    done = [standing("verified", "complete")] * 5
    waiting = [standing("reported", "complete")] * 2
    rollup = Rollup((*done, *waiting))
    assert (rollup.gap, rollup.sentence) == (2, "La institución reporta 7 de 7; el Comité ha verificado 5")
    assert (rollup.institution.colour, rollup.citizens.colour) == ("green", "blue")


def test_without_a_report_there_is_no_gap_and_no_percentage_is_pretended():
    rollup = Rollup((standing("pending"),) * 3)
    assert (rollup.gap, rollup.reported, rollup.sentence) == (0, 0, "La institución no ha reportado ninguna actividad")
    assert str(rollup.institution.word) == "Sin reporte"


@pytest.mark.parametrize(
    ("states", "colour"),
    [
        (["verified"] * 3, "green"),
        (["verified", "verified", "pending"], "amber"),
        (["verified", "under_review"], "blue"),
        (["verified", "under_review", "observed"], "amber"),
        (["verified", "observed", "rejected", "pending"], "red"),
        (["pending", "pending"], "grey"),
    ],
)
def test_the_light_of_a_commitment_is_never_better_than_its_activities(states, colour):
    assert Rollup(tuple(map(standing, states))).citizens.colour == colour


@given(
    st.lists(
        st.tuples(
            st.sampled_from(State.values),
            st.sampled_from(["", *Said.values]),
            st.decimals(min_value=1, max_value=100, places=2),
            st.sampled_from([None, YESTERDAY, TOMORROW]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_shares_always_sum_to_a_hundred_and_green_means_all_verified(rows):
    rollup = Rollup(tuple(standing(*row) for row in rows))
    assert sum(rollup.shares.values()) == 100
    assert sum(rollup.counts.values()) == len(rows)
    assert (rollup.citizens.colour == "green") == all(state == "verified" for state, *_rest in rows)
    assert rollup.counts["green"] == sum(state == "verified" for state, *_rest in rows)


def test_thirds_are_shared_out_by_the_largest_remainder():
    thirds = dict.fromkeys(("verified", "in_process", "no_progress"), Decimal(1))
    assert whole_percents(thirds) == {"verified": 34, "in_process": 33, "no_progress": 33}
    assert whole_percents(dict.fromkeys(thirds, Decimal(0))) == dict.fromkeys(thirds, 0)


def test_where_one_weight_is_missing_all_count_the_same():
    assert weights([Decimal(70), Decimal(30)]) == [Decimal(70), Decimal(30)]
    assert weights([Decimal(70), None]) == [Decimal(50), Decimal(50)]
    assert weights([]) == []


@pytest.mark.parametrize(
    ("standings", "evidence", "level"),
    [
        ([standing("verified", "complete")], 1, "complete"),
        ([standing("verified", "complete", 50), standing("pending", "", 50)], 1, "substantial"),
        ([standing("verified", "complete", "49.6"), standing("pending", "", "50.4")], 1, "limited"),
        ([standing("reported", "complete")], 3, "limited"),
        ([standing("reported", "complete")], 0, "no_evidence"),
        ([standing("reported", "in_process")], 0, "not_started"),
        ([standing("pending")], 0, "not_started"),
        ([], 0, ""),
    ],
)
def test_the_suggested_level_follows_what_is_verified(standings, evidence, level):
    assert Rollup(tuple(standings)).suggestion(evidence) == level


def test_nothing_is_suggested_where_the_sources_are_silent():
    assert Rollup((standing("pending"),), told=False).suggestion(3) == ""


def test_a_light_is_always_a_look_and_a_word():
    assert list(Light.__dataclass_fields__) == ["colour", "word"]
