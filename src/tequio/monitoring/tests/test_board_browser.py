"""The board in a browser: no accessibility fault, no sideways scroll, readable on paper."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tequio.monitoring.tests.world import document, make_world

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = (
    "tablero/",
    "tablero/?vista=linea&luz=blue",
    "tablero/?vista=tabla&q=zapato",
    "tablero/?vista=tabla",
    "comite/",
)


def every_state() -> None:
    doc = document(commitments=3, activities=4)
    doc["commitments"][1]["activity_count"] = 6
    doc["commitments"][2] |= {
        "origin": "proactive",
        "assessments": [{"low": "limited", "high": "substantial", "words": "From limited to substantial", "by": "IRM"}],
    }
    world = make_world(doc=doc)
    states = ("verified", "reported", "under_review", "observed", "rejected", "reopened", "pending")
    for activity, state in zip(world.activities, states, strict=False):
        world.bring_to(state, activity)
    world.evidence(url="https://example.org/acta")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_board_and_the_committee_have_no_accessibility_fault_at_320_pixels(
    browser: Any, live_server: Any, scheme: str
) -> None:
    every_state()
    context = browser.new_context(viewport={"width": 320, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    faults, widths = {}, set()
    for path in PAGES:
        page.goto(f"{live_server.url}/prueba/{path}")
        found = Axe().run(page).response["violations"]
        faults[path] = [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found]
        widths.add(page.evaluate("document.documentElement.scrollWidth"))
    context.close()
    assert faults == {path: [] for path in PAGES}
    assert widths == {320}


def test_filters_are_reached_and_left_by_keyboard_and_without_a_script(browser: Any, live_server: Any) -> None:
    every_state()
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/prueba/tablero/")
    page.locator(".sum a[data-light=red]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tablero/?luz=red")
    expect(page.locator("article.commit")).to_have_count(1)
    page.get_by_role("link", name="Quitar filtros").press("Enter")
    page.wait_for_url("**/tablero/")
    expect(page.locator("article.commit")).to_have_count(3)
    page.locator("summary", has_text="Buscar y ordenar").press("Enter")
    page.get_by_label("Con estas palabras").fill("ACTIVIDAD 2.0")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=ACTIVIDAD+2.0**")
    expect(page.locator("article.commit")).to_have_count(1)
    context.close()


def test_on_paper_the_board_keeps_its_lights_and_loses_what_can_only_be_clicked(browser: Any, live_server: Any) -> None:
    every_state()
    context = browser.new_context(viewport={"width": 800, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/prueba/tablero/")
    page.emulate_media(media="print")
    shown = {name: page.locator(name).first.is_visible() for name in (".sum", ".steps", ".two", ".chips", ".between")}
    assert shown == {".sum": True, ".steps": True, ".two": True, ".chips": False, ".between": False}
    context.close()
