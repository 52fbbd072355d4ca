"""What search engines are told."""

from xml.etree import ElementTree

from django.test import Client

from tequio.commitments.tests import make
from tequio.record.sequence import sequence

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(slug):
    answer = Client().get(f"/{slug}/mapa.xml")
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    return [
        found.text.removeprefix("http://127.0.0.1:8000")
        for found in ElementTree.fromstring(answer.content).iter(f"{NAMESPACE}loc")
    ]


def test_robots_are_sent_to_real_territories_and_kept_out_of_practice_and_work(db):
    make.place("valle-del-ejemplo", is_practice=True)
    make.place("jalisco")
    lines = Client().get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[1:] == [
        *("Disallow: /cuentas/", "Disallow: /en/cuentas/", "Disallow: /mi/", "Disallow: /en/mi/"),
        *("Disallow: /*/gestion/", "Disallow: /*/buscar/"),
        *("Disallow: /valle-del-ejemplo/", "Disallow: /en/valle-del-ejemplo/"),
        "Sitemap: http://127.0.0.1:8000/jalisco/mapa.xml",
    ]


def test_the_map_has_every_public_page_of_one_territory_in_both_languages_and_each_opens(db):
    make.made(slug="jalisco")
    make.made(make.plan(number=2), slug="otro")
    sequence()
    found = addresses("jalisco")
    assert len(set(found)) == len(found) == 2 * (8 + 1 + 1 + 2 + 2 + 2 + 3)
    assert {"/jalisco/", "/jalisco/compromisos/agua-1/", "/en/jalisco/compromisos/agua-1/"} < set(found)
    assert [url for url in found if "otro" in url] == []
    assert [url for url in found if Client().get(url).status_code != 200] == []
