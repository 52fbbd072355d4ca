"""Kept pages: the same bytes for everybody who has not signed in, until the record moves; never for anybody else."""

import datetime as dt
import gzip

import pytest
import time_machine
from django.conf import settings as portal
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tequio.commitments.tests import make
from tequio.people.models import Organisation
from tequio.places.actions import create_jurisdiction
from tequio.portal.pagecache import NEVER, head_and_day
from tequio.record.append import Actor, act
from tequio.record.publish import publish
from tequio.record.sequence import sequence
from tests.cast import cast  # noqa: F401
from tests.test_matrix import address, lines

BOARD = "/valle-del-ejemplo/tablero/"


@pytest.fixture
def valle(cast):  # noqa: F811
    """The cast's first place, with everything numbered and sealed."""
    publish()
    return cast.valle


def public_addresses(place):
    """Every public page, in both languages, and the machines' addresses beside it."""
    pages = [address(route, line, place) for route, line in lines("public") if line.status == 200]
    machines = [address(route, line, place) for route, line in lines("machine") if line.status == 200]
    return [*pages, *(f"/en{page}" for page in pages), *machines]


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.once
def test_every_public_page_is_rendered_to_the_same_bytes_each_time(valle, settings):
    settings.PAGE_CACHE = False
    differing, with_token = [], set()
    for url in public_addresses(valle):
        first, second = Client().get(url), Client().get(url)
        assert first.status_code == 200
        if first.cookies:
            with_token.add(url.removeprefix("/en"))
            continue
        if body(first) != body(second):
            differing.append(url)
    assert differing == []
    # Forms that anybody fills in hold a token, so they are never kept; no other public page does.
    forms = ("/nueva/", "/nuevo/", "/enviada/", "/enviado/", "/participar/", "/solicitar/", "/entregar/", "/proponer/")
    assert [url for url in with_token if not any(part in url for part in forms)] == []


@pytest.mark.once
def test_a_page_from_the_cache_is_the_page_that_was_rendered_at_the_cost_of_one_query(valle, settings):
    wrong = []
    for url in public_addresses(valle):
        rendered = Client().get(url)
        if rendered.streaming or rendered.cookies or NEVER.match(url):
            body(rendered)
            continue
        if url.endswith(("/robots.txt", "/mapa.xml")):  # follow the search index, so they set an hour of their own
            assert ("ETag" in rendered, rendered["Cache-Control"]) == (False, "public, max-age=3600")
            continue
        with CaptureQueriesContext(connection) as queries:
            kept = Client().get(url)
        cost = len(queries)
        packed = Client().get(url, headers={"Accept-Encoding": "gzip"})
        unchanged = Client().get(url, headers={"If-None-Match": rendered["ETag"]})
        settings.PAGE_CACHE = False
        uncached = Client().get(url)
        settings.PAGE_CACHE = True
        same = kept.content == rendered.content == uncached.content == gzip.decompress(packed.content)
        headers = {"ETag", "Content-Type", "Content-Security-Policy", "Content-Language", "Cache-Control", "Vary"}
        alike = all(kept.get(name) == rendered.get(name) for name in headers)
        shielded = kept.get("Content-Security-Policy") == uncached.get("Content-Security-Policy")
        if not (same and alike and shielded and cost == 1 and unchanged.status_code == 304):
            wrong.append((url, same, alike, shielded, cost, unchanged.status_code))
    assert wrong == []


def test_a_page_is_rendered_again_when_the_record_moves(valle):
    before = Client().get(BOARD)
    water = Organisation.objects.get(jurisdiction=valle.jurisdiction, slug="agua")
    with transaction.atomic(), act("organisation.changed", water, by=Actor(role="secretariat")):
        water.name = "Agua para Todas"
    after = Client().get(BOARD, headers={"If-None-Match": before["ETag"]})
    assert (after.status_code, after["ETag"] == before["ETag"]) == (200, False)
    assert (before.content.count(b"Agua para Todas"), after.content.count(b"Agua para Todas") > 0) == (0, True)
    sequence()
    assert Client().get(BOARD)["ETag"] != after["ETag"]


def test_a_page_is_rendered_again_when_the_day_changes_there(valle):
    create_jurisdiction(
        slug="tijuana", name="Tijuana", kind="municipality", time_zone="America/Tijuana", by=Actor(role="operator")
    )
    with time_machine.travel(dt.datetime(2026, 3, 17, 6, 30, tzinfo=dt.UTC), tick=False):
        days = [
            head_and_day(url)[1] for url in (BOARD, f"/en{BOARD}", "/tijuana/tablero/", "/api/v1/tijuana/board", "/")
        ]
    assert days == ["2026-03-17", "2026-03-17", "2026-03-16", "2026-03-16", "2026-03-17"]


def test_who_is_signed_in_neither_gets_a_kept_page_nor_leaves_one(valle):
    client = valle.client("lead")
    mine = client.get(BOARD)
    assert "ETag" not in mine
    visitors = Client().get(BOARD)
    assert visitors.content != mine.content
    assert client.get(BOARD).content == mine.content
    assert Client().get(BOARD).content == visitors.content


@pytest.mark.parametrize("name", ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"])
def test_a_reader_with_a_cookie_of_ours_passes_by(valle, name):
    client = Client()
    client.cookies[getattr(portal, name)] = "x"
    assert "ETag" not in client.get(BOARD)


def test_a_reader_with_a_cookie_of_somebody_else_gets_the_kept_page(valle):
    client = Client()
    client.cookies["_ga"] = "x"
    assert client.get(BOARD)["ETag"] == Client().get(BOARD)["ETag"]


def test_search_and_work_pages_are_never_kept():
    addresses = [
        "/jalisco/buscar/",
        "/en/jalisco/buscar/",
        "/jalisco/gestion/",
        "/cuentas/login/",
        "/en/mi/",
        "/registro/x",
    ]
    assert [bool(NEVER.match(url)) for url in addresses] == [True] * 6
    addresses = ["/", "/jalisco/", "/jalisco/registro/", "/jalisco/compromisos/buscar/", "/en/jalisco/tablero/"]
    assert [bool(NEVER.match(url)) for url in addresses] == [False] * 5


def test_what_is_not_there_is_not_kept(valle):
    assert "ETag" not in Client().get("/valle-del-ejemplo/compromisos/nada/")
    assert "ETag" not in Client().get("/nadie/")


def test_forms_and_endless_addresses_pass_by(valle):
    assert "ETag" not in Client().post(BOARD)
    assert "ETag" not in Client().get(BOARD + "?q=" + "a" * 700)


def test_pages_of_versions_and_indicators_are_the_same_bytes_each_time(db, settings):
    place = make.made().jurisdiction
    settings.PAGE_CACHE = False
    sequence()
    pages = [f"/{place.slug}/compromisos/agua-1/{rest}" for rest in ("versiones/1/", "indicadores/1/", "evidencia/1/")]
    for url in [*pages, *(f"/en{page}" for page in pages)]:
        first, second = Client().get(url), Client().get(url)
        assert (first.status_code, first.content) == (200, second.content)


def test_pages_of_people_who_are_signed_in_travel_packed_too(valle):
    client = valle.client("committee")
    answer = client.get(BOARD, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) * 3 < len(client.get(BOARD).content)
    assert "ETag" not in answer
