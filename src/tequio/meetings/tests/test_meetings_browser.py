"""A session in the room: a phone without scripts says that it is here, the minutes save themselves, and every page of it
can be read by everybody."""

import datetime as dt
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from tequio.meetings import actions, tokens
from tequio.meetings.models import Attendance, Minutes, Session
from tequio.meetings.tests.make import ZONE, Table, guest, make_table, numbers
from tequio.record.sequence import sequence

pytestmark = pytest.mark.django_db(transaction=True)
J = "/valle-del-ejemplo/"


@pytest.fixture
def table(cast: Any) -> Table:
    return make_table(cast.valle)


def signed_in(browser: Any, live_server: Any, account: Any, **more: Any) -> Any:
    context = browser.new_context(base_url=live_server.url, **more)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    return context


def test_a_session_from_the_phone_and_the_page_of_the_minutes(table: Table, browser: Any, live_server: Any) -> None:
    today = timezone.localdate(timezone=ZONE)
    session = table.called(today)
    actions.open_session(session=session, by=table.by)
    phone = browser.new_context(
        base_url=live_server.url, viewport={"width": 320, "height": 700}, java_script_enabled=False
    )
    page = phone.new_page()
    page.goto(f"{J}sesiones/{session.number}/asistir/{tokens.for_session(session)}/")
    page.get_by_label("Tu nombre").fill("Vera Presente")
    page.get_by_role("button", name="Registrar mi asistencia").click()
    expect(page.get_by_role("alert")).to_contain_text("Elige de qué sector vienes.")
    expect(page.get_by_label("Tu nombre")).to_have_value("Vera Presente")
    page.get_by_label("¿De qué sector vienes?").select_option("citizen")
    page.get_by_role("button", name="Registrar mi asistencia").click()
    expect(page.get_by_text("Tu asistencia ya cuenta.")).to_be_visible()
    assert Attendance.objects.get().name == "Vera Presente"

    desk = signed_in(browser, live_server, table.place.accounts["secretariat"])
    page = desk.new_page()
    page.goto(f"{J}gestion/sesiones/{session.number}/acta/")
    said = page.get_by_label("Qué se asienta").first
    said.fill("Se presentó el calendario.")
    page.get_by_role("button", name="Agregar otra intervención").first.click()
    page.get_by_label("Qué se asienta").nth(1).fill("Que se publique antes.")
    page.locator("[name$='-1-who']").select_option(label="Vera Presente, Ciudadanía no organizada")
    expect(page.locator("[data-saved]")).to_have_text("Guardado", timeout=15_000)
    minutes = Minutes.objects.get(session=session)
    kept = minutes.draft["items"][str(numbers(session)[0])]["entries"]
    assert [row["text"] for row in kept] == ["Se presentó el calendario.", "Que se publique antes."]
    desk.close()
    phone.close()


def test_every_page_of_a_session_can_be_read_by_everybody(table: Table, browser: Any, live_server: Any) -> None:
    today = timezone.localdate(timezone=ZONE)
    day = today - dt.timedelta(days=21)
    minutes = table.reviewed(_held(table, day), today=day)
    here = minutes.session.attendees.filter(seat=None).get()
    asked = actions.ask_correction(minutes=minutes, attendance=here, text="Falta algo.", today=day)
    coming = table.called(today + dt.timedelta(days=9))
    draft = table.session(today + dt.timedelta(days=30))
    now = actions.open_session(session=table.called(today), by=table.by)
    proposed = actions.propose_item(body=table.body, title="Presupuesto", seat=table.seats["vecinas"], by=table.by)
    held, work = minutes.session.number, f"{J}gestion/sesiones/"
    signed = [
        *(work, f"{work}{draft.number}/", f"{work}{draft.number}/orden-del-dia/", f"{work}{draft.number}/convocar/"),
        *(
            f"{work}{coming.number}/{step}/"
            for step in ("datos", "documento", "cancelar", "asistencia", "hoja", "codigo")
        ),
        *(f"{work}{now.number}/", f"{work}{now.number}/acta/"),
        *(f"{work}{held}/", f"{work}{held}/acta/revision/", f"{work}{held}/acta/correcciones/{asked.number}/"),
        *(f"{J}gestion/propuestas-de-tema/{proposed.number}/", f"{J}gestion/organos/", f"{J}gestion/organos-nuevo/"),
        *(
            f"{J}gestion/organos/secretariado/{step}"
            for step in ("", "sesion/", "lugares/", "lugares/1/", "lugares/1/delegar/")
        ),
    ]
    small = {"viewport": {"width": 320, "height": 800}}
    desk = signed_in(browser, live_server, table.place.accounts["secretariat"], **small)
    faults = _faults(desk.new_page(), signed)
    actions.answer_correction(correction=asked, accept=False, reason="Así se dijo.", today=today)
    actions.approve(minutes=minutes, by=table.by)
    sequence()
    agreement = minutes.session.agreements.get().number
    public = [
        *(
            f"{J}sesiones/",
            f"{J}sesiones/propuestas/",
            f"{J}organos/",
            f"{J}organos/secretariado/",
            f"{J}secretariado/",
        ),
        *(f"{J}sesiones/{held}/", f"{J}sesiones/{coming.number}/", f"{J}sesiones/{coming.number}/pantalla/"),
        *(f"{J}acuerdos/", f"{J}acuerdos/{agreement}/", f"{J}sesiones/presente/{tokens.for_attendance(here)}/"),
    ]
    faults += _faults(desk.new_page(), [f"{J}gestion/acuerdos/{agreement}/", f"{work}{held}/acta/1/retirar/"])
    desk.close()
    seat = signed_in(browser, live_server, table.place.accounts["seat_liaison"], **small)
    faults += _faults(seat.new_page(), [work, f"{J}gestion/organos/secretariado/proponer/"])
    seat.close()
    public.append(f"{J}sesiones/{now.number}/asistir/{tokens.for_session(now)}/")
    visitor = browser.new_context(base_url=live_server.url, **small)
    faults += _faults(visitor.new_page(), public)
    visitor.close()
    assert faults == []


def _held(table: Table, day: dt.date) -> Session:
    session = table.session(day)
    session = actions.call_session(session=session, by=table.by, today=day - dt.timedelta(days=6))
    at = dt.datetime.combine(day, dt.time(10), ZONE)
    session = actions.open_session(session=session, by=table.by, at=at)
    guest(session)
    actions.call_roll(session=session, present={table.holders["elena"].pk: "room"}, by=table.by)
    return actions.close_session(session=session, by=table.by, at=at + dt.timedelta(hours=2))


def _faults(page: Any, paths: list[str]) -> list[Any]:
    """What axe finds on each page at 320 pixels, and what scrolls sideways."""
    found = []
    for path in paths:
        answer = page.goto(path)
        wrong = [(v["id"], [n["target"] for n in v["nodes"]]) for v in Axe().run(page).response["violations"]]
        width = page.evaluate("document.documentElement.scrollWidth")
        if answer.status != 200 or wrong or width != 320:
            found.append((path, answer.status, wrong, width))
    return found
