"""With the keyboard alone: a member looks, and somebody on the street says what they see. Nothing but Tab, Shift+Tab, the
space bar, arrows, Enter and letters is pressed; where the focus stands is always seen."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail

from tequio.commitments.models import Activity, Evidence
from tequio.monitoring import actions
from tequio.monitoring.models import Look
from tequio.record.append import Actor
from tequio.record.sequence import sequence
from tests.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/valle-del-ejemplo"
MOST = 120  # Tab presses after which something cannot be reached
# (The calendar button inside a date field draws its ring itself; no style of the page tells of it.)
WHERE = """() => { const e = document.activeElement; const s = getComputedStyle(e); const b = e.getBoundingClientRect();
  return {words: (e.getAttribute('aria-label') || e.innerText || (e.labels && e.labels[0] && e.labels[0].innerText) || '').trim(),
    name: e.name || '', seen: b.width > 0 && (s.outlineStyle !== 'none' || s.boxShadow !== 'none' || e.type === 'date')} }"""


class Keys:
    """Somebody's hands on the keyboard."""

    def __init__(self, page: Any) -> None:
        self.page, self.unseen = page, []

    def to(self, words: str = "", *, name: str = "") -> None:
        """Tab until the focus stands on the control with these words, or of this name."""
        for _press in range(MOST):
            self.page.keyboard.press("Tab")
            there = self.page.evaluate(WHERE)
            if not there["seen"]:
                self.unseen.append(there)
            if (words and there["words"].startswith(words)) or (name and there["name"] == name):
                return
        raise AssertionError(f"{words or name} cannot be reached on {self.page.url}")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def enter(self) -> None:
        """Follows the link or sends the form, and waits for the page that comes."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)


def test_a_member_looks_and_somebody_observes_without_touching_a_mouse(browser: Any, live_server: Any) -> None:
    place = make_cast().valle
    rows = Activity.objects.filter(jurisdiction=place.jurisdiction)
    for activity in rows.select_related("commitment__plan", "jurisdiction"):
        actions.report_progress(
            activity=activity,
            said="complete",
            evidence=list(Evidence.objects.filter(commitment=activity.commitment)),
            role=place.roles["lead"],
            by=Actor(organisation="agua", role="lead"),
        )
        actions.begin_review(activity=activity, by=Actor(role="committee"))
    sequence(wait=True)
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=live_server.url)
    page = context.new_page()
    keys = Keys(page)

    # From the board to an activity, and to saying what does not match.
    page.goto(f"{HERE}/tablero/")
    keys.press("Tab")
    assert page.evaluate(WHERE)["words"] == "Ir al contenido"
    keys.press("Enter")
    keys.to("Agua que se puede revisar")
    keys.enter()
    keys.to("Publicar la bitácora 2")
    keys.enter()
    keys.to("¿No coincide con lo que ves?")
    keys.enter()
    keys.to(name="text")
    keys.type("En la calle Hidalgo la fuga sigue.")
    keys.to(name="email")
    keys.type("vera@ejemplo.invalid")
    keys.enter()
    found = re.search(rf"{HERE}/observaciones/confirmar/\S+", str(mail.outbox[-1].body))
    assert found is not None
    page.goto(found[0])
    keys.to("Publicar")
    keys.enter()
    assert "En la calle Hidalgo la fuga sigue." in page.locator("main").inner_text()

    # Carmen's queue: the first look, then the next one, without going back to the list.
    value = place.client("committee").cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page.goto(f"{HERE}/gestion/comite/")
    keys.to("Publicar la bitácora")
    keys.enter()
    first = page.url
    for turn in range(2):
        keys.to(name="opened_1")
        keys.press("Space")
        keys.to(name="shows_1")
        keys.press("Space")
        keys.to(name="result")
        keys.press("ArrowDown")
        keys.to(name="reason")
        keys.type("Está completa.")
        keys.to("Guardar y seguir con la siguiente" if turn == 0 else "Guardar mi mirada")
        keys.enter()
        assert page.url != first
    done = Look.objects.filter(role=place.roles["committee"], result="partly").order_by("activity__number")
    assert [(look.activity.number, str(look.reason)) for look in done] == [(1, "Está completa."), (2, "Está completa.")]
    assert page.url.endswith(f"{HERE}/gestion/comite/")
    assert keys.unseen == []
    context.close()
