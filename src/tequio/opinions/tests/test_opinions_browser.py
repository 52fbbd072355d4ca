"""Voting with a thumb, a keyboard and no script; and no page of opinions with a fault."""

import datetime as dt
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tequio.opinions import actions
from tequio.opinions.models import Vote
from tequio.opinions.tests.test_opinions import J, made, voted
from tequio.record.publish import publish
from tests.cast import make_cast

CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.fixture
def place(transactional_db: None) -> Any:
    """A conversation that thirty people voted, with its first result and a statement that waits."""
    found = make_cast(plans=False).valle
    today = timezone.localdate()
    conversation = made(found, opens=today, closes=today + dt.timedelta(days=5))
    people = voted(conversation, 30)
    actions.propose(conversation=conversation, participant=people[0], text="Que se publique cada fuga y su reparación")
    actions.count_votes(conversation=conversation)
    publish()
    return found


def test_a_statement_is_voted_with_a_thumb_a_keyboard_and_without_a_script(
    place: Any, browser: Any, live_server: Any
) -> None:
    from playwright.sync_api import expect

    before = Vote.objects.count()
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, base_url=live_server.url, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{J}opiniones/1/")
    page.get_by_role("link", name="Votar frases").click()
    for n in range(1, 9):
        expect(page.get_by_text(f"Frase {n} de 8")).to_be_visible()
        agree = page.get_by_role("button", name="De acuerdo", exact=True)
        box = agree.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["y"] + box["height"] < 844  # within the first screen of a phone
        agree.focus()
        page.keyboard.press("Enter")
    expect(page.get_by_text("Ya votaste todas. ¡Gracias!")).to_be_visible()
    assert Vote.objects.count() == before + 8
    page.get_by_role("link", name="Ver dónde estás").click()
    expect(page.get_by_text("Esta página solo la ves tú")).to_be_visible()
    context.close()


def test_no_page_of_opinions_has_a_fault(place: Any, browser: Any, live_server: Any) -> None:
    desk = f"{J}gestion/opiniones/"
    paths = [f"{J}opiniones/", f"{J}opiniones/metodo/", f"{J}opiniones/1/", f"{J}opiniones/1/votar/"]
    paths += [f"{J}opiniones/1/mi-lugar/", desk, f"{desk}nueva/", f"{desk}1/"]
    context = browser.new_context(viewport={"width": 320, "height": 800}, base_url=live_server.url)
    client = Client()
    client.force_login(place.accounts["secretariat"], backend="django.contrib.auth.backends.ModelBackend")
    for n in range(1, 9):
        client.post(f"{J}opiniones/1/votar/", {"frase": str(n), "voto": "de-acuerdo"})
    for name in (settings.SESSION_COOKIE_NAME, *(key for key in client.cookies if key.startswith("opinion-"))):
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
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
