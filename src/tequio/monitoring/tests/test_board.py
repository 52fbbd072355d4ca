"""The board: honest about what is known, filtered by its address, the same cost at any size."""

import datetime as dt
import gzip
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tequio.monitoring import actions, queries
from tequio.monitoring.models import Decision
from tequio.monitoring.tests.world import BY, days_ago, document, make_world

pytestmark = pytest.mark.django_db
VIEWS = ["", "?vista=linea", "?vista=tabla"]


@pytest.fixture(autouse=True)
def _no_page_cache(settings):
    settings.PAGE_CACHE = False


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", html)


def counters(html: str) -> dict[str, int]:
    found = re.findall(r'data-light="(\w+)"[^>]*><b>(\d+)</b>', html)
    return {colour: int(n) for colour, n in found}


def rich_world():
    """Four commitments of three activities; activity states of every light."""
    world = make_world(doc=document(commitments=4))
    a = world.activities
    world.bring_to("verified", a[0])
    world.bring_to("under_review", a[1])
    world.bring_to("observed", a[3])
    world.bring_to("rejected", a[6])
    return world


def test_the_counters_are_the_lights_of_all_activities_and_lead_to_them(noon, client):
    rich_world()
    html = page(client, "/prueba/tablero/")
    assert counters(html) == {"green": 1, "blue": 1, "amber": 1, "red": 1, "grey": 8}
    assert titles(page(client, "/prueba/tablero/?luz=red")) == ["Compromiso 3"]
    assert 'href="?luz=red"' in html


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("", ["Compromiso 1", "Compromiso 2", "Compromiso 3", "Compromiso 4"]),
        ("?poder=executive", ["Compromiso 3"]),
        ("?institucion=institucion-1", ["Compromiso 1"]),
        ("?diferencia=1", ["Compromiso 1", "Compromiso 2", "Compromiso 3"]),
        ("?q=ACTIVIDAD 2.0", ["Compromiso 2"]),
        ("?q=institución", ["Compromiso 1", "Compromiso 2", "Compromiso 3", "Compromiso 4"]),
        ("?luz=green&poder=executive", []),
        ("?luz=green&diferencia=1", ["Compromiso 1"]),
        ("?vence=1", []),
    ],
)
def test_filters_stand_in_the_address_and_work_together(noon, client, address, shown):
    rich_world()
    assert titles(page(client, f"/prueba/tablero/{address}")) == shown


def test_filters_say_how_many_remain_and_how_to_leave_them(noon, client):
    rich_world()
    html = page(client, "/prueba/tablero/?luz=red&vista=tabla")
    assert "1 de 4 compromisos." in html
    assert '<a href="?vista=tabla">Quitar filtros</a>' in html
    empty = page(client, "/prueba/tablero/?q=zapato")
    assert "Ningún compromiso cumple con todos los filtros a la vez." in empty


def test_what_is_due_soon_is_found_until_it_is_reported(noon, client):
    soon = (dt.date(2026, 3, 16) + dt.timedelta(days=12)).isoformat()
    doc = document(commitments=2)
    doc["commitments"][0]["activities"][0]["due"] = soon
    world = make_world(doc=doc)
    assert titles(page(client, "/prueba/tablero/?vence=1")) == ["Compromiso 1"]
    world.report()
    assert titles(page(client, "/prueba/tablero/?vence=1")) == []


def test_the_largest_gap_or_the_nearest_date_comes_first_when_asked(noon, client):
    doc = document(commitments=3)
    doc["commitments"][1]["activities"][0]["due"] = "2026-04-01"
    world = make_world(doc=doc)
    for activity in world.activities[6:8]:
        world.report(activity)
    assert titles(page(client, "/prueba/tablero/?orden=diferencia"))[0] == "Compromiso 3"
    world.report(world.activities[1])
    assert titles(page(client, "/prueba/tablero/?orden=fecha")) != titles(page(client, "/prueba/tablero/"))


