"""Voting on a phone, without scripts; and every page of decisions as a browser shows it at 320 pixels."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tequio.people.actions import grant_role, invite
from tequio.record.publish import publish
from tequio.secretariat import actions
from tequio.secretariat.models import Ballot, Decision, Matter
from tequio.secretariat.tests.stage import BY, DAY, Stage, make_stage
from tests.cast import signed_in

J = "/mesa/"
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
PUBLIC = [
    *("secretariado/decisiones/", "secretariado/decisiones/1/", "secretariado/decisiones/2/", "secretariado/paridad/"),
    *("secretariado/decisiones/3/", "secretariado/reglas/stl/", "secretariado/requisitos/", "sesiones/1/"),
    "sesiones/1/pantalla/",
]
WORK = [
    *("gestion/decisiones/", "gestion/decisiones/nueva/1/", "gestion/decisiones/3/", "gestion/decisiones/3/cerrar/"),
    *("gestion/reglas/stl/", "gestion/decisiones/3/sala/"),
]


@pytest.fixture
def table(transactional_db: None, noon: Any) -> Stage:
    """The table, with somebody who runs it."""
    stage = make_stage()
    sofia = invite(jurisdiction=stage.jurisdiction, name="Sofía", email="sofia@ejemplo.invalid")
    grant_role(jurisdiction=stage.jurisdiction, kind="secretariat", person=sofia, named=True, since=DAY, by=BY)
    stage.sofia = signed_in(sofia.account)  # type: ignore[attr-defined]
    return stage


def phone(browser: Any, live_server: Any, client: Client | None, width: int, scripts: bool = True) -> Any:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, base_url=live_server.url, java_script_enabled=scripts
    )
    if client is not None:
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    return context.new_page()


def faults_of(page: Any, paths: list[str]) -> list[Any]:
    """What axe finds in light and in dark, and what is wider than the phone."""
    faults = []
    for path in paths:
        page.emulate_media(color_scheme="light")
        page.goto(J + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(page).response["violations"]
        page.emulate_media(color_scheme="dark")
        found += page.evaluate("words => axe.run(words)", CONTRAST)["violations"]
        faults += [(path, fault["id"], [node["target"] for node in fault["nodes"]][:3]) for fault in found]
        wide = page.evaluate("document.documentElement.scrollWidth")
        faults += [(path, "scrolls sideways", wide)] if wide > 320 else []
    return faults


def test_heads_vote_on_their_phones_and_everybody_reads_why_it_did_not_pass(
    table: Stage, browser: Any, live_server: Any
) -> None:
    secret = table.open("¿Quién facilita la mesa?", matter=Matter.PERSON)
    decision = table.open()
    publish()
    page = phone(browser, live_server, table.client("c0"), 390, scripts=False)
    page.goto(J + "gestion/pendientes/")
    page.get_by_role("link", name="¿Se adopta el compromiso?").click()
    page.get_by_role("button", name="Votar", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("En contra").check()
    page.get_by_label("Por qué").fill("Falta decir con qué dinero.")
    page.get_by_role("button", name="Votar", exact=True).click()
    expect(page.get_by_text("Tu voto quedó anotado y ya es público.")).to_be_visible()
    page.goto(J + "gestion/decisiones/1/votar/")
    page.get_by_label("A favor").check()
    page.get_by_role("button", name="Poner mi voto en la urna").click()
    expect(page.get_by_text("Tu voto está en la urna.")).to_be_visible()
    expect(page.get_by_label("A favor")).to_have_count(0)
    assert set(Ballot.objects.values_list("decision__number", "choice")) == {(1, ""), (2, "against")}
    page.context.close()

    table.vote(decision, "-ffaa", "ffff")
    table.vote(secret, "-ffaf", "ffaf")
    run = phone(browser, live_server, table.sofia, 390, scripts=False)  # type: ignore[attr-defined]
    run.goto(J + "gestion/decisiones/2/")
    run.get_by_role("link", name="Cerrar la decisión…").click()
    run.get_by_role("button", name="Cerrarla y publicar el resultado").click()
    expect(run.get_by_text("dentro de sociedad civil hubo 2 votos a favor y 3 en contra").first).to_be_visible()
    expect(run.get_by_text("Falta decir con qué dinero.")).to_be_visible()
    run.context.close()

    actions.close_decision(decision=Decision.objects.get(number=1), by=BY)
    third = table.open("¿Se cambia la sede?", method="consensus")
    actions.object_to(decision=third, reason="Queda lejos.", **table.who("c3"))
    publish()
    for client, paths in (
        (None, PUBLIC),
        (table.sofia, WORK),  # type: ignore[attr-defined]
        (table.client("c2"), ["gestion/decisiones/3/votar/", "gestion/decisiones/2/votar/"]),
    ):
        looked = phone(browser, live_server, client, 320)
        assert faults_of(looked, paths) == []
        looked.context.close()
