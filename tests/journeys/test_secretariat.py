"""The secretariat drafts, checks, publishes and then changes a commitment; a visitor sees both versions."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tequio.commitments.models import Commitment
from tequio.record.sequence import sequence
from tests.cast import Cast, make_cast


@pytest.fixture
def everybody(transactional_db: None) -> Cast:
    """The cast on real transactions, as a browser needs them."""
    return make_cast()


@pytest.fixture
def page(browser: Any, live_server: Any) -> Iterator[Any]:
    """A wide window without scripts: every step has to work with HTML alone."""
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    yield context.new_page()
    context.close()


def sign_in(page: Any, account: Any, live_server: Any) -> None:
    """As if the person had just typed the code that came by e-mail."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )


def save(page: Any) -> None:
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Borrador guardado.")).to_be_visible()


def fill(page: Any, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"[name='{name}']").fill(value)


def test_a_commitment_goes_from_draft_to_public_and_a_change_keeps_both_versions(
    everybody: Cast, page: Any, live_server: Any
) -> None:
    place = everybody.valle
    sign_in(page, place.accounts["secretariat"], live_server)
    page.goto(f"/{place.jurisdiction.slug}/gestion/")
    page.get_by_role("link", name="Planes", exact=True).first.click()
    # The plan is marked as submitted: from here on, changes make versions.
    page.get_by_role("link", name="Plan de prueba").click()
    page.get_by_role("button", name="Marcar como presentado hoy").click()
    expect(page.get_by_text("El plan quedó presentado")).to_be_visible()

    page.get_by_role("link", name="Nuevo compromiso").click()
    fill(page, code="escuelas-1", title_es="Rutas seguras a la escuela")
    page.locator("[name='lead']").select_option(label="Organismo de Agua")
    page.get_by_role("button", name="Guardar").click()
    draft = page.url

    # What is missing is listed, each with the way to its place; publishing is refused.
    expect(page.get_by_text("Falta: Problema público.")).to_be_visible()
    page.get_by_role("link", name="Publicar", exact=True).click()
    expect(page.get_by_text("Todavía no se puede publicar")).to_be_visible()
    assert not Commitment.public_rows().filter(code="escuelas-1").exists()

    page.goto(f"{draft}parte/basics/")
    page.locator("[name='branch']").select_option("municipal")
    page.locator("[name='origin']").select_option("cocreated")
    page.locator("[name='horizon']").select_option("medium")
    fill(page, start="2026-02-01", end="2025-12-01")
    page.get_by_role("button", name="Guardar").click()
    # A wrong date comes back with the form filled in.
    expect(page.locator(".summary").get_by_text("Termina antes de empezar").first).to_be_visible()
    assert page.locator("[name='start']").input_value() == "2026-02-01"
    fill(page, end="2027-06-30")
    save(page)

    page.goto(f"{draft}parte/story/")
    fill(
        page,
        problem_es="Caminar a la escuela es peligroso.",
        status_quo_es="No hay cruces señalados.",
        action_es="Señalar los cruces de diez escuelas.",
        contribution_es="Menos accidentes.",
    )
    save(page)
    page.goto(f"{draft}parte/people/")
    for name in ("head_role", "liaison_role"):
        page.locator(f"[name='{name}']").select_option(str(place.roles["lead"].number))
    save(page)
    page.goto(f"{draft}parte/alignment/")
    page.locator("[name='value_transparency']").check()
    fill(page, reason_transparency_es="Los avances se publican.", **{"sdg_targets-0-code": "11.2"})
    page.locator("[name='policy_areas'][value='education']").check()
    page.locator("[name='sector']").select_option("education")
    save(page)
    page.goto(f"{draft}parte/money/")
    page.locator("[name='unfunded']").check()
    fill(page, unfunded_reason_es="Se hace con personal propio.")
    save(page)
    page.goto(f"{draft}actividades/nueva/")
    fill(
        page,
        title_es="Señalar los cruces",
        expected_output_es="Diez cruces señalados",
        due="2027-03-31",
        responsible_words="Dirección de Movilidad",
    )
    page.locator("[name='means_of_verification'][value='photo_video']").check()
    save(page)
    page.goto(f"{draft}indicadores/nueva/")
    fill(page, name_es="Cruces señalados", method_es="Conteo", unit="cruces", baseline_value="0")
    fill(page, **{"targets-0-period": "2027", "targets-0-value": "10"})
    page.locator("[name='frequency']").select_option("semestral")
    page.locator("[name='direction']").select_option("ascendente")
    save(page)

    expect(page.get_by_text("No falta nada")).to_be_visible()
    # The preview is the public page; nothing of it is public.
    page.get_by_role("link", name="Vista previa").click()
    expect(page.get_by_text("nadie más ve esto todavía")).to_be_visible()
    expect(page.get_by_role("heading", name="Rutas seguras a la escuela")).to_be_visible()
    assert Client().get(f"/{place.jurisdiction.slug}/compromisos/escuelas-1/").status_code == 404

    page.goto(draft)
    page.get_by_role("link", name="Publicar", exact=True).click()
    page.get_by_role("button", name="Publicar").click()
    expect(page.get_by_text("Ya está en el registro público")).to_be_visible()

    # A change needs its reason, who asked for it and the decision that approves it.
    page.goto(f"{draft}actividades/1/")
    fill(page, due="2027-05-15")
    save(page)
    page.get_by_role("link", name="Publicar los cambios").click()
    page.get_by_role("button", name="Publicar").click()
    page.locator("[name='reason']").fill("La obra empezó tarde por lluvias.")
    page.get_by_role("button", name="Publicar").click()
    expect(page.locator(".summary").get_by_text("Di quién pidió el cambio")).to_be_visible()
    assert page.locator("[name='reason']").input_value() == "La obra empezó tarde por lluvias."
    fill(page, requested_by="Dirección de Movilidad", decision="Sesión ordinaria 4")
    page.get_by_role("button", name="Publicar").click()
    expect(page.get_by_text("Ya está en el registro público")).to_be_visible()
    sequence(wait=True)

    visitor = page.context.browser.new_context(
        java_script_enabled=False, base_url=live_server.url, viewport={"width": 390, "height": 800}
    ).new_page()
    visitor.goto(f"/{place.jurisdiction.slug}/compromisos/escuelas-1/")
    expect(visitor.get_by_text("La obra empezó tarde por lluvias.").first).to_be_visible()
    visitor.goto(f"/{place.jurisdiction.slug}/compromisos/escuelas-1/versiones/1/")
    expect(visitor.get_by_text("31 de marzo de 2027").first).to_be_visible()
    visitor.goto(f"/{place.jurisdiction.slug}/compromisos/escuelas-1/versiones/2/")
    expect(visitor.get_by_text("mayo").first).to_be_visible()
    visitor.context.close()


def test_a_visitor_on_a_phone_finds_an_activity_by_an_unaccented_word_and_reads_its_story(
    everybody: Cast, browser: Any, live_server: Any
) -> None:
    place = everybody.valle
    sequence(wait=True)
    context = browser.new_context(
        java_script_enabled=False, base_url=live_server.url, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(f"/{place.jurisdiction.slug}/")
    page.locator("main input[name='q']").fill("bitacoras")
    page.locator("main input[name='q']").press("Enter")
    page.get_by_role("link", name="Publicar la bitácora 1").first.click()
    expect(page.get_by_role("heading", name="Publicar la bitácora 1")).to_be_visible()
    expect(page.get_by_text("La bitácora no está publicada.").first).to_be_visible()
    context.close()
