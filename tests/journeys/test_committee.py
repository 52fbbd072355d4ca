"""From the report to the verified light: six people, each with a browser, on both engines.

Beto reports for his institution at a desk; Carmen, Clara and Ernesto of the committee, Vera who lives beside the leak and
Daniel who follows from home have phones, and no scripts run there. On Sunday nothing is decided yet; on Monday all of it
happens; on the next Monday the week's mail leaves.
"""

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from tequio.documents.tests.hostile_site import answer, online
from tequio.monitoring import actions as monitoring
from tequio.monitoring.models import Look
from tequio.notices.models import Follower
from tequio.people.actions import grant_role, invite
from tequio.record.sequence import sequence
from tests.cast import BY, SECRETARIAT, SINCE, Place, make_cast, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
J = "/valle-del-ejemplo"
SUNDAY, MONDAY, WEEK_AFTER = (dt.datetime(2026, 3, day, 18, 0, tzinfo=dt.UTC) for day in (15, 16, 23))
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
ACTIVITY = f"{J}/actividades/2/"


@pytest.fixture
def place(tmp_path: Any, settings: Any) -> Iterator[Place]:
    """The practice jurisdiction as it was on Sunday, with a third member on its committee."""
    settings.BLOB_ROOT = tmp_path
    with time_machine.travel(SUNDAY, tick=False):
        valle = make_cast().valle
        person = invite(jurisdiction=valle.jurisdiction, name="Ernesto", email="ernesto@ejemplo.invalid")
        ernesto = grant_role(
            jurisdiction=valle.jurisdiction, kind="committee", person=person, named=True, since=SINCE, by=SECRETARIAT
        )
        members = [valle.roles["committee"], valle.clara, ernesto]
        monitoring.set_committee(plan=valle.plan, members=members, quorum=2, reply_days=3, by=SECRETARIAT)
        monitoring.declare_conflict(plan=valle.plan, role=ernesto, by=BY)
        valle.members = members  # type: ignore[attr-defined]
        sequence(wait=True)
    with time_machine.travel(MONDAY, tick=False):
        yield valle


