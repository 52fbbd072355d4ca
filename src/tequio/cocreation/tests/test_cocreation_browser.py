"""Every page of co-creation at 320 pixels, in light and dark, for whoever it is for; and the citizen's screen by keyboard."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import expect

from tequio.cocreation import actions, tokens
from tequio.cocreation.tests.make import Story, answer, by, contribution, doing, tell
from tequio.record.sequence import sequence
from tequio.vocabularies import terms
from tequio.vocabularies.models import Term
from tequio.vocabularies.sync import sync
from tests.cast import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
C, G = "/valle-del-ejemplo/cocreacion/", "/valle-del-ejemplo/gestion/cocreacion/"
DARK = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def fill(story: Story) -> Any:
    """Everything in its most telling state; the contribution that was hidden."""
    place = story.place
    answered = contribution(story.call, title="Un mapa de las fugas", text="Poner en un mapa cada fuga reportada.")
    actions.release(responses=[answer(answered, place, wording="Un mapa público de fugas.")], **by(place))
    answer(story.contribution, place)
    for about in (story.problem, story.contribution):
        actions.confirm(said=actions.comment(about=about, text="De acuerdo.", email="v@ejemplo.invalid"))
    note = actions.comment(about=story.draft, field="action", text="Falta la fecha.", email="v@ejemplo.invalid")
    actions.confirm(said=note)
    points = dict.fromkeys(("impact", "feasible", "equity", "openness"), 4)
    actions.score(contribution=story.contribution, points=points, **doing(place, "seat_head"))
    words = "cuánta agua se pierde en fugas"
    actions.confirm_credit(
        draft=story.draft, contribution=story.contribution, field="action", words=words, **doing(place)
    )
    hidden = contribution(story.call, title="Se oculta esta propuesta")
    actions.hide(said=hidden, rule="unrelated", reason="Publicidad.", **doing(place))
    contribution(story.call, text="Mi teléfono es 33 1234 5678, llámenme.")
    return hidden


def pages(story: Story, hidden: Any) -> dict[str, list[str]]:
    call, given, n = story.call.number, story.contribution.number, story.draft.number
    mine = tokens.sign(tokens.AUTHOR, story.contribution)
    return {
        "": [
            *(C, C + "problemas/", C + "problemas/nuevo/", f"{C}problemas/{story.problem.number}/"),
            *(
                f"{C}convocatorias/{call}/",
                f"{C}convocatorias/{call}/prioridades/",
                f"{C}convocatorias/{call}/aportar/",
            ),
            *(f"{C}mesas/{story.table.number}/", f"{C}mesas/{story.table.number}/unirse/"),
            *(C + "aportaciones/", f"{C}aportaciones/{given}/", f"{C}aportaciones/{given}/constancia/"),
            *(f"{C}aportaciones/{given}/traducir/", f"{C}borradores/{n}/", f"{C}borradores/{n}/versiones/2/"),
            *(C + "respuestas/", C + "aportes/", f"{C}comentar/borradores/{n}/", f"{C}apoyar/problemas/1/"),
            *(C + "enviado/-/", f"{C}mio/{mine}/", "/valle-del-ejemplo/moderacion/"),
        ],
        "secretariat": [
            *(G, G + "convocatorias/nueva/", f"{G}convocatorias/{call}/", f"{G}convocatorias/{call}/mesa-nueva/"),
            *(f"{G}convocatorias/{call}/capturar/", f"{G}convocatorias/{call}/borrador-nuevo/"),
            *(
                f"{G}mesas/{story.table.number}/",
                f"{G}problemas/1/unir/",
                G + "respuestas/",
                G + "respuestas/publicar/",
            ),
            *(f"{G}aportaciones/{given}/responder/", f"{G}borradores/{n}/", f"{G}borradores/{n}/aportes/{given}/"),
            *(
                "/valle-del-ejemplo/gestion/moderacion/",
                f"/valle-del-ejemplo/gestion/moderacion/contribution/{hidden.number}/",
            ),
        ],
        "seat_head": [f"{G}convocatorias/{call}/calificar/"],
    }


@pytest.fixture(autouse=True)
def lists(transactional_db: None) -> None:
    """The lists: a test on real transactions before these may have emptied their table."""
    sync(Term)
    terms.forget()


def test_no_page_of_cocreation_has_a_fault(cast: Any, browser: Any, live_server: Any) -> None:
    story = tell(cast.valle)
    hidden = fill(story)
    sequence()
    faults: list[Any] = []
    for kind, paths in pages(story, hidden).items():
        context = browser.new_context(viewport={"width": 320, "height": 800}, base_url=live_server.url)
        if kind:
            value = signed_in(cast.valle.accounts[kind]).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        page = context.new_page()
        for path in paths:
            page.emulate_media(color_scheme="light")
            response = page.goto(path)
            faults += [] if response.status == 200 else [(path, response.status)]
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            found = Axe().run(page).response["violations"]
            page.emulate_media(color_scheme="dark")
            found += page.evaluate("words => axe.run(words)", DARK)["violations"]
            faults += [(path, fault["id"], [node["target"] for node in fault["nodes"]][:3]) for fault in found]
            width = page.evaluate("document.documentElement.scrollWidth")
            faults += [(path, "scrolls sideways", width)] if width > 320 else []
        context.close()
    assert faults == []


def test_the_citizens_screen_works_with_the_keyboard_alone(cast: Any, browser: Any, live_server: Any) -> None:
    story = tell(cast.valle)
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}{C}apoyar/problemas/{story.problem.number}/")
    page.get_by_label("Tu correo").focus()
    page.keyboard.type("vera@ejemplo.invalid")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Falta un paso: abre tu correo")).to_be_visible()
    context.close()
