"""A bill in plain words, ten people who speak, one answer for those who say the same, and whose words came into the law."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from tequio.cocreation.actions.confirming import confirm
from tequio.lawmaking import actions, letters
from tequio.lawmaking.models import Bill, Remark
from tequio.lawmaking.tests.world import OPINION, WORDING, article, draft
from tequio.legaltext.models import Origin
from tequio.record.sequence import sequence
from tequio.record.verify import verify_state
from tests.cast import make_cast

J = "/valle-del-ejemplo"
B = f"{J}/iniciativas/7i"


def link(part: str) -> str:
    found = re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def press(page: Any, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_words_of_somebody_with_a_phone_end_in_the_decree(browser: Any, live_server: Any) -> None:
    place = make_cast().valle
    bill = draft(place)
    sequence(wait=True)
    faults: list[Any] = []

    def seen(page: Any) -> None:
        """No fault of axe and nothing that scrolls sideways, as it stands."""
        found = Axe().run(page).response["violations"]
        faults.extend((page.url, fault["id"], [node["target"] for node in fault["nodes"]][:2]) for fault in found)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append((page.url, "sideways"))

    def phone(**more: Any) -> Any:
        return browser.new_context(viewport={"width": 320, "height": 800}, base_url=live_server.url, **more).new_page()

    # Delia, of the congress, looks it through and publishes it.
    delia = phone()
    client = Client()
    client.force_login(place.accounts["legislature"], backend="django.contrib.auth.backends.ModelBackend")
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    delia.context.add_cookies([{**cookie, "url": live_server.url}])
    for path in (f"{J}/gestion/iniciativas/", f"{J}/gestion/iniciativas/nueva/", f"{J}/gestion/iniciativas/7i/"):
        delia.goto(path)
        seen(delia)
    delia.goto(f"{J}/gestion/iniciativas/7i/publicar/")
    seen(delia)
    press(delia, "Publicar")
    expect(delia.get_by_role("heading", name="Un banco de semillas en cada municipio")).to_be_visible()
    bill.refresh_from_db()

    # Vera reads on a phone and writes over the article; the difference shows as she types.
    vera = phone()
    vera.goto(f"{B}/")
    seen(vera)
    vera.get_by_role("link", name="Leer y opinar por artículo").click()
    vera.get_by_role("link", name="Artículo 2.-").click()
    vera.get_by_role("link", name="Proponer otras palabras").click()
    seen(vera)
    vera.locator("[name=wording]").fill(WORDING)
    expect(vera.locator("[data-difference] ins").first).to_contain_text("sábado")
    vera.locator("[name=name]").fill("Vera Ejemplo")
    vera.locator("[name=named]").check()
    vera.locator("[name=email]").fill("vera@ejemplo.invalid")
    press(vera, "Proponer estas palabras")
    vera.goto(link("cocreacion/confirmar/"))
    press(vera, "Confirmar")
    expect(vera.locator("ins").first).to_contain_text("sábado")
    seen(vera)

    # Paco has no scripts; he answers a question. The rest speak as the two did.
    paco = phone(java_script_enabled=False)
    paco.goto(f"{B}/")
    paco.get_by_role("link", name="Contestar").click()
    paco.locator("[name=text]").fill("Yo solo puedo los sábados.")
    paco.locator("[name=email]").fill("paco@ejemplo.invalid")
    press(paco, "Enviar mi opinión")
    paco.goto(link("cocreacion/confirmar/"))
    press(paco, "Confirmar")
    for n in range(8):
        words = "Que abra también los sábados." if n < 6 else f"Otra cosa muy distinta, la número {n}."
        unit = article(bill) if n < 6 else None
        confirm(said=actions.remark(bill=bill, text=words, provision=unit, email=f"p{n}@ejemplo.invalid"))

    # One answer for the six who say the same; everybody hears of it.
    delia.goto(f"{J}/gestion/iniciativas/7i/responder/")
    seen(delia)
    same = Remark.objects.filter(text="Que abra también los sábados.").values_list("number", flat=True)
    for number in same:
        delia.locator(f"#o{number}").check()
    delia.get_by_label("Se tomó en cuenta", exact=True).check()
    delia.locator("[name=reason]").fill("Se abre en sábado: lo pidió quien trabaja entre semana.")
    before = len(mail.outbox)
    press(delia, "Publicar la respuesta")
    letters.send_due()
    assert len(mail.outbox) - before == 6

    # The opinion brings a new text; whose words came in is said by a person, and told.
    delia.goto(f"{J}/gestion/textos/semillas/version/")
    delia.locator("[name=words]").fill(OPINION)
    delia.locator("[name=date]").fill(timezone.localdate().isoformat())
    press(delia, "Leer el texto")
    delia.get_by_role("link", name="Publicar esta versión").click()
    press(delia, "Publicar para siempre")
    delia.goto(f"{J}/gestion/iniciativas/7i/")
    delia.locator("[name=paso-stage]").select_option("decree")
    delia.locator("[name=paso-expression]").select_option(index=1)
    press(delia, "Publicar el paso")
    delia.goto(f"{J}/gestion/iniciativas/7i/palabras/")
    press(delia, "Buscar palabras de la gente")
    seen(delia)
    while Origin.objects.filter(verdict="suggested").exists():
        press(delia, "Sí, vino de ahí")
    assert "Algo de lo que propusiste" in str(mail.outbox[-1].body)
    assert mail.outbox[-1].to == ["vera@ejemplo.invalid"]

    # Anybody sees whose words are in the decree; the record holds.
    vera.goto(link("palabras/"))
    expect(vera.locator("main")).to_contain_text("Vera Ejemplo")
    for path in ("palabras/", "opiniones/", "resumen/", "opiniones/1/"):
        vera.goto(f"{B}/{path}")
        seen(vera)
    vera.goto(f"{J}/iniciativas/")
    seen(vera)
    for page in (delia, vera, paco):
        page.context.close()
    assert faults == []
    assert (Bill.objects.get().stage, verify_state()) == ("decree", [])
