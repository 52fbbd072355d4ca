"""The API: paged, described, open to scripts of any site, and the same for everybody."""

import hypothesis
import jsonschema
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tequio.commitments.document.schema import schema as plan_schema
from tequio.commitments.tests import make
from tequio.config.wsgi import application
from tequio.opendata.tables import TABLES
from tequio.people.models import Account
from tequio.plans.models import Plan
from tequio.record.sequence import sequence

API = "/api/v1"
NAMES = [table.api for table in TABLES]


def get(address, **headers):
    return Client().get(f"{API}/{address}", headers=headers)


def test_each_table_has_its_rows(valle):
    counts = {}
    for name in [*NAMES, "board"]:
        answer = get(f"valle/{name}").json()
        counts[name] = answer["count"]
        assert len(answer["results"]) == min(answer["count"], 50)
    assert counts.pop("record") > 20
    assert counts == {
        "plans": 1,
        "commitments": 2,
        "activities": 4,
        "indicators": 4,
        "money": 4,
        "evidence": 4,
        "reports": 0,
        "verifications": 0,
        "looks": 0,
        "decisions": 0,
        "ballots": 0,
        "observations": 0,
        "problems": 0,
        "contributions": 0,
        "statements": 0,
        "lab-stops": 0,
        "lab-outreach": 0,
        "credits": 0,
        "scores": 0,
        "bills": 0,
        "bill-steps": 0,
        "bill-sessions": 0,
        "opinions": 0,
        "word-origins": 0,
        "texts": 0,
        "text-changes": 0,
        "seats": 0,
        "sessions": 0,
        "agenda": 0,
        "attendance": 0,
        "agreements": 0,
        "organisations": 3,
        "board": 2,
    }


def test_a_row_says_what_its_page_says(valle):
    row = get("valle/activities").json()["results"][0]
    assert {key: row[key] for key in ("plan", "commitment", "title_es", "title_en", "promised", "state", "url")} == {
        "plan": 1,
        "commitment": "agua-1",
        "title_es": "Publicar la bitácora 1 del agua",
        "title_en": "Publish water log 1",
        "promised": "2026-04-28",
        "state": "pending",
        "url": f"/valle/actividades/{row['activity']}/",
    }


def test_following_next_gives_each_row_once(valle):
    whole = get("valle/record?size=200").json()["results"]
    found, address = [], f"{API}/valle/record?size=7"
    while address:
        page = Client().get(address).json()
        found += page["results"]
        address = page["next"]
    assert found == whole
    assert len(whole) == get("valle/record").json()["count"]


def test_the_board_is_of_one_plan_the_newest_unless_another_is_asked_for(valle):
    second = make.plan(number=2)
    second["commitments"][0]["code"] = "sol-1"
    make.load(second, jurisdiction=valle, by=make.BY)
    sequence()
    assert [row["code"] for row in get("valle/board").json()["results"]] == ["sol-1"]
    first = get("valle/board?plan=1&size=1").json()
    assert [row["code"] for row in first["results"]] == ["agua-1"]
    assert first["next"] == "/api/v1/valle/board?plan=1&size=1&page=2"
    assert get("valle/board?plan=7").status_code == 404


def test_what_is_not_there_is_told_in_json(valle):
    for address in ("nadie/plans", "valle/plans/7", "nadie/plans/1", "nadie/board", "%00/plans"):
        answer = get(address)
        assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})


def test_a_page_that_cannot_be_is_refused(valle):
    for query in ("page=0", "page=-1", "page=x", "size=0", "size=201", "page=99999999999999999999"):
        assert (query, get(f"valle/commitments?{query}").status_code) == (query, 422)


def test_a_page_behind_the_last_is_empty(valle):
    answer = get("valle/commitments?page=5").json()
    assert (answer["count"], answer["results"], answer["next"]) == (2, [], None)


def test_a_page_costs_the_same_queries_with_one_row_and_with_many(valle, settings):
    settings.PAGE_CACHE = False
    for name in [*NAMES, "board"]:
        costs = []
        for size in (1, 200):
            with CaptureQueriesContext(connection) as queries:
                get(f"valle/{name}?size={size}")
            costs.append(len(queries))
        assert (name, costs[0]) == (name, costs[1])


def test_what_has_not_changed_is_not_sent_again(valle):
    first = get("valle/board")
    assert get("valle/board", if_none_match=first["ETag"]).status_code == 304
    make.made(slug="tercero")
    sequence()
    assert get("valle/board", if_none_match=first["ETag"]).status_code == 200


def test_who_asks_makes_no_difference(valle):
    client = Client()
    client.force_login(Account.objects.create_user("daniel@ejemplo.invalid"))
    mine, others = client.get(f"{API}/valle/board"), get("valle/board")
    assert (mine.content, mine["ETag"]) == (others.content, others["ETag"])


def test_scripts_of_any_site_may_read(valle):
    for address in ("jurisdictions", "openapi.json", "plan.schema.json", "valle/board", "valle/plans/1", "nadie/board"):
        for _time in ("rendered", "kept"):
            assert get(address)["Access-Control-Allow-Origin"] == "*"


def test_a_plan_is_the_document_that_loads_again_to_the_same_plan(valle):
    document = get("valle/plans/1").json()
    jsonschema.validate(document, plan_schema())
    make.load(document, jurisdiction=make.place("copia"), by=make.BY)
    copy = Plan.objects.get(jurisdiction__slug="copia")
    assert copy.commitments.count() == 2
    assert get("plan.schema.json").json() == plan_schema()


def test_the_description_is_openapi_and_names_each_column(valle):
    found = get("openapi.json").json()
    assert found["openapi"].startswith("3.1")
    assert {f"/api/v1/{{slug}}/{name}" for name in NAMES} < set(found["paths"])
    for table in TABLES:
        row = found["components"]["schemas"][f"{table.api.capitalize()}Row"]["properties"]
        with translation.override("es"):
            assert {name: cell["description"] for name, cell in row.items()} == {
                column.name: str(column.meaning) for column in table.columns
            }


@pytest.fixture
def one_connection():
    """The application as a server calls it, on the test's own connection, which would be closed after each answer."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.once
def test_the_api_answers_as_its_description_says(valle, one_connection):
    few = hypothesis.settings(
        max_examples=5,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    described = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", application)
    described.config.generation.update(modes=[schemathesis.GenerationMode.POSITIVE])
    asked = set()
    for found in described.get_all_operations():
        operation = found.ok()

        @few
        @hypothesis.given(case=operation.as_strategy())
        def ask(case):
            if case.path_parameters:
                case.path_parameters |= {"slug": "valle"}
            if case.query and case.query.get("as_of"):
                case.query["as_of"] = "2026-02-01"  # a description cannot say which days have been
            answer = case.call_and_validate(headers={"Host": "testserver", "Accept-Encoding": "identity"})
            asked.add((case.path, answer.status_code))

        ask()
    paths = {path for path, _status in asked}
    assert paths == set(described.raw_schema["paths"])
    assert {path for path, status in asked if status == 200} >= paths - {f"{API}/{{slug}}/plans/{{number}}"}
    assert {status for _path, status in asked} <= {200, 404}
