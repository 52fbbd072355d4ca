"""A lab without a network, in a browser: sheets are entered, kept, and sent later; sent twice by mistake they are there once."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from tequio.cocreation.models import Contribution
from tequio.labs import actions, codes, tokens
from tequio.labs.models import Sheet
from tequio.labs.tests.make import TEXT, made
from tequio.record.publish import publish
from tests.cast import make_cast

J = "/valle-del-ejemplo"
SHEETS = 30
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.fixture
def lab(transactional_db: None) -> Any:
    """A published lab with its sheets printed, and the secretariat's account."""
    place = make_cast(plans=False).valle
    found = made(place)
    actions.print_sheets(lab=found, count=SHEETS)
    publish()
    found.account = place.accounts["secretariat"]
    return found


def test_thirty_sheets_entered_without_a_network_and_sent_twice_are_thirty_contributions(
    lab: Any, browser: Any, live_server: Any
) -> None:
    from playwright.sync_api import expect

    stop = lab.stops.get(number=1)
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=live_server.url)
    page = context.new_page()
    page.goto(f"{J}/captura/{lab.number}/{tokens.key_of(lab)}/")
    expect(page.locator("[data-note]")).to_have_text("Lista: esta página ya funciona sin internet.")
    context.set_offline(True)
    page.reload()  # the browser kept it
    page.get_by_label("¿De qué parada?").select_option(str(stop.pk))
    page.get_by_label("Código de la hoja").fill("AAAA-AAAA")
    page.get_by_role("button", name="Guardar la hoja").click()
    expect(page.locator("[data-queue]")).to_be_hidden()  # a slip of the pen is told at once
    for n, code in enumerate(lab.sheets.values_list("code", flat=True)):
        page.get_by_label("Código de la hoja").fill(codes.shown(code))
        page.get_by_label("Lo que propone, en una línea").fill(f"Reparar la fuga número {n}")
        page.get_by_label("Lo que dice la hoja").fill(TEXT)
        page.get_by_role("button", name="Guardar la hoja").click()
        expect(page.locator("[data-waiting]").first).to_have_text(str(n + 1))
    assert Sheet.objects.filter(entered__isnull=False).count() == 0
    page.reload()
    expect(page.locator("dd[data-waiting]")).to_have_text(str(SHEETS))

    # The network is back, but the first answer is lost on its way: the portal has the sheet, the device does not know.
    lost: list[str] = []

    def lose_the_first(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    context.route("**/enviar/", lose_the_first)
    context.set_offline(False)
    expect(page.locator("[data-note]")).to_contain_text("Sin internet")
    page.get_by_role("button", name="Enviar ahora").click()
    expect(page.locator("dd[data-sent]")).to_have_text(str(SHEETS), timeout=30_000)
    assert len(lost) == 1
    assert Contribution.objects.count() == SHEETS

    # And once more, all of them, as if nothing had been sent.
    page.evaluate(
        """text => new Promise((done) => {
          const asked = indexedDB.open("tequio-labs", 1);
          asked.onsuccess = () => {
            const all = asked.result.transaction("sheets", "readwrite"), sheets = all.objectStore("sheets");
            sheets.getAll().onsuccess = ({ target }) => target.result.sort((a, b) => a.at - b.at).forEach((row, n) => sheets.put({
              ...row, state: "waiting", fields: { code: row.code, title: `Reparar la fuga número ${n}`, text },
            }));
            all.oncomplete = done;
          };
        })""",
        TEXT,
    )
    page.reload()
    expect(page.locator("dd[data-waiting]")).to_have_text("0", timeout=30_000)
    expect(page.locator("dd[data-sent]")).to_have_text(str(SHEETS))
    expect(page.locator("[data-sheets] [data-state=refused]")).to_have_count(0)
    assert Contribution.objects.count() == SHEETS
    assert Sheet.objects.filter(contribution__isnull=False).count() == SHEETS
    context.close()


def test_no_page_of_labs_has_a_fault(lab: Any, browser: Any, live_server: Any) -> None:
    sheet = lab.sheets.first()
    actions.enter_sheet(lab=lab, code=sheet.code, stop=lab.stops.get(number=1), title="Reparar la fuga", text=TEXT)
    publish()
    desk = f"{J}/gestion/laboratorios/{lab.number}/"
    steps = ("editar/", "parada/", "difusion/", "difusion/1/", "hojas/", "paradas/1/", "paradas/1/asistencia/")
    paths = [
        *(f"{J}/laboratorios/", f"{J}/laboratorios/{lab.number}/", f"{J}/captura/{lab.number}/{tokens.key_of(lab)}/"),
        *(f"{J}/gestion/laboratorios/", f"{J}/gestion/laboratorios/nuevo/", desk, *(desk + step for step in steps)),
    ]
    context = browser.new_context(viewport={"width": 320, "height": 800}, base_url=live_server.url)
    client = Client()
    client.force_login(lab.account, backend="django.contrib.auth.backends.ModelBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page = context.new_page()
    faults: list[Any] = []
    for path in paths:
        page.emulate_media(color_scheme="light")
        answer = page.goto(path)
        assert answer.status == 200, path
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(page).response["violations"]
        page.emulate_media(color_scheme="dark")
        found += page.evaluate("words => axe.run(words)", CONTRAST)["violations"]
        faults += [(path, fault["id"], [node["target"] for node in fault["nodes"]][:3]) for fault in found]
        width = page.evaluate("document.documentElement.scrollWidth")
        faults += [(path, "scrolls sideways", width)] if width > 320 else []
    assert faults == []
    context.close()
