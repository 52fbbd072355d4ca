"""Facts about drafts: they save themselves, people do not disturb each other, and what was thrown away comes back."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tequio.commitments import actions
from tequio.commitments.actions.publish import write_plan
from tequio.commitments.forms import COMMITMENT_SECTIONS, PLAN_SECTIONS
from tequio.commitments.models import Commitment, Draft
from tequio.commitments.tests.test_writing import BY
from tequio.common import schedule
from tequio.plans.models import Plan
from tequio.record.append import act
from tests.cast import Cast, cast  # noqa: F401

WORK = "/valle-del-ejemplo/gestion"
STORY = f"{WORK}/compromisos/agua-1/parte/story/"
BASICS = f"{WORK}/compromisos/agua-1/parte/basics/"
VISION = f"{WORK}/planes/1/parte/vision/"
PEOPLE = f"{WORK}/planes/1/parte/people/"
ITSELF = {"HTTP_X_AUTOSAVE": "1"}


def revision_of(client: Any, address: str) -> str:
    found = re.search(r'name="revision" value="([^"]+)"', client.get(address).content.decode())
    assert found
    return found[1]


def rows(prefix: str, *entries: dict[str, Any]) -> dict[str, Any]:
    data = {f"{prefix}-{n}-{key}": value for n, entry in enumerate(entries) for key, value in entry.items()}
    return {f"{prefix}-TOTAL_FORMS": len(entries), f"{prefix}-INITIAL_FORMS": 0, **data}


def test_a_form_that_saves_itself_keeps_what_can_be_read_and_says_what_cannot(cast: Cast) -> None:  # noqa: F811
    client = cast.valle.client("lead")
    before = actions.draft_of(commitment=cast.valle.commitment, account=cast.valle.accounts["lead"]).document["start"]
    data = {"revision": revision_of(client, BASICS), "title_es": "Agua clara", "start": "31/02/2026"}
    answer = client.post(BASICS, data, **ITSELF)
    said = answer.json()
    assert answer.status_code == 200
    assert said["pending"].startswith("Guardado, menos esto: Inicio: Escribe una fecha que exista")
    document = Draft.objects.get().document
    assert (document["title"], document["start"]) == ({"es": "Agua clara"}, before)
    # The answer's revision is what the next save is judged by; a save whose answer was lost may be sent again.
    again = client.post(BASICS, {**data, "start": "2026-02"}, **ITSELF)
    assert again.status_code == 409
    assert client.post(BASICS, data, **ITSELF).json() == said
    assert client.post(BASICS, {**data, "revision": said["revision"], "start": "2026-02"}, **ITSELF).status_code == 200
    assert Draft.objects.get().document["start"] == "2026-02"


def test_people_who_write_different_parts_do_not_disturb_each_other(cast: Cast) -> None:  # noqa: F811
    one, other = cast.valle.client("lead"), cast.valle.client("secretariat")
    story, basics, late = revision_of(one, STORY), revision_of(other, BASICS), revision_of(other, STORY)
    assert one.post(STORY, {"revision": story, "problem_es": "Fugas"}).status_code == 302
    assert other.post(BASICS, {"revision": basics, "title_es": "Agua clara"}).status_code == 302
    document = Draft.objects.get().document
    assert (document["problem"], document["title"]) == ({"es": "Fugas"}, {"es": "Agua clara"})
    # The same part is another matter: nothing is overwritten, and the form comes back beside what the other one wrote.
    answer = other.post(STORY, {"revision": late, "problem_es": "Otras fugas"})
    page = answer.content.decode()
    assert (answer.status_code, Draft.objects.get().document["problem"]) == (422, {"es": "Fugas"})
    assert "Otras fugas" in page
    assert "Lo que guardó la otra persona" in page
    newest = re.search(r'name="revision" value="([^"]+)"', page)
    assert newest
    assert other.post(STORY, {"revision": newest[1], "problem_es": "Otras fugas"}).status_code == 302
    assert Draft.objects.get().document["problem"] == {"es": "Otras fugas"}


def test_a_new_activity_that_saves_itself_is_one_activity(cast: Cast) -> None:  # noqa: F811
    client, address = cast.valle.client("lead"), f"{WORK}/compromisos/agua-1/actividades/nueva/"
    count = cast.valle.commitment.activities.count()
    data = {"revision": revision_of(client, address), "title_es": "Medir"}
    said = client.post(address, data, **ITSELF).json()
    assert client.post(address, data, **ITSELF).json() == said
    assert said["address"] == f"{WORK}/compromisos/agua-1/actividades/{count + 1}/"
    data |= {"revision": said["revision"], "title_es": "Medir cada mes"}
    assert client.post(said["address"], data, **ITSELF).status_code == 200
    assert [item["title"]["es"] for item in Draft.objects.get().document["activities"][count:]] == ["Medir cada mes"]


def test_a_discarded_draft_comes_back_as_it_was(cast: Cast) -> None:  # noqa: F811
    client = cast.valle.client("secretariat")
    client.post(STORY, {"revision": revision_of(client, STORY), "problem_es": "Fugas"})
    page = client.post(f"{WORK}/compromisos/agua-1/descartar/", follow=True).content.decode()
    draft = Draft.objects.get()
    assert (draft.discarded is not None, "Deshacer" in page, "1 borrador descartado" in page) == (True, True, True)
    assert "Fugas" not in client.get(STORY).content.decode()
    assert cast.valle.client("lead").get(f"{WORK}/descartados/").content.decode().count("Recuperar</button>") == 1
    client.post(f"{WORK}/descartados/{draft.pk}/", {"hacer": "recuperar"})
    assert "Fugas" in client.get(STORY).content.decode()


def test_what_was_never_public_goes_out_of_sight_and_after_thirty_days_for_ever(cast: Cast) -> None:  # noqa: F811
    client, account = cast.valle.client("secretariat"), cast.valle.accounts["secretariat"]
    plan = actions.start_plan(jurisdiction=cast.valle.jurisdiction, number=2, title={"es": "Otro"}, account=account)
    actions.start_commitment(plan=plan, code="luz-1", title={"es": "Luz"}, account=account)
    client.post(f"{WORK}/planes/2/descartar/")
    addresses = [f"{WORK}/planes/2/", f"{WORK}/compromisos/luz-1/"]
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    draft = Draft.objects.get(discarded__isnull=False)
    client.post(f"{WORK}/descartados/{draft.pk}/")
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    client.post(f"{WORK}/planes/2/descartar/")
    purge = dict(schedule.tasks())["commitments.discarded"]
    now = timezone.now()
    with time_machine.travel(now + dt.timedelta(days=29), tick=False):
        purge()
        assert Plan.objects.filter(number=2).exists()
    with time_machine.travel(now + dt.timedelta(days=31), tick=False):
        purge()
    assert not Plan.objects.filter(number=2).exists()
    assert not Commitment.objects.filter(code="luz-1").exists()


def test_a_draft_is_not_taken_up_over_another_one(cast: Cast) -> None:  # noqa: F811
    client = cast.valle.client("lead")
    client.post(STORY, {"revision": revision_of(client, STORY), "problem_es": "Fugas"})
    client.post(f"{WORK}/compromisos/agua-1/descartar/")
    old = Draft.objects.get()
    client.post(STORY, {"revision": revision_of(client, STORY), "problem_es": "Nuevo"})
    page = client.post(f"{WORK}/descartados/{old.pk}/", follow=True).content.decode()
    assert "Ya hay otro borrador empezado" in page
    assert cast.valle.client("seat_head").post(f"{WORK}/descartados/{old.pk}/").status_code == 404


def test_rows_are_written_in_two_languages_and_keep_what_no_input_shows(cast: Cast) -> None:  # noqa: F811
    client, account = cast.valle.client("secretariat"), cast.valle.accounts["secretariat"]
    draft = actions.plan_draft_of(plan=cast.valle.plan, account=account)
    told = [{"author": "Ana", "text": {"es": "Hola"}, "page": 3}]
    actions.save_section(draft=draft, changes={"forewords": told}, account=account, seen=0)
    page = client.get(PEOPLE).content.decode()
    assert 'value="{&quot;page&quot;: 3}"' in page
    first = {"author": "Beto", "office_es": "Alcalde", "office_en": "Mayor", "text_es": "Va", "text_en": "Here we go"}
    second = {"author": "Ana", "office_es": "Jefa", "text_es": "Hola", "text_en": "Hello", "more": '{"page": 3}'}
    data = {"revision": revision_of(client, PEOPLE), **rows("forewords", first, second, {"author": ""})}
    assert client.post(PEOPLE, data).status_code == 302
    assert Draft.objects.get().document["forewords"] == [
        {
            "author": "Beto",
            "office": {"es": "Alcalde", "en": "Mayor"},
            "text": {"es": "Va", "en": "Here we go"},
        },
        {"author": "Ana", "office": "Jefa", "text": {"es": "Hola", "en": "Hello"}, "page": 3},
    ]


@pytest.mark.parametrize(
    ("verb", "place", "expected"),
    [
        ("agregar", "goals", ["A", "B", ""]),
        ("quitar", "goals-0", ["B"]),
        ("bajar", "goals-0", ["B", "A"]),
        ("subir", "goals-1", ["B", "A"]),
    ],
)
def test_without_script_rows_are_added_moved_and_taken_out_before_anything_is_saved(
    cast: Cast,  # noqa: F811
    verb: str,
    place: str,
    expected: list[str],
) -> None:
    client = cast.valle.client("secretariat")
    data = {"revision": revision_of(client, VISION), "vision_es": "x", verb: place}
    answer = client.post(VISION, {**data, **rows("goals", {"text_es": "A"}, {"text_es": "B"})})
    page = answer.content.decode()
    boxes = re.findall(r'<textarea name="goals-\d-text_es"[^>]*>\s*([^<]*)</textarea>', page)
    assert (answer.status_code, boxes, "Hay algo que corregir" in page) == (200, expected, False)
    assert Draft.objects.count() == 0


def test_a_row_that_is_half_written_is_named(cast: Cast) -> None:  # noqa: F811
    client = cast.valle.client("secretariat")
    data = {"revision": revision_of(client, VISION), **rows("goals", {"text_es": "A"}, {"text_en": "B"})}
    answer = client.post(VISION, data)
    assert (answer.status_code, 'href="#id_goals-1-text_0"' in answer.content.decode()) == (422, True)
    said = client.post(VISION, data, **ITSELF).json()
    assert said["pending"].startswith("Guardado, menos esto: Meta 2, Texto:")


def test_the_words_of_the_lights_are_the_plans_own_where_it_has_some(cast: Cast) -> None:  # noqa: F811
    client, address = cast.valle.client("secretariat"), f"{WORK}/planes/1/parte/legend/"
    said = {"revision": revision_of(client, address), "legend_green_word_es": "Lista", "legend_green_word_en": "Done"}
    page = client.post(address, {**said, "ver": "legend"}).content.decode()
    assert (page.count("Lista</span>"), "«Verificada»" in page, Draft.objects.count()) == (1, True, 0)
    assert client.post(address, said).status_code == 302
    draft = Draft.objects.get()
    assert draft.document["legend"] == {"green": {"word": {"es": "Lista", "en": "Done"}}}
    write_plan(plan=cast.valle.plan, document=draft.document, by=BY)
    with act("plan.changed", cast.valle.plan, by=BY, why="Palabras propias"):
        pass
    assert "Done" in client.get("/en/valle-del-ejemplo/tablero/").content.decode()


def test_every_section_and_page_of_a_new_draft_opens(cast: Cast) -> None:  # noqa: F811
    client, account = cast.valle.client("secretariat"), cast.valle.accounts["secretariat"]
    plan = actions.start_plan(jurisdiction=cast.valle.jurisdiction, number=2, title={"es": "Otro"}, account=account)
    actions.start_commitment(plan=plan, code="luz-1", title={"es": "Luz"}, account=account)
    addresses = [f"{WORK}/planes/2/parte/{section.key}/" for section in PLAN_SECTIONS]
    addresses += [f"{WORK}/compromisos/luz-1/parte/{section.key}/" for section in COMMITMENT_SECTIONS]
    addresses += [f"{WORK}/compromisos/luz-1/{part}/nueva/" for part in ("actividades", "indicadores", "recursos")]
    assert {client.get(address).status_code for address in addresses} == {200}
    client.post(VISION, {"revision": revision_of(client, VISION), **rows("goals", {"text_es": "A"})})
    page = client.get(f"{WORK}/planes/1/").content.decode()
    assert page.count("Metas de mediano plazo") == 1
