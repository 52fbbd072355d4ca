"""On a phone: a text comes in, a doubt is settled, it is published, and anybody sees what changed."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import expect

from tequio.legaltext.tests.texts import FIRST, SECOND, first_version
from tequio.record.sequence import sequence

pytestmark = pytest.mark.django_db(transaction=True)
J = "/valle-del-ejemplo/"
TWICE = SECOND.replace("CAPÍTULO II\n", "Artículo 3.- El Comité sesiona cada mes.\n\nCAPÍTULO II\n")


def faults(page: Any) -> list[Any]:
    return [(v["id"], [n["target"] for n in v["nodes"]]) for v in Axe().run(page).response["violations"]]


def test_on_a_phone_a_text_is_brought_in_put_right_published_and_compared(
    cast: Any, browser: Any, live_server: Any
) -> None:
    first_version(cast.valle, FIRST)
    sequence()
    context = browser.new_context(viewport={"width": 390, "height": 800}, base_url=live_server.url)
    session = cast.valle.client("secretariat").cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{J}gestion/textos/riego/")
    page.get_by_role("link", name="Traer una versión nueva").click()
    page.get_by_label("O pega aquí el texto").fill(TWICE)
    page.get_by_label("¿De qué fecha es este texto?").fill("2026-03-01")
    page.get_by_role("button", name="Leer el texto").click()
    expect(page.get_by_role("heading", name="Antes de publicar")).to_be_visible()
    assert faults(page) == []
    page.locator("#dudas").get_by_role("link", name="ya aparece antes").first.click()
    expect(page.get_by_role("heading", name="Así viene en la fuente")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Quitarla: está repetida").check()
    page.get_by_role("button", name="Arreglar", exact=True).click()
    expect(page.get_by_text("Arreglado.")).to_be_visible()
    while page.locator("#dudas form").count():
        page.locator("#dudas form button").first.click()
        expect(page.get_by_text("queda como está")).to_be_visible()
    page.get_by_role("link", name="Publicar esta versión").click()
    expect(page.get_by_text("Una versión publicada no cambia nunca.")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Publicar para siempre").click()
    page.wait_for_url(f"**{J}textos/riego/2/")
    sequence()
    page.get_by_role("link", name="Qué cambió frente a la anterior").click()
    expect(page.get_by_text("Es nuevo: artículo 4.")).to_be_visible()
    context.close()
    narrow = browser.new_context(viewport={"width": 320, "height": 800}, base_url=live_server.url)
    page = narrow.new_page()
    for path in (
        *("textos/", "textos/glosario/", "textos/como-se-compara/", "textos/riego/", "textos/riego/2/"),
        *("textos/riego/2/entero/", "textos/riego/2/art_3/", "textos/riego/2/desde/1/"),
        "textos/riego/2/desde/1/?vista=seguido",
    ):
        page.goto(J + path)
        assert (path, faults(page), page.evaluate("document.documentElement.scrollWidth")) == (path, [], 320)
    narrow.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    for path in ("gestion/textos/", "gestion/textos/nuevo/", "gestion/textos/riego/"):
        page.goto(J + path)
        assert (path, faults(page), page.evaluate("document.documentElement.scrollWidth")) == (path, [], 320)
    narrow.close()
