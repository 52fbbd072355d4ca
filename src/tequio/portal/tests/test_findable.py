"""What visitors find: everything public of their jurisdiction, nothing else, as soon as the record tells of it."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from tequio.commitments.document.load import load
from tequio.commitments.models import Activity, Commitment
from tequio.common.i18n import text
from tequio.people.models import Organisation
from tequio.places.actions import create_jurisdiction
from tequio.plans.models import Plan
from tequio.portal import findable
from tequio.record.append import Actor, act
from tequio.record.sequence import sequence
from tequio.search.models import Cursor, Entry
from tequio.search.queries import find

pytestmark = pytest.mark.django_db
BY = Actor(role="secretariat")
DOCUMENT = {
    "number": 1,
    "title": {"es": "Plan de prueba", "en": "Test plan"},
    "summary": {"es": "Un plan para colibríes"},
    "start": "2026-01-01",
    "end": "2027-12-31",
    "commitments": [
        {
            "code": "agua-1",
            "title": {"es": "Agua que se puede revisar", "en": "Water that can be checked"},
            "problem": {"es": "Nadie sabe cuánta agua se pierde en las tuberías."},
            "lead": {"slug": "agua", "name": "Organismo de Agua"},
            "start": "2026-01-01",
            "end": "2027-06-30",
            "activities": [
                {"title": {"es": "Publicar la bitácora de presión"}, "start": "2026-01-15", "due": "2027-01-28"}
            ],
            "indicators": [{"name": {"es": "Fugas reparadas"}, "unit": "%"}],
            "evidence": [
                {"title": {"es": "Acta de enero"}, "date": "2026-02-03", "url": "https://ejemplo.org/b"},
                {"title": {"es": "Padrón con domicilios"}, "date": "2026-02-03", "url": "https://ejemplo.org/c"},
            ],
        }
    ],
}


@pytest.fixture
def valle():
    place = create_jurisdiction(slug="valle", name="Valle", kind="municipality", by=BY)
    load(DOCUMENT, jurisdiction=place, by=BY)
    sequence()
    return place


def found(words, place="valle", language="es"):
    return [(hit.kind, hit.url) for hit in find(place, words, language).hits]


def test_a_visitor_finds_an_activity_by_an_unaccented_word(valle):
    page = Client().get("/valle/buscar/?q=bitacora").content.decode()
    number = Activity.objects.get().number
    assert f'href="/valle/actividades/{number}/"' in page
    assert "<mark>bitácora</mark>" in page


def test_each_kind_of_public_object_is_found_by_its_words(valle):
    number = Activity.objects.get().number
    assert found("tuberia") == [("commitment", "/valle/compromisos/agua-1/")]
    assert found("presiones") == [("activity", f"/valle/actividades/{number}/")]
    assert found("colibrí") == [("plan", "/valle/planes/1/")]
    assert found("fuga") == [("indicator", "/valle/compromisos/agua-1/indicadores/1/")]
    assert found("acta") == [("evidence", "/valle/compromisos/agua-1/evidencia/1/")]
    assert ("organisation", "/valle/instituciones/agua/") in found("organismo")
    assert ("commitment", "/valle/compromisos/agua-1/") in found("organismo")


def test_readers_of_english_find_english_pages_and_spanish_texts_that_nobody_translated(valle):
    number = Activity.objects.get().number
    assert found("water", language="en") == [("commitment", "/en/valle/compromisos/agua-1/")]
    assert found("bitacora", language="en") == [("activity", f"/en/valle/actividades/{number}/")]
    entry = Entry.objects.get(key=f"valle/activity/{number}", language="en")
    assert entry.text_language == "es"


def test_another_jurisdictions_rows_are_never_found(valle):
    create_jurisdiction(slug="otro", name="Otro", kind="municipality", by=BY)
    sequence()
    assert len(found("agua")) > 0
    assert found("agua", place="otro") == []


def test_a_draft_is_not_found(valle):
    plan = Plan.objects.get()
    draft = Commitment.objects.create(
        jurisdiction=valle, plan=plan, code="secreto", title=text("Girasoles en secreto"), status="draft"
    )
    Activity.objects.create(jurisdiction=valle, number=90, commitment=draft, title=text("Sembrar girasoles"))
    findable.follow([])
    call_command("search_rebuild", verbosity=0)
    assert found("girasoles") == []
    with transaction.atomic():
        with act("commitment.published", draft, by=BY):
            draft.status = "published"
        with act("activity.published", step := Activity.objects.get(number=90), by=BY):
            step.commitment.status = "published"
    sequence()
    assert found("girasoles") == [("commitment", "/valle/compromisos/secreto/"), ("activity", "/valle/actividades/90/")]


def test_evidence_with_personal_data_leaves_the_index(valle):
    assert found("domicilios") == [("evidence", "/valle/compromisos/agua-1/evidencia/2/")]
    commitment = Commitment.objects.get()
    piece = commitment.evidence.get(number=2)
    with transaction.atomic(), act("evidence.changed", piece, by=BY):
        piece.personal_data = True
    sequence()
    assert found("domicilios") == []


def test_a_new_name_of_an_institution_is_found_in_what_names_it(valle):
    water = Organisation.objects.get(slug="agua")
    with transaction.atomic(), act("organisation.changed", water, by=BY):
        water.name = "Sistema Hidráulico"
    sequence()
    assert {kind for kind, _url in found("hidraulico")} == {"organisation", "commitment"}


def test_the_index_follows_the_record_to_its_newest_act_and_a_rebuild_says_the_same(valle):
    newest = sorted(Entry.objects.values_list("key", "language", "title", "body", "url"))
    assert Cursor.objects.get().position == findable.Leaf.objects.count() - 1
    Entry.objects.all().delete()
    call_command("search_rebuild", verbosity=0)
    assert sorted(Entry.objects.values_list("key", "language", "title", "body", "url")) == newest


def test_an_act_about_a_part_touches_the_whole():
    assert findable.touched("document.published", "valle/document/2.1") == ["valle/plan/2"]
    assert findable.touched("value.recorded", "valle/value/agua-1.3.2") == ["valle/indicator/agua-1.3"]
    assert findable.touched("pause.recorded", "valle/pause/7.1") == ["valle/activity/7"]
    assert findable.touched("office.changed", "valle/office/agua.direccion") == ["valle/organisation/agua"]


@pytest.mark.django_db(transaction=True)
def test_after_a_plan_is_loaded_the_index_is_complete_without_anybody_asking():
    place = create_jurisdiction(slug="valle", name="Valle", kind="municipality", by=BY)
    load(DOCUMENT, jurisdiction=place, by=BY)
    assert len(found("bitacora")) == 1
