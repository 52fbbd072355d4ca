"""The style page as a browser shows it: accessible, in light and dark, at 320 pixels and by keyboard."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at(browser: Any, live_server: Any) -> Any:
    contexts = []

    def open_page(path: str, *, width: int = 320, scheme: str = "light", **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **more)
        contexts.append(context)
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_style_page_has_no_accessibility_fault_and_no_sideways_scroll(at: Any, scheme: str) -> None:
    page = at("/estilo/?errores=1", scheme=scheme)
    found = Axe().run(page)
    faults = [(v["id"], [node["target"] for node in v["nodes"]]) for v in found.response["violations"]]
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_menu_folds_on_a_phone_and_opens_without_a_script(at: Any) -> None:
    page = at("/estilo/", java_script_enabled=False)
    english = page.get_by_role("link", name="English")
    expect(english).to_be_hidden()
    page.locator("details.menu summary").click()
    expect(english).to_be_visible()


def test_escape_closes_the_menu_and_goes_back_to_its_button(at: Any) -> None:
    page = at("/estilo/")
    page.locator("details.menu summary").click()
    page.keyboard.press("Escape")
    assert page.evaluate("[document.querySelector('details.menu').open, document.activeElement.tagName]") == [
        False,
        "SUMMARY",
    ]


def test_the_first_tab_leads_past_the_header(at: Any) -> None:
    page = at("/estilo/", width=1280)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenido"


def test_errors_are_focused_when_the_form_comes_back(at: Any) -> None:
    page = at("/estilo/?errores=1")
    assert page.evaluate("document.activeElement.className") == "summary"


def test_paper_is_light_even_where_the_screen_is_dark(at: Any) -> None:
    page = at("/estilo/", scheme="dark", width=800)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 35, 32)"
    expect(page.locator(".chips").first).to_be_hidden()