def test_the_gap_stands_in_words_on_the_card(noon, client):
    world = make_world()
    world.bring_to("verified", world.activities[0])
    world.report(world.activities[1])
    assert "La institución reporta 2 de 3; el Comité ha verificado 1" in page(client, "/prueba/tablero/")


def test_activities_that_the_source_counts_and_does_not_name_are_said_to_be_so(noon, client):
    doc = document()
    doc["commitments"][0]["activity_count"] = 7
    make_world(doc=doc)
    assert "4 actividades que la fuente cuenta y no nombra" in page(client, "/prueba/tablero/")


def test_proactive_commitments_have_their_own_block_and_stay_out_of_the_headline(noon, client):
    doc = document(commitments=2)
    doc["commitments"][1]["origin"] = "proactive"
    make_world(doc=doc)
    html = page(client, "/prueba/tablero/")
    assert counters(html)["grey"] == 3
    assert html.index("Compromiso 1") < html.index("Compromisos proactivos") < html.index("Compromiso 2")


def old_plan(**more):
    doc = document(start="2021-01-01", end="2023-12-31", **more)
    for commitment in doc["commitments"]:
        commitment |= {"start": "2021-02-01", "end": "2022-11-30"}
        for activity in commitment["activities"]:
            activity |= {"start": "2021-03-01", "due": "2021-10-30"}
    return doc


def load_without_committee(doc):
    from tequio.commitments.document.load import load
    from tequio.places.actions import create_jurisdiction

    place = create_jurisdiction(slug="antigua", name="Antigua", kind="municipality", by=BY)
    return load(doc, jurisdiction=place, by=BY).plan


def test_an_old_plan_without_decisions_is_silent_not_red(noon, client):
    doc = old_plan()
    doc["commitments"][0]["assessments"] = [
        {
            "low": "limited",
            "high": "substantial",
            "words": "From limited to substantial",
            "by": "end-of-commitment report",
        }
    ]
    load_without_committee(doc)
    html = page(client, "/antigua/tablero/")
    assert counters(html) == {"green": 0, "blue": 0, "amber": 0, "red": 0, "grey": 3}
    assert "Las luces de este plan están sin encender." in html
    assert "De limitado a sustancial" in html
    assert "«From limited to substantial»" in html


def test_once_a_committee_is_set_an_overdue_activity_without_report_is_red(noon, client):
    make_world(doc=old_plan())
    assert counters(page(client, "/prueba/tablero/"))["red"] == 3


def test_what_a_report_concludes_never_lights_the_citizens_light(noon, client):
    doc = document()
    doc["commitments"][0]["assessments"] = [{"low": "complete", "high": "complete", "words": "complete", "by": "IRM"}]
    world = make_world(doc=doc)
    row = queries.row_of(world.activity.commitment, dt.date(2026, 3, 16))
    assert (row.level["word"], row.rollup.citizens.colour, row.rollup.counts["green"]) == ("Completo", "grey", 0)


def test_a_commitments_page_says_the_same_as_the_board(noon):
    world = rich_world()
    today = dt.date(2026, 3, 16)
    together = {row.commitment.code: row.rollup.counts for row in queries.rows_of(world.plan, today)}
    alone = {
        c.code: queries.row_of(c, today).rollup.counts for c in world.plan.commitments.select_related("plan").all()
    }
    assert alone == together


def test_while_the_committee_takes_its_time_the_institutions_clock_stands_still(noon):
    doc = document()
    doc["commitments"][0]["activities"][0]["due"] = "2026-03-01"
    world = make_world(doc=doc)
    today = dt.date(2026, 3, 16)

    def schedule():
        return queries.row_of(world.activity.commitment, today).steps[0].standing.schedule

    assert schedule() == "overdue"
    world.report(on=days_ago(20))
    assert schedule() == "on_time"
    actions.begin_review(activity=world.activity, by=BY)
    assert schedule() == "on_time"
    world.decide("verified")
    assert schedule() == "done_on_time"


