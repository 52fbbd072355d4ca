"""The stories as a browser shows them: accessible in light and dark on the narrowest phone, readable without scripts."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tequio.commitments.models import Commitment
from tequio.commitments.tests import make
from tequio.commitments.tests.test_pages import PAGES, STORY
from tequio.common.i18n import text
from tequio.record.sequence import sequence

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at(browser: Any, live_server: Any) -> Iterator[Any]:
    """A function that opens a page of a full plan whose first commitment has two versions."""
    make.made()
    row = Commitment.public_rows().get(code="agua-1")
    make.changed(row, make.dt.date(2026, 2, 1), action=text("Publicar cada fuga y su costo.", "Publish each leak."))
    sequence()
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
def test_no_story_has_an_accessibility_fault_or_scrolls_sideways_at_320_pixels(at: Any, scheme: str) -> None:
    for path in PAGES:
        page = at(path, scheme=scheme)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(page)
        faults = [(v["id"], [node["target"] for node in v["nodes"]]) for v in found.response["violations"]]
        assert (path, faults) == (path, [])
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, 320)
        page.close()


def test_the_index_of_a_story_leads_to_each_part_without_a_script(at: Any) -> None:
    page = at(STORY, width=1280, java_script_enabled=False)
    page.get_by_role("link", name="El dinero", exact=True).click()
    page.wait_for_url("**#dinero")
    expect(page.get_by_role("heading", name="El dinero")).to_be_visible()


def test_two_versions_are_compared_by_form_without_a_script(at: Any) -> None:
    page = at(f"{STORY}cambios/", java_script_enabled=False)
    page.get_by_label("De la versión").select_option("2")
    page.get_by_role("button", name="Comparar").click()
    expect(page.get_by_text("Nada: las dos versiones dicen lo mismo.")).to_be_visible()
