"""A long form on a bad line: nothing that was typed is lost."""

from collections.abc import Iterator
from typing import Any

import pytest

from tequio.commitments import actions
from tequio.commitments.models import Draft
from tests.cast import Cast, make_cast
from tests.journeys.test_secretariat import sign_in


@pytest.fixture
def everybody(transactional_db: None) -> Cast:
    """The cast on real transactions, as a browser needs them."""
    return make_cast()


@pytest.fixture
def context(browser: Any, live_server: Any) -> Iterator[Any]:
    """A phone."""
    made = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 800})
    yield made
    made.close()


def test_what_was_typed_without_connection_comes_back_and_is_saved(
    everybody: Cast, context: Any, live_server: Any
) -> None:
    page, address = context.new_page(), "/valle-del-ejemplo/gestion/planes/1/parte/vision/"
    sign_in(page, everybody.valle.accounts["secretariat"], live_server)
    page.goto(address)
    page.locator("[name=challenges_es]").fill("Poca gente")
    page.get_by_text("Guardado", exact=True).wait_for()
    assert Draft.objects.get().document["challenges"] == {"es": "Poca gente"}
    # The line breaks; rows go on working; the button does not lead to the browser's own error page.
    context.set_offline(True)
    page.locator("[name=goals-0-text_es]").fill("Primera")
    page.get_by_role("button", name="Agregar otra meta").click()
    page.keyboard.type("Segunda")
    page.get_by_role("button", name="Subir").last.click()
    page.get_by_role("button", name="Guardar y volver").click()
    page.get_by_text("Sin conexión: guardado en este equipo").wait_for()
    page.close()
    context.set_offline(False)
    # The page was closed. Opened again, it holds everything, saves it and forgets its copy.
    page = context.new_page()
    page.goto(address)
    page.get_by_text("Guardado", exact=True).wait_for()
    boxes = page.locator("textarea[name^=goals][name$=_es]")
    assert [box.input_value() for box in boxes.all()] == ["Segunda", "Primera"]
    assert Draft.objects.get().document["goals"] == [{"es": "Segunda"}, {"es": "Primera"}]
    assert page.evaluate("Object.keys(localStorage)") == []
    # Somebody else writes the same part: the text stays, and nothing is overwritten.
    draft = Draft.objects.get()
    actions.save_section(
        draft=draft,
        changes={"challenges": {"es": "Otra cosa"}},
        account=everybody.valle.accounts["lead"],
        seen=draft.revision,
    )
    page.locator("[name=challenges_es]").fill("Mi texto")
    page.get_by_text("Otra persona guardó").wait_for()
    page.get_by_role("button", name="Guardar y volver").click()
    page.get_by_text("Lo que guardó la otra persona").wait_for()
    page.get_by_role("button", name="Guardar y volver").click()
    page.get_by_text("Borrador guardado.").wait_for()
    assert Draft.objects.get().document["challenges"] == {"es": "Mi texto"}
    assert page.evaluate("Object.keys(localStorage)") == []
