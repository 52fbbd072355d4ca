"""The search page: its state is in its address, and what was found is never taken for HTML."""

import pytest
from django.db import transaction

from tequio.common.i18n import text
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor, act
from tequio.search import index, sources
from tequio.search.sources import Item, Source

pytestmark = pytest.mark.django_db

ITEM = Item(
    "jalisco/commitment/a", "jalisco", "es", "/jalisco/a/", "Agua <script>alert(1)</script>", "Agua & <b>sol</b>"
)


@pytest.fixture(autouse=True)
def _one_thing(monkeypatch):
    monkeypatch.setattr(sources, "_sources", {})
    sources.register(Source("commitment", "Compromisos", ("commitment",), lambda keys: [ITEM], lambda: [ITEM.key]))
    with transaction.atomic(), act("jurisdiction.created", jurisdiction := Jurisdiction(), by=Actor()):
        jurisdiction.slug, jurisdiction.name, jurisdiction.kind, jurisdiction.code = (
            "jalisco",
            text("Jalisco"),
            "state",
            "14",
        )
    index.rebuild()


def body(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_found_words_are_marked_and_found_html_is_text(client):
    page = body(client, "/jalisco/buscar/?q=agua")
    assert "<mark>Agua</mark> &lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<mark>Agua</mark> &amp; &lt;b&gt;sol&lt;/b&gt;" in page


def test_the_form_keeps_what_was_typed_and_the_kind(client):
    page = body(client, "/jalisco/buscar/?q=%22agua%22&tipo=commitment")
    assert 'value="&quot;agua&quot;"' in page
    assert '<input type="hidden" name="tipo" value="commitment">' in page


def test_without_words_there_is_only_the_form(client):
    page = body(client, "/jalisco/buscar/")
    assert "<form" in page
    assert "<mark>" not in page
    assert "No encontramos" not in page


def test_when_nothing_is_found_the_page_says_what_to_try(client):
    assert "No encontramos nada con esas palabras" in body(client, "/jalisco/buscar/?q=zapato")
    assert "agau" not in body(client, "/jalisco/buscar/?q=agua")


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "99999999999", ""])
def test_a_page_number_that_makes_no_sense_is_a_page_that_exists(client, number):
    assert "<mark>Agua</mark>" in body(client, f"/jalisco/buscar/?q=agua&pagina={number}")


def test_the_search_of_an_unknown_jurisdiction_is_not_found(client):
    assert client.get("/nowhere/buscar/?q=agua").status_code == 404
