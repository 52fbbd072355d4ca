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
from tequio.documents.tests import film_files
from tequio.lawmaking import actions, letters
from tequio.lawmaking.models import Bill, Remark
from tequio.lawmaking.tests.world import FIRST, OPINION, WORDING, article
from tequio.legaltext.models import Origin
from tequio.record.sequence import sequence
from tequio.record.verify import verify_state
from tests.cast import make_cast

J = "/valle-del-ejemplo"
B = f"{J}/iniciativas/7i"
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:01.000\nCada municipio prestará semillas.\n"


def link(part: str) -> str:
    found = re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def press(page: Any, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def fill(page: Any, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)


def publish_text(page: Any) -> None:
    page.get_by_role("link", name="Publicar esta versión").click()
    press(page, "Publicar para siempre")


def step(page: Any, stage: str, text: int = 0) -> None:
    """The bill comes to a stage, with the newest of its texts or with none."""
    page.goto(f"{J}/gestion/iniciativas/7i/")
    page.locator("[name=paso-stage]").select_option(stage)
    page.locator("[name=paso-expression]").select_option(index=text)
    press(page, "Publicar el paso")


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_words_of_somebody_with_a_phone_end_in_the_decree(browser: Any, live_server: Any) -> None:
    place = make_cast().valle
    today = timezone.localdate().isoformat()
    sequence(wait=True)
    faults: list[Any] = []

    def seen(page: Any) -> None:
        """No fault of axe and nothing that scrolls sideways, as it stands."""
        found = Axe().run(page).response["violations"]
        faults.extend((page.url, fault["id"], [node["target"] for node in fault["nodes"]][:2]) for fault in found)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append((page.url, "sideways"))

    def phone(width: int = 390, **more: Any) -> Any:
        return browser.new_context(
            viewport={"width": width, "height": 800}, base_url=live_server.url, **more
        ).new_page()

    # Delia, of the congress, brings in the text, gives it a plain title and a video, and publishes it once nothing is missing.
    delia = phone(1280)
    client = Client()
    client.force_login(place.accounts["legislature"], backend="django.contrib.auth.backends.ModelBackend")
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    delia.context.add_cookies([{**cookie, "url": live_server.url}])
    delia.goto(f"{J}/gestion/textos/nuevo/")
    fill(delia, title="Ley de Bancos de Semillas", words=FIRST, date=today)
    delia.locator("[name=kind]").select_option("bill")
    press(delia, "Leer el texto")
    publish_text(delia)
    delia.goto(f"{J}/gestion/iniciativas/nueva/")
    seen(delia)
    fill(
        delia,
        title="Iniciativa de Ley de Bancos de Semillas",
        number="7/I",
        plain_title_es="Un banco de semillas en cada municipio",
        summary_es="Quien siembra podrá pedir semillas prestadas.",
        sponsors="Delia Ejemplo | Grupo de Ejemplo",
        questions="¿Qué día podrías ir?",
        opens=today,
    )
    delia.locator("[name=work]").select_option(label="Ley de Bancos de Semillas")
    press(delia, "Guardar")
    seen(delia)
    delia.goto(f"{J}/gestion/iniciativas/7i/video/")
    film = {"name": "video.webm", "mimeType": "video/webm", "buffer": film_files.WEBM}
    delia.locator("[name=film]").set_input_files(film)  # type: ignore[arg-type]
    press(delia, "Subir el video")
    delia.goto(f"{J}/gestion/iniciativas/7i/publicar/")
    expect(delia.locator("main")).to_contain_text("Faltan los subtítulos del video")
    delia.goto(f"{J}/gestion/iniciativas/7i/video/")
    seen(delia)
    fill(delia, captions_es=CAPTIONS)
    press(delia, "Hacer la transcripción con los subtítulos")
    expect(delia.locator("[name=transcript_es]")).to_have_value("Cada municipio prestará semillas.")
    with delia.expect_navigation():
        delia.get_by_role("button", name="Guardar", exact=True).click()
    delia.goto(f"{J}/gestion/iniciativas/7i/publicar/")
    seen(delia)
    press(delia, "Publicar")
    expect(delia.get_by_role("heading", name="Un banco de semillas en cada municipio")).to_be_visible()
    bill = Bill.objects.select_related("work", "jurisdiction").get()

    # Vera reads on a phone and writes over the article; the difference shows as she types.
    vera = phone()
    vera.goto(f"{B}/")
    seen(vera)
    vera.get_by_role("link", name="Leer y opinar por artículo").click()
    vera.locator("#articulos").get_by_role("link", name="Artículo 2").click()
    seen(vera)
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
    paco = phone(320, java_script_enabled=False)
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

    # The opinion brings a new text: whoever spoke is told. Whose words came in is said by a person, and told too.
    assert bill.work is not None
    delia.goto(f"{J}/gestion/textos/{bill.work.code}/version/")
    fill(delia, words=OPINION, date=today)
    press(delia, "Leer el texto")
    publish_text(delia)
    step(delia, "opinion", text=1)
    before = len(mail.outbox)
    letters.send_due()
    assert sorted(to for message in mail.outbox[before:] for to in message.to) == sorted(
        f"{name}@ejemplo.invalid" for name in ("vera", "paco", *(f"p{n}" for n in range(8)))
    )
    delia.goto(f"{J}/gestion/iniciativas/7i/palabras/")
    press(delia, "Buscar palabras de la gente")
    seen(delia)
    while Origin.objects.filter(verdict="suggested").exists():
        press(delia, "Sí, vino de ahí")
    assert "Algo de lo que propusiste" in str(mail.outbox[-1].body)
    assert mail.outbox[-1].to == ["vera@ejemplo.invalid"]
    words_page = link("palabras/")
    step(delia, "decree")

    # Anybody sees whose words are in the decree; the record holds.
    vera.goto(f"{B}/")
    seen(vera)
    vera.get_by_role("link", name="De quién son las palabras").first.click()
    assert vera.url.endswith(words_page)
    expect(vera.locator("main")).to_contain_text("Vera Ejemplo")
    for path in ("palabras/", "opiniones/", "resumen/", "opiniones/1/", "numeros/"):
        vera.goto(f"{B}/{path}")
        seen(vera)
    vera.goto(f"{J}/iniciativas/")
    seen(vera)
    for page in (delia, vera, paco):
        page.context.close()
    assert faults == []
    assert (Bill.objects.get().stage, verify_state()) == ("decree", [])
