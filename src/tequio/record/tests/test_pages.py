"""What anybody can read and check, as pages and as files for machines."""

import base64
import json
import re
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.template import Context, Template
from django.test import Client

from tequio.record import queries, subjects
from tequio.record.append import SYSTEM, Actor, act, act_many, erase
from tequio.record.core import disclose, merkle, tiles
from tequio.record.core.checkpoint import Checkpoint
from tequio.record.core.note import Note, Verifier
from tequio.record.core.proof import Proof
from tequio.record.models import Act
from tequio.record.publish import publish
from tequio.record.sequence import sequence
from tequio.record.tests.sample import Thing

pytestmark = pytest.mark.django_db

LIAISON = Actor(organisation="instituto", role="liaison", office="Enlace operativo, Instituto")


@pytest.fixture
def valle() -> None:
    """Two jurisdictions; in the first, a thing with three acts, in the second one with one; all sealed but the last."""
    Jurisdiction = apps.get_model("places", "Jurisdiction")
    places = [Jurisdiction(slug=slug, name=slug.capitalize(), kind="state") for slug in ("valle", "monte")]
    with transaction.atomic():
        act_many("jurisdiction.created", places, by=SYSTEM)
    thing = Thing(number=1, title="Padrón de árboles", named=True, holder="Rosa Mexicano")
    with transaction.atomic(), act("thing.published", thing, by=LIAISON):
        pass
    with transaction.atomic(), act("thing.changed", thing, by=LIAISON, why="Faltaba una palabra", basis="Acta 3"):
        thing.title = "Padrón abierto de árboles"
    with (
        transaction.atomic(),
        act("thing.published", Thing(place="monte", number=1, title="Cosa del monte"), by=SYSTEM),
    ):
        pass
    publish()
    with transaction.atomic(), act("thing.decided", thing, by=LIAISON):
        thing.open = True
    sequence()


def text(client: Client, address: str, status: int = 200) -> str:
    """The words of a page, without markup."""
    response = client.get(address)
    assert response.status_code == status, address
    body = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def test_the_list_tells_each_act_newest_first_with_who_and_whether_it_is_sealed(client, valle):
    words = text(client, "/valle/registro/")
    found = re.findall(r"(Se (?:publicó|cambió|decidió)[^.]*?cosa) .*?Acto (\d+) (sellado|anotado)", words)
    assert [row[1:] for row in found] == [("6", "anotado"), ("4", "sellado"), ("3", "sellado")]
    assert found[1][0].endswith("Se cambió la cosa")
    assert "Enlace operativo, Instituto · Acto 4" in words
    assert "Motivo: Faltaba una palabra" in words


def test_no_page_of_one_jurisdiction_shows_an_act_of_another(client, valle):
    assert "Cosa del monte" in text(client, "/monte/registro/")
    assert "Cosa del monte" not in text(client, "/valle/registro/")
    assert client.get("/monte/registro/actos/5/").status_code == 200
    for address in ("actos/5/", "actos/5.json", "actos/5.tlog-proof", "actos/0/", "objeto/monte/thing/1/"):
        assert client.get(f"/valle/registro/{address}").status_code == 404, address


def test_the_list_filters_by_what_happened_and_by_what_it_is_about(client, valle):
    assert re.findall(r"Acto (\d+)", text(client, "/valle/registro/?tipo=thing.changed")) == ["4"]
    assert re.findall(r"Acto (\d+)", text(client, "/valle/registro/?sobre=jurisdiction")) == ["1"]
    assert "Ningún acto cumple" in text(client, "/valle/registro/?tipo=thing.changed&sobre=jurisdiction")


