"""The numbers are counts of what is public, honest where nothing is known, at a fixed number of queries."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tequio.commitments.models import Evidence
from tequio.monitoring import actions
from tequio.monitoring.tests.test_board import load_without_committee, old_plan
from tequio.monitoring.tests.world import BY, document, make_world
from tequio.numbers.figures import health
from tequio.numbers.panels import panels

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_page_cache(settings):
    settings.PAGE_CACHE = False


def on(day: str):
    return time_machine.travel(f"{day}T18:00:00+00:00", tick=False)


def lived_world():
    """Six activities: two decided after 10 and 30 days, one waiting for 20, one overdue."""
    with on("2025-11-03"):
        doc = document(commitments=2)
        doc["commitments"][1]["activities"][2]["due"] = "2026-01-31"
        world = make_world(doc=doc)
    with on("2025-12-01"):
        world.report(evidence=[world.evidence(url="https://example.org/a", link_state="ok")])
        world.report(world.activities[3])
    for day, activity, result in (("2025-12-11", 0, "verified"), ("2025-12-31", 3, "observed")):
        with on(day):
            actions.begin_review(activity=world.activities[activity], by=BY)
            world.decide(result, world.activities[activity])
    with on("2026-02-24"):
        world.report(world.activities[1])
    return world


def test_each_figure_can_be_counted_again():
    world = lived_world()
    with on("2026-03-16"):
        found = health(world.plan)
        assert (found.total, found.said, found.verified, found.gap) == (6, 3, 1, 2)
        assert (found.waits, found.median_wait, found.waits_by_length) == ([10, 30], 20.0, [0, 1, 1, 0, 0])
        assert found.undecided == [20]
        assert (found.results["verified"], found.results["observed"]) == (1, 1)
        assert found.schedule["overdue"] == 1
        assert len(found.proven) == 2
        assert (found.links["ok"], found.clock.total) == (1, 0)
        assert [(h.name, h.total, h.verified, h.gap, h.overdue) for h in found.houses] == [
            ("Institución 1", 3, 1, 1, 0),
            ("Institución 2", 3, 0, 1, 1),
        ]
        assert [(q.day, q.said, q.verified) for q in found.quarters] == [
            (dt.date(2025, 12, 31), 2, 1),
            (dt.date(2026, 3, 16), 3, 1),
        ]


def test_the_last_quarter_is_what_the_board_says_today_whatever_was_dated_back(noon):
    world = make_world(doc=document(commitments=2))
    world.report(on=dt.date(2025, 3, 1))
    world.bring_to("verified", world.activities[1])
    found = health(world.plan)
    assert (found.quarters[-1].said, found.quarters[-1].verified) == (found.said, found.verified) == (2, 1)
    assert (found.quarters[0].day, found.quarters[0].said) == (dt.date(2025, 3, 31), 1)


def test_a_plan_of_which_no_source_tells_has_no_invented_zeros(noon, client):
    plan = load_without_committee(old_plan())
    empty = {panel.key: bool(panel.empty) for panel in panels(health(plan))}
    assert empty == {
        "diferencia": True,
        "trimestres": True,
        "espera": True,
        "decisiones": True,
        "fechas": True,
        "evidencia": False,
        "enlaces": True,
        "observaciones": True,
        "instituciones": True,
    }
    html = client.get("/antigua/numeros/").content.decode()
    assert "Las fuentes no dicen cómo se reportó ni cómo se verificó este plan." in html


def test_page_download_and_api_say_the_same(client):
    world = lived_world()
    with on("2026-03-16"):
        html = client.get("/prueba/numeros/").content.decode()
        assert "Las instituciones dicen haber cumplido 3 de 6 actividades; el Comité ha verificado 1." in html
        assert html == client.get("/prueba/numeros/").content.decode()
        csv = client.get("/prueba/numeros/decisiones.csv").content.decode("utf-8-sig").splitlines()
        assert csv[:2] == ["Resultado,Decisiones", "Verificada,1"]
        told = client.get("/api/v1/prueba/numbers").json()
        assert (told["plan"], [figure["key"] for figure in told["figures"]]) == (
            world.plan.number,
            [panel.key for panel in panels(health(world.plan))],
        )
        assert client.get("/prueba/numeros/nada.csv").status_code == 404


def test_what_is_held_back_does_not_count(noon):
    world = make_world()
    world.evidence(personal_data=True, url="https://example.org/b")
    found = health(world.plan)
    assert Evidence.objects.count() == 1
    assert (found.proven, sum(found.links.values())) == (set(), 0)


def test_the_page_costs_the_same_queries_at_any_size(noon, client):
    small = make_world("chica", document(commitments=1, activities=1))
    large = make_world("grande", document(commitments=3, activities=4))
    for world in (small, large):
        for n, activity in enumerate(world.activities):
            world.bring_to(("verified", "reported", "observed", "pending")[n % 4], activity)
    costs = []
    for slug in ("chica", "grande"):
        client.get(f"/{slug}/numeros/")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/{slug}/numeros/")
        costs.append(len(seen))
    assert costs[0] == costs[1]
    assert costs[0] <= 20
