"""Every other public page and every form, as a browser shows them at 320 pixels in light and dark: no fault of axe, nothing
that scrolls sideways, a first load of at most 80 KB. (The stories, the board and the style page have their own tests.)"""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from tequio.record.publish import publish
from tests.cast import Cast, make_cast

HERE = "/valle-del-ejemplo"
PUBLIC = [
    "/",
    f"{HERE}/",
    f"{HERE}/buscar/?q=bitacora",
    f"{HERE}/buscar/?q=nadanada",
    f"{HERE}/planes/",
    f"{HERE}/instituciones/",
    f"{HERE}/secretariado/",
    f"{HERE}/numeros/",
    f"{HERE}/tablero/cambios/",
    f"{HERE}/tablero/?fecha=2026-01-02",
    f"{HERE}/registro/",
    f"{HERE}/registro/actos/9/",
    f"{HERE}/seguir/",
    f"{HERE}/seguir/?que=commitment/agua-1",
    f"{HERE}/seguir/enviado/",
    f"{HERE}/datos/",
    f"{HERE}/datos/diccionario/compromisos/",
    "/ayuda/",
    "/ayuda/tablero/",
    "/listas/",
    "/cuentas/login/",
    "/en/valle-del-ejemplo/",
    "/no-existe/",
]
FORMS = [
    f"{HERE}/gestion/",
    f"{HERE}/gestion/planes/",
    f"{HERE}/gestion/planes/1/",
    *(f"{HERE}/gestion/planes/1/parte/{part}/" for part in ("basics", "phases", "people", "manual")),
    f"{HERE}/gestion/planes/1/publicar/",
    f"{HERE}/gestion/planes/cargar/",
    f"{HERE}/gestion/compromisos/",
    f"{HERE}/gestion/compromisos-nuevo/",
    f"{HERE}/gestion/compromisos/agua-1/",
    *(f"{HERE}/gestion/compromisos/agua-1/parte/{part}/" for part in ("story", "people", "alignment")),
    f"{HERE}/gestion/compromisos/agua-1/actividades/1/",
    f"{HERE}/gestion/compromisos/agua-1/indicadores/1/",
    f"{HERE}/gestion/compromisos/agua-1/indicadores/1/valores/",
    f"{HERE}/gestion/actividades/1/pausas/",
    f"{HERE}/gestion/compromisos/agua-1/evidencia/1/retener/",
    f"{HERE}/gestion/compromisos/agua-1/publicar/",
    f"{HERE}/avisos/",
    f"{HERE}/gestion/envios/",
    f"{HERE}/gestion/personas/nuevo/",
    f"{HERE}/gestion/instituciones/",
]


@pytest.fixture
def everybody(transactional_db: None) -> Cast:
    cast = make_cast()
    publish()
    return cast


@pytest.fixture
def pages(browser: Any, live_server: Any) -> Iterator[Any]:
    """A function that gives a phone's page, signed in or not."""
    contexts = []

    def phone(scheme: str, account: Any = None) -> Any:
        context = browser.new_context(
            viewport={"width": 320, "height": 800}, color_scheme=scheme, base_url=live_server.url
        )
        contexts.append(context)
        if account is not None:
            client = Client()
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        return context.new_page()

    yield phone
    for context in contexts:
        context.close()


def faults_of(page: Any, path: str) -> list[Any]:
    page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page).response["violations"]
    faults = [(path, fault["id"], [node["target"] for node in fault["nodes"]][:3]) for fault in found]
    width = page.evaluate("document.documentElement.scrollWidth")
    return faults + ([(path, "scrolls sideways", width)] if width > 320 else [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_public_page_has_a_fault(everybody: Cast, pages: Any, scheme: str) -> None:
    page = pages(scheme)
    assert [fault for path in PUBLIC for fault in faults_of(page, path)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_form_has_a_fault(everybody: Cast, pages: Any, scheme: str) -> None:
    page = pages(scheme, everybody.valle.accounts["secretariat"])
    assert [fault for path in FORMS for fault in faults_of(page, path)] == []


def test_a_form_with_errors_reads_them_first_and_leads_to_each_by_keyboard(everybody: Cast, pages: Any) -> None:
    page = pages("light", everybody.valle.accounts["secretariat"])
    page.goto(f"{HERE}/gestion/compromisos/agua-1/parte/basics/")
    page.locator("[name='start']").fill("ayer")
    page.keyboard.press("Enter")
    page.wait_for_selector(".summary")
    assert page.evaluate("document.activeElement.classList.contains('summary')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "start"
    assert page.locator("[name='start']").input_value() == "ayer"