@pytest.mark.parametrize("address", ["/valle/registro/", "/valle/registro/objeto/thing/1/"])
def test_lists_cost_the_same_queries_however_many_acts_they_show(client, valle, address, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as before:
        client.get(address)
    thing = Thing.objects.get(place="valle")
    for n in range(5):
        with transaction.atomic(), act("thing.changed", thing, by=SYSTEM):
            thing.title = f"Título {n}"
    sequence()
    with django_assert_num_queries(len(before)):
        client.get(address)


def test_a_long_list_has_pages(client, valle):
    with transaction.atomic():
        act_many("thing.published", [Thing(number=n, title=f"Cosa {n}") for n in range(10, 50)], by=SYSTEM)
    sequence()
    assert 'href="?pagina=2"' in client.get("/valle/registro/").content.decode()
    assert len(re.findall(r"Acto \d+", text(client, "/valle/registro/"))) == 25
    assert len(re.findall(r"Acto \d+", text(client, "/valle/registro/?pagina=2"))) == 44 - 25


def test_an_act_shows_what_changed_and_what_stayed(client, valle):
    words = text(client, "/valle/registro/actos/4/")
    assert "Título Padrón abierto de árboles" in words
    assert "<ins>" in client.get("/valle/registro/actos/4/").content.decode()
    assert "Motivo Faltaba una palabra" in words
    assert "Sustento Acta 3" in words
    assert "Acto anterior Acto 3: Se publicó la cosa" in words
    assert "Acto siguiente Acto 6: Se decidió sobre la cosa" in words
    assert "Lo que quedó igual" in words


def test_an_act_that_is_not_sealed_yet_says_when_its_proof_will_be_there(client, valle):
    assert "a más tardar en quince minutos" in text(client, "/valle/registro/actos/6/")
    response = client.get("/valle/registro/actos/6.tlog-proof")
    assert (response.status_code, "aún no está sellado" in response.content.decode()) == (404, True)


def test_a_reader_can_check_an_act_with_its_files_alone(client, valle):
    entry = client.get("/valle/registro/actos/4.json").content
    assert entry == bytes(Act.objects.get(on="valle/thing/1", rev=2).entry)
    key = Verifier.parse(client.get("/registro/llaves").content.decode().strip())
    proof = Proof.parse(client.get("/valle/registro/actos/4.tlog-proof").content.decode())
    assert (proof.index, proof.holds_for(entry, key), proof.holds_for(entry + b" ", key)) == (4, True, False)
    shown = json.loads(proof.extra)["holder"]
    assert shown["value"] == "Rosa Mexicano"
    assert json.loads(entry)["hid"]["holder"] == disclose.commit(base64.b64decode(shown["salt"]), "Rosa Mexicano")
    words = text(client, "/valle/registro/actos/4/")
    assert base64.b64encode(merkle.leaf_hash(entry)).decode() in words
    assert Note.parse(proof.checkpoint).text.split("\n")[2] in words


def test_an_erased_name_shows_as_erased_and_is_nowhere_any_more(client, valle):
    assert "Rosa Mexicano" in text(client, "/valle/registro/actos/3/")
    thing = Thing.objects.get(place="valle")
    thing.named = False
    erase(obj=thing, field="holder", by=LIAISON, basis="Solicitud 12")
    publish()
    words = text(client, "/valle/registro/actos/3/")
    assert "Se borró el" in words
    erasing = text(client, "/valle/registro/actos/7/")
    assert "se borró un dato personal" in erasing
    assert "Quién responde" in erasing
    addresses = ["", *(f"actos/{n}{end}" for n in (3, 4, 6, 7) for end in ("/", ".json", ".tlog-proof"))]
    bodies = [client.get(f"/valle/registro/{address}").content for address in [*addresses, "objeto/thing/1/"]]
    bodies.append(client.get("/registro/tile/entries/000.p/8").content)
    assert [body for body in bodies if b"Rosa" in body or base64.b64encode(b"Rosa")[:4] in body] == []


def test_the_story_of_an_object_tells_each_change(client, valle):
    words = text(client, "/valle/registro/objeto/thing/1/")
    assert re.findall(r"Acto (\d+)", words) == ["6", "4", "3"]
    assert "Cambió: Título" in words
    assert client.get("/valle/registro/objeto/thing/99/").status_code == 404


def test_pages_speak_english_too_and_are_the_same_bytes_each_time(client, valle):
    for address in (
        "/valle/registro/",
        "/en/valle/registro/",
        "/en/valle/registro/actos/4/",
        "/valle/registro/objeto/thing/1/",
    ):
        first, second = client.get(address), Client().get(address)
        assert first.status_code == 200
        assert first.content == second.content


def test_any_page_can_show_what_stands_behind_its_object(valle, django_assert_num_queries):
    thing = Thing.objects.get(place="valle")
    template = Template('{% include "record/parts/proof.html" with object=thing %}')
    with django_assert_num_queries(1):
        html = template.render(Context({"thing": thing}))
    assert 'href="/valle/registro/actos/6/"' in html
    assert 'href="/valle/registro/objeto/thing/1/"' in html
    assert "el último de 3 sobre este asunto" in re.sub(r"\s+", " ", html)
    assert "Sin registro" in template.render(Context({"thing": Thing(number=9, title="Borrador")}))


def get(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, address
    return response


def test_a_stranger_rebuilds_the_tree_from_the_files_for_machines(client, valle):
    with transaction.atomic():
        act_many("thing.published", [Thing(number=n, title=f"Cosa {n}") for n in range(10, 310)], by=SYSTEM)
    publish()
    tree = Checkpoint.parse(Note.parse(get(client, "/registro/checkpoint").content.decode()).text)
    assert (tree.origin, tree.size) == ("prueba.example/registro", 307)
    entries = tiles.unbundle(get(client, "/registro/tile/entries/000").content)
    entries += tiles.unbundle(get(client, "/registro/tile/entries/001.p/51").content)
    leaves = [merkle.leaf_hash(entry) for entry in entries]
    assert merkle.root_of(leaves) == tree.root
    hashes = get(client, "/registro/tile/0/000").content + get(client, "/registro/tile/0/001.p/51").content
    assert hashes == b"".join(leaves)
    assert get(client, "/registro/tile/1/000.p/1").content == merkle.root_of(leaves[:256])
    path = [base64.b64decode(line) for line in get(client, "/registro/consistencia/6/307").content.split()]
    assert merkle.verify_consistency(6, 307, path, merkle.root_of(leaves[:6]), tree.root)


def test_tiles_may_be_kept_for_ever_and_checkpoints_may_not(client, valle, settings):
    settings.PAGE_CACHE = True
    assert get(client, "/registro/tile/0/000.p/6")["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "immutable" not in get(client, "/registro/checkpoint").get("Cache-Control", "")


@pytest.mark.parametrize(
    "address",
    [
        *("tile/0/000", "tile/0/001.p/1", "tile/0/000.p/8", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/06"),
        *("tile/00/000.p/6", "tile/9/000", "tile/x/000", "tile/0/0", "tile/0/x000/000.p/6", "tile/entries/000"),
        *("tile/entries/000.p/9", "consistencia/0/3", "consistencia/4/3", "consistencia/3/99"),
    ],
)
def test_what_the_log_does_not_hold_is_not_found(client, valle, address):
    assert client.get("/registro/tile/0/000.p/6").status_code == 200
    assert client.get(f"/registro/{address}").status_code == 404


def test_an_empty_log_has_no_checkpoint_yet(client):
    assert client.get("/registro/checkpoint").status_code == 404


def test_every_sort_of_public_object_has_its_word_and_most_their_page():
    named = [key for key in subjects.all_keys() if key in subjects._subjects]
    assert named == subjects.all_keys()
    assert subjects.label("commitment") == "Compromiso"
    keys = [
        "valle/commitment/c1",
        "valle/evidence/c1.3",
        "valle/organisation/agua",
        "valle/office/agua.titular",
        "valle/role/2",
    ]
    assert [subjects.url(key) for key in keys] == [
        "/valle/compromisos/c1/",
        "/valle/compromisos/c1/evidencia/3/",
        "/valle/instituciones/agua/",
        "/valle/instituciones/agua/",
        "",
    ]
    assert subjects.url("valle/evidence/sin-numero") == ""


def test_who_acted_is_told_in_words_and_what_has_no_name_by_its_sort_and_number(client, valle):
    place = apps.get_model("places", "Jurisdiction").objects.get(slug="valle")
    body = apps.get_model("people", "Organisation")(jurisdiction=place, slug="agua", name="Organismo de Agua")
    with transaction.atomic(), act("organisation.created", body, by=SYSTEM):
        pass
    by_body = Actor(organisation="agua", role="liaison")
    with transaction.atomic(), act("thing.published", Thing(number=7, title=""), by=by_body):
        pass
    with transaction.atomic(), act("thing.published", Thing(number=8, title=""), by=Actor(role="public")):
        pass
    sequence()
    eighth, seventh = queries.tell(queries.acts("valle")[:2])
    assert [str(told.who) for told in (seventh, eighth)] == ["Organismo de Agua", "Público"]
    assert [told.title for told in (seventh, eighth)] == [f"{seventh.sort} 7", f"{seventh.sort} 8"]