@pytest.fixture
def window(browser: Any, live_server: Any) -> Iterator[Any]:
    """A function that opens a browser for somebody: on a phone without scripts, or at a desk with them."""
    settings.BASE_URL, before = live_server.url, settings.BASE_URL
    contexts = []

    def opened(account: Any = None, *, desk: bool = False) -> Any:
        context = browser.new_context(
            base_url=live_server.url, viewport=DESK if desk else PHONE, java_script_enabled=desk
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if account is not None:
            value = signed_in(account).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    settings.BASE_URL = before


def words(page: Any) -> str:
    return " ".join(page.locator("main").inner_text().split())


def press(page: Any, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def letter_to(address: str, part: str) -> str:
    """The path of the first link that holds ``part`` in the last mail to an address."""
    body = [message for message in mail.outbox if message.to == [address]][-1].body
    return re.search(rf"http://[^/\s]+(/\S*{part}\S*)", str(body))[1]  # type: ignore[index]


def report(page: Any, link: str) -> None:
    """Beto hands in a file and an address, looks it through and sends it."""
    page.goto(f"{J}/gestion/pendientes/")
    page.goto(f"{J}/gestion/reportes/")
    page.get_by_role("link", name="Publicar la bitácora 2").click()
    page.get_by_label("Cumplida").check()
    page.locator("[name=text_es]").fill("La bitácora se publica cada mes desde marzo.")
    file = {"name": "bitacora.txt", "mimeType": "text/plain", "buffer": b"Marzo: 14 fugas reparadas."}
    page.set_input_files("[name=pieces-0-upload]", file)
    page.get_by_role("button", name="Agregar otra evidencia").click()  # adds a row here, sends nothing
    page.locator("[name=pieces-1-url]").fill(link)
    for n, title in enumerate(("Bitácora de marzo", "Página de la bitácora")):
        page.locator(f"[name=pieces-{n}-title]").fill(title)
        page.locator(f"[name=pieces-{n}-kind]").select_option("document")
        page.locator(f"[name=pieces-{n}-date]").fill("2026-03")
    page.locator("[name=pieces-0-page]").fill("1")
    page.locator("[name=pieces-0-quote]").fill("14 fugas reparadas")
    press(page, "Revisar antes de enviar")
    page.get_by_role("heading", name="Revisa antes de enviar").wait_for()
    assert "con copia guardada" in words(page)
    press(page, "Enviar y publicar")
    page.get_by_role("heading", name="Ya es público").wait_for()


def look(page: Any, result: str, reason: str) -> None:
    """A member opens what is there and says what they see."""
    page.goto(f"{J}/gestion/comite/")
    page.get_by_role("link", name="Publicar la bitácora 2").click()
    assert "14 fugas reparadas" in words(page)
    for box in page.get_by_label("La abrí y la revisé").all():
        box.check()
    for group in page.get_by_role("group", name="¿Muestra lo que dice?").all():
        group.get_by_label("Sí", exact=True).check()
    page.get_by_role("group", name="Con lo que viste, ¿cumple?").get_by_label(result, exact=True).check()
    page.get_by_label("¿Por qué?").fill(reason)
    press(page, "Guardar mi mirada")


def test_a_report_becomes_a_verified_light_and_everybody_hears_of_it(place: Place, window: Any) -> None:
    beto, vera, daniel = window(place.accounts["lead"], desk=True), window(), window()
    by_role = {role.pk: window(role.person.account) for role in place.members}  # type: ignore[attr-defined]
    carmen = by_role[place.roles["committee"].pk]

    # Daniel asks to be told of the activity, and says yes from his mail.
    daniel.goto(ACTIVITY)
    daniel.get_by_role("link", name="Recibir avisos").first.click()
    daniel.get_by_label("Tu correo").fill("daniel@ejemplo.invalid")
    press(daniel, "Enviarme el enlace")
    daniel.goto(letter_to("daniel@ejemplo.invalid", "confirmar"))
    press(daniel, "Sí, quiero recibirlos")
    assert Follower.objects.get().frequency == "weekly"

    with online() as site:
        site.pages["/bitacora"] = answer(b"<html><title>Bitacora</title><p>Marzo: 14 fugas</p></html>", "text/html")
        report(beto, f"http://sitio.prueba:{site.port}/bitacora")
    assert site.asked == ["/bitacora"]

    # Two members look, each blind to the other, and disagree.
    carmen.goto(f"{J}/gestion/actividades/2/revision/")
    press(carmen, "Empezar a revisar")
    first, second = Look.objects.filter(activity__number=2).order_by("number")
    third = next(page for pk, page in by_role.items() if pk not in (first.role_id, second.role_id))
    look(by_role[first.role_id], "Sí cumple", "Marzo está completo.")
    for page in (by_role[second.role_id], third, daniel):
        page.goto(ACTIVITY if page is daniel else f"{J}/gestion/actividades/2/revision/")
        assert "Marzo está completo." not in words(page)
    look(by_role[second.role_id], "Cumple en parte", "Falta decir qué calles.")
    assert "No coinciden" in words(by_role[second.role_id])

    # The institution answers once, in public; then the committee decides by its votes.
    beto.goto(f"{J}/gestion/pendientes/")
    beto.goto(f"{J}/gestion/actividades/2/responder/")
    assert "Falta decir qué calles." in words(beto)
    beto.get_by_label("Respuesta de la institución").fill("Las calles están en la segunda hoja.")
    press(beto, "Publicar la respuesta")
    third.goto(f"{J}/gestion/actividades/2/propuesta/")
    third.get_by_label("Verificada").check()
    third.get_by_label("Motivo").fill("La segunda hoja trae las calles.")
    press(third, "Proponer")
    assert "Hay una propuesta que se está votando" in words(third)
    for look_, vote in ((first, "A favor"), (second, "En contra")):
        page = by_role[look_.role_id]
        page.goto(f"{J}/gestion/comite/")
        page.get_by_role("link", name="Publicar la bitácora 2").click()
        page.get_by_label(vote).check()
        press(page, "Votar")
    assert re.search(r"/actividades/2/decisiones/1/$", by_role[second.role_id].url)

    # Vera sees something else and says so, with a photo; her mail confirms it, and a member answers.
    vera.goto(ACTIVITY)
    vera.get_by_role("link", name="¿No coincide con lo que ves? Dilo").click()
    vera.get_by_label("¿Qué viste?").fill("En la calle Hidalgo la fuga sigue.")
    vera.get_by_label("Tu correo").fill("vera@ejemplo.invalid")
    photo = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(photo, "JPEG")
    vera.set_input_files("[name=photo]", {"name": "fuga.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()})
    press(vera, "Enviar y confirmar por correo")
    vera.goto(letter_to("vera@ejemplo.invalid", "confirmar"))
    press(vera, "Publicar")
    seen = vera.url
    carmen.goto(f"{J}/gestion/observaciones/")
    carmen.get_by_role("link", name="Observación 2").first.click()
    press(carmen, "La foto puede verse")
    carmen.get_by_label("Ya se tomó en cuenta").check()
    carmen.get_by_label("Por qué").fill("Fuimos: la fuga se reparó el viernes.")
    press(carmen, "Publicar la respuesta")
    vera.goto(letter_to("vera@ejemplo.invalid", "observaciones"))
    vera.goto(seen)
    assert "Fuimos: la fuga se reparó el viernes." in words(vera)
    assert vera.locator("main img").count() == 1

    # Anybody sees both lights, the evidence with its copy, who voted how, and the board as it was on Sunday.
    daniel.goto(ACTIVITY)
    shown = words(daniel)
    for part in ("Cumplida", "Verificada", "Bitácora de marzo", "Las calles están en la segunda hoja.", "Hidalgo"):
        assert part in shown, part
    daniel.get_by_role("link", name="Página de la bitácora").first.click()
    assert "copia" in words(daniel)
    daniel.goto(f"{J}/tablero/")
    today = words(daniel)
    daniel.goto(f"{J}/tablero/?fecha=2026-03-15")
    sunday = words(daniel)
    assert today.count("Verificada") == sunday.count("Verificada") + 1, (today, sunday)
    assert ("15 de marzo de 2026" in sunday, "Reportada" in sunday) == (True, False), sunday

    # The week's mail tells all of it; its link leads there, and one click ends it.
    mail.outbox.clear()
    with time_machine.travel(WEEK_AFTER, tick=False):
        call_command("tick")
        call_command("tick")
        told = [message for message in mail.outbox if message.to == ["daniel@ejemplo.invalid"]]
        assert len(told) == 1
        body = str(told[0].body)
        for part in ("La segunda hoja trae las calles.", "La bitácora se publica cada mes", "la fuga se reparó"):
            assert part in body, body
        daniel.goto(letter_to("daniel@ejemplo.invalid", "actividades/2"))
        assert "Publicar la bitácora 2" in words(daniel)
        # What a mail program does when its reader presses "unsubscribe".
        leave = told[0].extra_headers["List-Unsubscribe"].strip("<>")
        assert daniel.request.post(leave, form={"List-Unsubscribe": "One-Click"}).status == 200
        daniel.goto(leave)
        assert "Ya no recibirás avisos" in words(daniel)
    assert not Follower.objects.exists()
    assert timezone.localdate() == MONDAY.date()