def test_one_territory_shows_nothing_of_another(noon, client):
    make_world(doc=document(title={"es": "Plan propio"}))
    other = make_world("ajena", document(title={"es": "Plan ajeno"}))
    assert "Plan ajeno" in page(client, "/ajena/tablero/")
    for address in ["tablero/", "comite/", *(f"tablero/{view}" for view in VIEWS[1:])]:
        assert "Plan ajeno" not in page(client, f"/prueba/{address}")
    assert other.plan.number == 1


@pytest.mark.parametrize("address", ["tablero/?plan=9", "tablero/?plan=x", "comite/?plan=9"])
def test_a_plan_that_does_not_exist_has_no_board(noon, client, address):
    make_world()
    assert client.get(f"/prueba/{address}").status_code == 404


def test_without_a_plan_the_board_says_what_will_appear(noon, client):
    from tequio.places.actions import create_jurisdiction

    create_jurisdiction(slug="nueva", name="Nueva", kind="municipality", by=BY)
    assert "Aquí estará el tablero cuando" in page(client, "/nueva/tablero/")


@pytest.mark.once
@pytest.mark.parametrize("view", VIEWS)
def test_the_board_costs_the_same_queries_at_any_size_and_at_most_twelve(noon, client, view):
    small = make_world("chica", document(commitments=1, activities=1))
    large = make_world("grande", document(commitments=12, activities=6))
    for world in (small, large):
        for n, activity in enumerate(world.activities):
            world.bring_to(("verified", "reported", "observed", "pending")[n % 4], activity)
    costs = []
    for slug in ("chica", "grande"):
        client.get(f"/{slug}/tablero/{view}")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(f"/{slug}/tablero/{view}")
        costs.append(len(seen))
    assert costs[0] == costs[1]
    assert costs[0] <= 12


def test_the_committees_page_costs_the_same_queries_with_one_decision_and_with_many(noon, client):
    small = make_world("chica", document(activities=1))
    large = make_world("grande", document(activities=5))
    for world in (small, large):
        for activity in world.activities:
            world.bring_to("verified", activity)
    costs = []
    for slug in ("chica", "grande"):
        client.get(f"/{slug}/comite/")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/{slug}/comite/")
        costs.append(len(seen))
    assert Decision.objects.count() == 6
    assert costs[0] == costs[1]


@pytest.mark.parametrize("view", VIEWS)
def test_the_board_is_the_same_bytes_each_time(noon, client, view):
    rich_world()
    assert client.get(f"/prueba/tablero/{view}").content == client.get(f"/prueba/tablero/{view}").content


def test_the_board_of_sixty_commitments_stays_light(noon, client):
    make_world(doc=document(commitments=60, activities=10))
    html = client.get("/prueba/tablero/").content
    assert len(titles(html.decode())) == 60
    assert len(gzip.compress(html, 6)) < 40_000


def test_the_committee_is_shown_with_its_rules_declarations_and_vacancies(noon, client):
    world = make_world()
    from tequio.people.actions import grant_role

    vacancy = grant_role(jurisdiction=world.jurisdiction, kind="committee", by=BY)
    silent = grant_role(
        jurisdiction=world.jurisdiction, kind="committee", person=_person(world, "Horacio"), named=False, by=BY
    )
    actions.set_committee(plan=world.plan, members=[*world.members, vacancy, silent], quorum=4, by=BY)
    html = page(client, "/prueba/comite/")
    assert "Carmen" in html
    assert "Horacio" not in html
    assert "Integrante que prefiere no publicar su nombre" in html
    assert "Lugar vacante" in html
    assert "Falta su declaración de intereses: no puede decidir" in html
    assert "4 integrantes" in html


def _person(world, name):
    from tequio.people.models import Person

    return Person.objects.create(jurisdiction=world.jurisdiction, name=name)


def test_a_committee_that_the_sources_do_not_name_is_said_to_be_so(noon, client):
    doc = old_plan(
        monitoring={"composition": {"es": "Ciudadanas y ciudadanos voluntarios"}, "board_url": "javascript:x"}
    )
    load_without_committee(doc)
    html = page(client, "/antigua/comite/")
    assert "Ciudadanas y ciudadanos voluntarios" in html
    assert "La fuente no nombra a sus integrantes." in html
    assert "javascript:x" not in html
