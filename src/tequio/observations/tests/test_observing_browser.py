"""The way of somebody with a cheap phone and no scripts: from a commitment to a published observation."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import expect

from tequio.observations.models import Observation
from tequio.record.sequence import sequence

pytestmark = pytest.mark.django_db(transaction=True)
J = "/valle-del-ejemplo/"


def test_on_a_phone_without_scripts_somebody_says_what_they_see(cast: Any, browser: Any, live_server: Any) -> None:
    sequence()
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}{J}compromisos/agua-1/")
    page.get_by_role("link", name="¿No coincide con lo que ves? Dilo").click()
    page.get_by_label("¿Qué viste?").fill("La fuga de la calle Hidalgo sigue abierta.")
    page.get_by_role("button", name="Enviar y confirmar por correo").click()
    expect(page.get_by_role("alert").or_(page.get_by_text("Escribe este dato.")).first).to_be_visible()
    assert page.get_by_label("¿Qué viste?").input_value() == "La fuga de la calle Hidalgo sigue abierta."
    page.get_by_label("Tu correo").fill("vera@ejemplo.invalid")
    page.get_by_role("button", name="Enviar y confirmar por correo").click()
    expect(page.get_by_role("heading", name="Falta un paso: abre tu correo")).to_be_visible()
    found = re.search(rf"{J}observaciones/confirmar/\S+", mail.outbox[-1].body)
    assert found is not None
    page.goto(live_server.url + found[0])
    page.get_by_role("button", name="Publicar").click()
    page.wait_for_url(f"**{J}observaciones/2/")
    expect(page.get_by_text("La fuga de la calle Hidalgo sigue abierta.")).to_be_visible()
    assert Observation.objects.get(number=2).email == "vera@ejemplo.invalid"
    context.close()
    with_scripts = browser.new_context(viewport={"width": 320, "height": 800})
    page = with_scripts.new_page()
    for path in ("", "2/", "reglas/", "nueva/actividad/1/", "enviada/-/"):
        page.goto(f"{live_server.url}{J}observaciones/{path}")
        faults = [(v["id"], [n["target"] for n in v["nodes"]]) for v in Axe().run(page).response["violations"]]
        assert (path, faults, page.evaluate("document.documentElement.scrollWidth")) == (path, [], 320)
    with_scripts.close()
