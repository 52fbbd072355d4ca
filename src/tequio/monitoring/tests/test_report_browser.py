"""A report on a telephone: it keeps itself, its file too; no accessibility fault and no sideways scroll on the way."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tequio.monitoring.models import ReportDraft
from tests.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_report_is_written_on_a_telephone_and_nothing_is_lost_on_the_way(browser: Any, live_server: Any) -> None:
    cast = make_cast()
    context = browser.new_context(viewport={"width": 390, "height": 844})
    cookie = cast.valle.client("lead").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page, faults, widths = context.new_page(), {}, set()

    def seen(name: str) -> None:
        found = Axe().run(page).response["violations"]
        faults[name] = [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found]
        widths.add(page.evaluate("document.documentElement.scrollWidth"))

    page.goto(f"{live_server.url}/valle-del-ejemplo/gestion/reportes/")
    seen("list")
    page.get_by_role("link", name="Publicar la bitácora 2").click()
    seen("form")
    page.get_by_label("En proceso").check()
    page.locator("textarea[name=text_es]").fill("Publicamos la bitácora de marzo.")
    page.locator("[data-saved][data-state=done]").wait_for()
    file = {"name": "bitacora.txt", "mimeType": "text/plain", "buffer": "La bitácora".encode()}
    page.set_input_files("input[name=pieces-0-upload]", file)
    page.get_by_role("button", name="Subir ahora").click()
    page.get_by_role("link", name="bitacora.txt").wait_for()
    page.get_by_role("button", name="Agregar otra evidencia").click()
    page.locator("input[name=pieces-1-title]").fill("Lista con firmas")
    page.get_by_role("button", name="Revisar antes de enviar").click()
    page.locator(".summary").wait_for()
    seen("wrong")
    assert page.locator("input[name=pieces-1-title]").input_value() == "Lista con firmas"
    page.locator("input[name=pieces-0-title]").fill("Bitácora de marzo")
    for n, kind in enumerate(("document", "attendance_list")):
        page.locator(f"select[name=pieces-{n}-kind]").select_option(kind)
        page.locator(f"input[name=pieces-{n}-date]").fill("2026-03")
    page.set_input_files("input[name=pieces-1-upload]", file | {"name": "firmas.txt", "buffer": b"Ana, firma"})
    page.locator("input[name=pieces-1-personal_data]").check()
    page.get_by_role("button", name="Revisar antes de enviar").click()
    page.get_by_role("button", name="Enviar y publicar").wait_for()
    seen("check")
    page.get_by_role("button", name="Enviar y publicar").click()
    page.get_by_role("heading", name="Ya es público").wait_for()
    seen("sent")
    page.get_by_role("link", name="Subir versión pública: Lista con firmas").click()
    seen("held")
    page.goto(f"{live_server.url}/valle-del-ejemplo/actividades/2/")
    seen("public")
    context.close()
    assert {name: found for name, found in faults.items() if found} == {}
    assert widths == {390}
    assert not ReportDraft.objects.exists()
