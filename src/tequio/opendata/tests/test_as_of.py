"""The API on a past day: the rows of that day's board, and clear words for what is no such day."""

import pytest
import time_machine
from django.test import Client

from tequio.monitoring.tests.world import document, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_page_cache(settings):
    settings.PAGE_CACHE = False


@pytest.fixture
def world():
    with time_machine.travel("2026-02-02T18:00:00+00:00", tick=False):
        world = make_world(doc=document(commitments=2))
    with time_machine.travel("2026-02-20T18:00:00+00:00", tick=False):
        world.bring_to("verified")
    with time_machine.travel("2026-03-16T18:00:00+00:00", tick=False):
        yield world


def get(address):
    answer = Client().get(f"/api/v1/prueba/{address}")
    return answer.status_code, answer.json()


@pytest.mark.parametrize("name", ["board", "commitments", "activities"])
def test_today_from_the_acts_is_what_the_tables_say(world, name):
    assert get(f"{name}?as_of=2026-03-16")[1]["results"] == get(name)[1]["results"]


def test_a_past_day_has_the_lights_of_that_day(world):
    lights = [row["citizen_light"] for row in get("activities?as_of=2026-02-19")[1]["results"]]
    assert lights == ["grey"] * 6
    assert [row["citizen_light"] for row in get("activities?as_of=2026-02-20")[1]["results"]].count("green") == 1
    shares = [row["share_verified"] for row in get("board?as_of=2026-02-20&plan=1")[1]["results"]]
    assert shares == [33, 0]
    page = get("activities?as_of=2026-02-20&size=4")[1]
    assert (page["count"], len(page["results"])) == (6, 4)
    assert "as_of=2026-02-20" in page["next"]


@pytest.mark.parametrize("day", ["2026-03-17", "2026-02-30", "ayer", "1999-01-01", ""])
@pytest.mark.parametrize("name", ["board", "commitments", "activities"])
def test_a_day_that_is_none_or_has_not_come_is_refused_in_words(world, name, day):
    status, answer = get(f"{name}?as_of={day}")
    assert status == 422
    assert answer["detail"]


def test_the_day_is_described(world):
    described = Client().get("/api/v1/openapi.json").json()
    for name in ("board", "commitments", "activities"):
        names = [parameter["name"] for parameter in described["paths"][f"/api/v1/{{slug}}/{name}"]["get"]["parameters"]]
        assert "as_of" in names
