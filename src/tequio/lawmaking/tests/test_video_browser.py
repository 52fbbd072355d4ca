"""On a phone: nothing of a film is fetched until it is tapped; then it plays with its captions."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

from tequio.documents.films import keep_film
from tequio.documents.tests import film_files
from tequio.lawmaking import actions
from tequio.lawmaking.tests.test_video import CAPTIONS
from tequio.lawmaking.tests.world import draft
from tequio.people.acting import actor_of
from tequio.record.sequence import sequence

pytestmark = pytest.mark.django_db(transaction=True)
J = "/valle-del-ejemplo/"


def faults(page: Any) -> list[Any]:
    return [(v["id"], [n["target"] for n in v["nodes"]]) for v in Axe().run(page).response["violations"]]


def test_a_film_waits_for_a_tap_and_plays_with_its_captions(
    cast: Any, browser: Any, live_server: Any, settings: Any, tmp_path: Any
) -> None:
    settings.BLOB_ROOT = tmp_path
    place = cast.valle
    by = actor_of(place.roles["legislature"])
    bill = draft(place)
    kept = keep_film(upload=SimpleUploadedFile("v.webm", film_files.WEBM), who="account:1")
    actions.set_film(bill=bill, kept=kept, by=by)
    actions.set_words(bill=bill, captioned={"es": CAPTIONS}, said={"es": "Cada municipio tendrá semillas."}, by=by)
    actions.publish_bill(bill=bill, by=by)
    sequence()
    context = browser.new_context(viewport={"width": 390, "height": 800}, base_url=live_server.url)
    session = place.client("legislature").cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{J}iniciativas/{bill.code}/video/")
    expect(page.get_by_role("heading", name="Lo que dice")).to_be_visible()
    assert (faults(page), [url for url in asked if "/registro/videos/" in url]) == ([], [])
    film = page.locator("video")
    film.evaluate("film => { film.muted = true; return film.play(); }")
    page.wait_for_function("document.querySelector('video').textTracks[0].cues?.length === 1")
    said = film.evaluate("film => [film.textTracks[0].mode, film.textTracks[0].cues[0].text, film.error]")
    assert said == ["showing", "Cada municipio tendrá semillas.", None]
    page.wait_for_function("document.querySelector('video').currentTime > 0")
    for path in (f"{J}gestion/iniciativas/{bill.code}/video/", f"{J}gestion/textos/{bill.work.code}/cuadro/"):
        page.goto(path)
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    context.close()
