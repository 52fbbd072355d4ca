"""The weekly look at the links of evidence, and what the public learns of it."""

import datetime as dt
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from tequio.commitments.actions import submit_evidence
from tequio.commitments.models import Evidence
from tequio.documents import recheck
from tequio.documents.capture import capture
from tequio.documents.models import LinkCheck
from tequio.documents.tests.hostile_site import PAGE, Site, answer, online, to
from tequio.record.append import Actor
from tequio.record.models import Act
from tequio.record.sequence import sequence

LEAD = Actor(organisation="agua", role="lead")
WORDS = b" ".join(b"palabra%d" % n for n in range(200))
LONG = b"<html><body><p>" + WORDS + b"</p><i>Visitas: 12</i></body></html>"


@pytest.fixture
def site(settings: Any, tmp_path: Any) -> Iterator[Site]:
    settings.BLOB_ROOT, settings.LINK_CHECKS = tmp_path, True
    with online() as found:
        yield found


@pytest.fixture
def piece(plan: Any, site: Site) -> Evidence:
    """Evidence whose address was archived today; the invented plan's own links are of a place that is no practice."""
    Evidence.objects.exclude(url="").update(url="")
    site.pages["/larga"] = answer(LONG)
    url = f"http://sitio.prueba:{site.port}/larga"
    commitment = plan.commitments.get()
    said = {"title": "Página", "kind": "document", "date": "2026-03", "by": LEAD}
    return submit_evidence(commitment=commitment, activity=None, url=url, blob=capture(url).blob, **said)


def look(days: int = 8) -> list[str]:
    """A round, some days from now, and the state that the evidence is in then."""
    recheck.tick()
    with time_machine.travel(dt.datetime(2026, 3, 16, 18, tzinfo=dt.UTC) + dt.timedelta(days=days), tick=False):
        recheck.tick()
    return list(Evidence.objects.exclude(url="").values_list("link_state", flat=True))


def told() -> int:
    return Act.objects.filter(kind="evidence.link_checked").count()


pytestmark = pytest.mark.tampers  # the fixture takes the plan's other addresses away


def test_a_page_that_says_the_same_is_no_news_though_its_counter_moved(site, piece):
    site.pages["/larga"] = answer(LONG.replace(b"Visitas: 12", b"Visitas: 977"))
    assert (look(), told()) == (["ok"], 0)
    assert site.asked == ["/larga", "/larga"]
    assert (look(9), look(10), site.asked) == (["ok"], ["ok"], ["/larga", "/larga"])


def test_a_page_with_other_words_changed_and_may_come_back(site, piece):
    site.pages["/larga"] = answer(PAGE)
    assert (look(), told()) == (["changed"], 1)
    piece.refresh_from_db()
    assert piece.link_checked == dt.date(2026, 3, 24)
    assert (look(16), told()) == (["changed"], 1)
    site.pages["/larga"] = answer(LONG)
    assert (look(24), told()) == (["ok"], 2)


def test_a_page_that_leads_elsewhere_moved(site, piece):
    site.pages["/larga"] = to("/acta")
    assert (look(), told()) == (["moved"], 1)


def test_a_page_is_gone_after_three_days_without_it_and_not_before(site, piece):
    del site.pages["/larga"]
    assert look(8) == ["ok"]
    LinkCheck.objects.update(due="2026-03-24T17:00Z")
    assert look(8) == ["ok"]  # the same day counts once
    assert LinkCheck.objects.get().failures == 1
    assert (look(10), look(12), told()) == (["ok"], ["gone"], 1)
    site.pages["/larga"] = answer(LONG)
    assert (look(20), told(), LinkCheck.objects.get().failures) == (["ok"], 2, 0)


def test_a_site_that_shuts_us_out_is_not_called_gone(site, piece):
    site.pages["/larga"] = answer(b"", "text/html", "403 Forbidden")
    assert (look(8), look(16), look(24), look(32)) == (["ok"],) * 4


def test_evidence_without_a_copy_is_compared_with_the_first_look(site, plan):
    Evidence.objects.exclude(url="").update(url=f"http://sitio.prueba:{site.port}/larga")
    many = Evidence.objects.exclude(url="").count()
    site.pages["/larga"] = answer(LONG)
    assert (look(), told()) == ([""] * many, 0)
    site.pages["/larga"] = answer(PAGE)
    assert (look(16), told()) == (["changed"] * many, many)


def test_nobody_asks_for_what_practice_invents_nor_for_what_nobody_names_any_more(site, piece, settings):
    recheck.tick()
    Evidence.objects.update(personal_data=True)
    look()
    assert (LinkCheck.objects.count(), site.asked) == (0, ["/larga"])
    Evidence.objects.update(personal_data=False)
    piece.commitment.jurisdiction.is_practice = True
    piece.commitment.jurisdiction.save()
    look()
    assert LinkCheck.objects.count() == 0
    settings.LINK_CHECKS = False
    assert recheck.tick() == 0


def words(path: str) -> str:
    sequence()
    html = Client().get(path).content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1].split("</main>")[0])).split())


def test_the_page_tells_what_became_of_the_link_and_offers_the_copy(site, piece):
    where = f"/ejemplo/compromisos/{piece.commitment.code}/evidencia/{piece.number}/"
    html = Client().get(where).content.decode()
    assert f'href="/registro/blobs/sha256/{piece.blob_id}/texto"' in html
    assert "Copia guardada el 16 de marzo de 2026" in words(where)
    site.pages["/larga"] = answer(PAGE)
    look()
    assert "La página cambió. Lo vimos el 24 de marzo de 2026" in words(where)
    assert "cambió" in words(f"/ejemplo/compromisos/{piece.commitment.code}/")
