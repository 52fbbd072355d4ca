"""The board on a past day: only the acts tell, and the same rules work it out."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tequio.commitments.actions import record_pause
from tequio.monitoring import actions, past, queries
from tequio.monitoring.past import changes
from tequio.monitoring.tests.world import BY, days_ago, document, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_page_cache(settings):
    settings.PAGE_CACHE = False


def on(day: str):
    """Noon of a day in Jalisco."""
    return time_machine.travel(f"{day}T18:00:00+00:00", tick=False)


def counts(world, day: str) -> dict[str, int]:
    board = past.past_board(world.plan, past.moment_of(world.plan, dt.date.fromisoformat(day)))
    return {colour: n for colour, n in board.counts.items() if n}


def lived_world():
    """A plan told as it happened: loaded on 2 February, a report on the 9th, a decision on the 20th, a change in March."""
    with on("2026-02-02"):
        world = make_world(doc=document(commitments=2))
    with on("2026-02-09"):
        world.report(evidence=[world.evidence()])
    with on("2026-02-20"):
        actions.begin_review(activity=world.activity, by=BY)
        world.decide("verified")
    return world


def test_each_day_shows_what_the_record_held_by_its_end():
    world = lived_world()
    with on("2026-03-16"):
        assert counts(world, "2026-02-02") == {"grey": 6}
        assert counts(world, "2026-02-08") == {"grey": 6}
        assert counts(world, "2026-02-09") == {"blue": 1, "grey": 5}
        assert counts(world, "2026-02-20") == counts(world, "2026-03-16") == {"green": 1, "grey": 5}
        rows = past.past_rows(world.plan, day=dt.date(2026, 2, 19))
        assert [row.evidence for row in rows] == [1, 0]
        assert past.same_as_live(world.plan) == []


def test_a_report_dated_back_does_not_change_a_day_that_the_record_has_seen():
    world = lived_world()
    with on("2026-03-16"):
        before = counts(world, "2026-02-25")
        world.report(world.activities[1], on=dt.date(2026, 2, 5))
        assert counts(world, "2026-02-25") == before == {"green": 1, "grey": 5}
        assert counts(world, "2026-03-16") == {"green": 1, "blue": 1, "grey": 4}


def test_before_the_record_began_what_was_loaded_tells_by_its_own_days(noon):
    world = make_world()
    world.report(on=days_ago(40))
    world.report(world.activities[1], on=days_ago(10))
    day = days_ago(20).isoformat()
    assert not past.moment_of(world.plan, days_ago(20)).on_record
    assert counts(world, day) == {"blue": 1, "grey": 2}
    # Nothing is known of the days before the first report: no activity is in default by supposition.
    assert counts(world, days_ago(60).isoformat()) == {"grey": 3}
    rows = past.past_rows(world.plan, day=days_ago(60))
    assert (rows[0].rollup.told, str(rows[0].rollup.citizens.word)) == (False, "No consta")
    # Nor of days before the plan itself.
    assert past.past_rows(world.plan, day=dt.date(2024, 12, 31)) == []
    assert past.same_as_live(world.plan) == []


def test_what_was_overdue_pending_paused_or_differently_called_on_a_day_is_so_on_its_board():
    with on("2026-02-02"):
        doc = document()
        doc["commitments"][0]["activities"][0]["due"] = "2026-02-10"
        world = make_world(doc=doc)
    with on("2026-02-12"):
        record_pause(activity=world.activity, start=dt.date(2026, 2, 9), end=None, reason={"es": "Veda"}, by=BY)
    with on("2026-03-16"):
        assert counts(world, "2026-02-11") == {"red": 1, "grey": 2}
        # The pause that is still open runs to the day of the board, not to today.
        step = past.past_rows(world.plan, day=dt.date(2026, 2, 14))[0].steps[0]
        assert (step.deadline.due, step.standing.citizens.colour) == (dt.date(2026, 2, 16), "grey")
        lead = world.activity.commitment.lead
        was = lead.name
        from tequio.people.actions import change_organisation

        change_organisation(organisation=lead, by=BY, name="Otro nombre")
        assert past.past_rows(world.plan, day=dt.date(2026, 3, 15))[0].commitment.lead.name == was
        assert past.past_rows(world.plan, day=dt.date(2026, 3, 16))[0].commitment.lead.name == "Otro nombre"
        assert past.same_as_live(world.plan) == []


def test_held_back_evidence_and_long_plans_are_the_same_too(noon):
    from tequio.commitments.actions import hold_back

    world = make_world(doc=document(commitments=3, activities=2))
    piece = world.evidence()
    world.evidence(world.activities[2])
    hold_back(evidence=piece, why="Trae nombres", by=BY)
    assert [row.evidence for row in queries.rows_of(world.plan, days_ago(0))] == [0, 1, 0]
    assert past.same_as_live(world.plan) == []


@pytest.mark.parametrize("day", ["", "2026-02-25"])
def test_the_past_board_costs_the_same_queries_at_any_size(client, day):
    with on("2026-02-02"):
        small = make_world("chica", document(commitments=1, activities=1))
        large = make_world("grande", document(commitments=3, activities=4))
    with on("2026-03-16"):
        for world in (small, large):
            for n, activity in enumerate(world.activities):
                world.bring_to(("verified", "reported", "observed", "pending")[n % 4], activity)
        costs = []
        for slug in ("chica", "grande"):
            client.get(f"/{slug}/tablero/?fecha={day}")
            with CaptureQueriesContext(connection) as seen:
                client.get(f"/{slug}/tablero/?fecha={day}")
            costs.append(len(seen))
    assert costs[0] == costs[1]
    assert costs[0] <= 13


def sentences(found) -> dict[str, list[str]]:
    return {group.code: [change.sentence for change in group.changes] for group in found.groups}


def test_what_changed_between_two_days_is_told_by_commitment_each_with_its_act():
    world = lived_world()
    with on("2026-03-16"):
        found = changes.between(world.plan, dt.date(2026, 2, 8), dt.date(2026, 2, 20))
        told = sentences(found)
        assert set(told) == {"c1"}
        assert {
            "«Actividad 1.0»: la ciudadanía pasó de «Sin reporte» a «Verificada».",
            "«Actividad 1.0»: la institución pasó de «Sin reporte» a «Cumplida».",
            "La institución reportó «Actividad 1.0»: Cumplida.",
            "El Comité decidió sobre «Actividad 1.0»: Verificada (5 a favor, 0 en contra).",
            "Se sumó la evidencia «Prueba 1».",
        } <= set(told["c1"])
        days = [change.day for change in found.groups[0].changes]
        assert days == sorted(days, reverse=True)
        assert changes.between(world.plan, dt.date(2026, 2, 20), dt.date(2026, 3, 16)).total == 0
        first = sentences(changes.between(world.plan, dt.date(2026, 2, 1), dt.date(2026, 2, 2)))
        assert first["c2"] == ["Se publicó el compromiso."]


def test_days_in_addresses_are_kept_checked_and_explained(client):
    lived_world()
    with on("2026-03-16"):
        html = client.get("/prueba/tablero/?fecha=2026-02-09&poder=legislative").content.decode()
        assert "Estás viendo el tablero del 9 de febrero de 2026." in html
        assert "Así estaba el registro al terminar ese día." in html
        assert 'href="?fecha=2026-02-09"' in html  # leaving the filters stays on the day
        before = client.get("/prueba/tablero/?fecha=2025-06-01").content.decode()
        assert "El registro de este plan empezó el 2 de febrero de 2026" in before
        for day, words in (("2026-03-17", "todavía no llega"), ("ayer", "año-mes-día")):
            answer = client.get(f"/prueba/tablero/?fecha={day}")
            assert answer.status_code == 422
            assert words in answer.content.decode()
        today = client.get("/prueba/tablero/?fecha=2026-03-16").content.decode()
        assert "Estás viendo el tablero" not in today
        assert client.get("/prueba/tablero/cambios/?desde=2026-03-01&hasta=2026-02-01").status_code == 422
        page = client.get("/prueba/tablero/cambios/?desde=2026-02-08&hasta=2026-02-20").content.decode()
        assert "La institución reportó «Actividad 1.0»: Cumplida." in page
        csv = client.get("/prueba/tablero/cambios.csv?desde=2026-02-08&hasta=2026-02-20").content.decode()
        assert "progress.reported" in csv
        assert client.get("/prueba/tablero/cambios.csv?hasta=x").status_code == 422


@pytest.mark.once
def test_changes_cost_the_same_queries_at_any_size(client):
    with on("2026-02-02"):
        small = make_world("chica", document(commitments=1, activities=1))
        large = make_world("grande", document(commitments=3, activities=4))
    with on("2026-03-10"):
        for world in (small, large):
            for activity in world.activities:
                world.bring_to("verified", activity)
    with on("2026-03-16"):
        costs = []
        for slug in ("chica", "grande"):
            client.get(f"/{slug}/tablero/cambios/")
            with CaptureQueriesContext(connection) as seen:
                client.get(f"/{slug}/tablero/cambios/")
            costs.append(len(seen))
    assert costs[0] == costs[1]
    assert costs[0] <= 16
