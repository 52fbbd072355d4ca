"""Pages about institutions and roles: what everybody reads, and the secretariat's work."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tequio.people import actions
from tequio.people.models import Organisation, Role
from tequio.record.models import Act
from tests.cast import BY, Cast, signed_in

J = "/valle-del-ejemplo"
WORK = f"{J}/gestion"


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_an_institution_shows_who_acts_for_it_and_in_which_words_sources_name_it(people: Cast, client: Client) -> None:
    agua = people.valle.organisations["agua"]
    actions.change_organisation(organisation=agua, name="Organismo de Agua del Valle", by=BY)
    page = text_of(client, f"{J}/instituciones/agua/")
    assert "Beto (Valle del Ejemplo)" in page
    assert "«Organismo de Agua»" in page


def test_a_name_that_is_not_public_stays_out_of_every_public_page(people: Cast, client: Client) -> None:
    place = people.valle.jurisdiction
    person = actions.invite(jurisdiction=place, name="Reserva Total", email="reserva@ejemplo.invalid")
    actions.grant_role(
        jurisdiction=place,
        kind="seat_liaison",
        person=person,
        organisation=people.valle.organisations["vecinas"],
        since=dt.date(2026, 1, 1),
        by=BY,
    )
    pages = [text_of(client, f"{J}/instituciones/vecinas/"), text_of(client, f"{J}/secretariado/")]
    assert ["Prefiere no publicar su nombre" in page for page in pages] == [True, True]
    assert ["Reserva" in page for page in pages] == [False, False]
    assert "Reserva Total" in text_of(people.valle.client("secretariat"), f"{WORK}/personas/")


def test_a_vacancy_and_a_silent_source_are_told_apart(people: Cast, client: Client) -> None:
    actions.replace_holder(role=people.valle.roles["lead"], person=None, since=dt.date(2026, 3, 16), by=BY)
    actions.create_office(organisation=people.valle.organisations["tribunal"], name="Presidencia", kind="head", by=BY)
    assert '<span class="tag">vacante</span>' in text_of(client, f"{J}/instituciones/agua/")
    tribunal = text_of(client, f"{J}/instituciones/tribunal/")
    assert "La fuente no nombra a la persona" in tribunal
    assert "vacante" not in tribunal


def test_a_dissolved_institution_keeps_its_page_and_names_its_successor(people: Cast, client: Client) -> None:
    agua, vecinas = people.valle.organisations["agua"], people.valle.organisations["vecinas"]
    actions.dissolve_organisation(organisation=agua, on=dt.date(2026, 3, 1), successor=vecinas, basis="Ley", by=BY)
    page = text_of(client, f"{J}/instituciones/agua/")
    assert "Esta institución se extinguió." in page
    assert "/valle-del-ejemplo/instituciones/vecinas/" in page
    assert "Sucede a:" in text_of(client, f"{J}/instituciones/vecinas/")


def test_the_address_of_a_merged_name_leads_to_the_one_that_stays(people: Cast, client: Client) -> None:
    actions.merge_organisations(
        kept=people.valle.organisations["tribunal"], gone=people.valle.organisations["vecinas"], by=BY
    )
    response = client.get(f"{J}/instituciones/vecinas/")
    assert (response.status_code, response["Location"]) == (302, f"{J}/instituciones/tribunal/")


def test_pages_of_one_jurisdiction_show_nobody_of_another(people: Cast, client: Client) -> None:
    assert "(Otro Lugar)" in text_of(client, "/otro-lugar/secretariado/")
    sofia = people.valle.client("secretariat")
    for browser, path in (
        (client, f"{J}/secretariado/"),
        (client, f"{J}/instituciones/agua/"),
        (sofia, f"{WORK}/personas/"),
        (sofia, f"{WORK}/personas/nuevo/"),
    ):
        assert "Otro Lugar" not in text_of(browser, path)


def test_the_secretariat_of_one_place_cannot_open_an_institution_or_role_of_another(people: Cast) -> None:
    only_there = actions.create_organisation(jurisdiction=people.otro.jurisdiction, name="Solo allá", by=BY)
    sofia = people.valle.client("secretariat")
    assert sofia.get(f"{WORK}/instituciones/{only_there.slug}/").status_code == 404
    assert sofia.get(f"/otro-lugar/gestion/instituciones/{only_there.slug}/").status_code == 403
    response = sofia.post(f"{WORK}/instituciones/agua/unir/", {"kept": only_there.slug, "why": "x"})
    assert response.status_code == 422


@pytest.mark.parametrize(
    "path", [f"{J}/instituciones/", f"{J}/secretariado/", f"{WORK}/instituciones/", f"{WORK}/personas/"]
)
def test_a_list_costs_the_same_queries_with_few_and_with_many_rows(people: Cast, path: str, settings: Any) -> None:
    settings.PAGE_CACHE = False
    client = people.valle.client("secretariat")
    client.get(path)  # the menu's count of what waits is kept for a minute
    before = queries_of(client, path)
    place = people.valle.jurisdiction
    for n in range(3):
        more = actions.create_organisation(jurisdiction=place, name=f"Otra institución {n}", sector="cso", by=BY)
        person = actions.invite(jurisdiction=place, name=f"Persona {n}", email=f"p{n}@ejemplo.invalid")
        actions.grant_role(
            jurisdiction=place, kind="seat_liaison", person=person, organisation=more, since=dt.date(2026, 1, 1), by=BY
        )
    assert queries_of(client, path) == before


def test_the_secretariat_registers_changes_and_searches_institutions(people: Cast) -> None:
    sofia = people.valle.client("secretariat")
    response = sofia.post(f"{WORK}/instituciones-nueva/", {"name": "Contraloría Ciudadana", "sector": "citizen"})
    made = Organisation.objects.get(slug="contraloria-ciudadana")
    assert response["Location"] == f"{WORK}/instituciones/contraloria-ciudadana/"
    facts = {"name": made.name, "acronym": "CC", "sector": "citizen", "why": "Faltaban sus siglas", "rev": made.rev}
    assert sofia.post(f"{WORK}/instituciones/{made.slug}/", facts).status_code == 302
    assert "Contraloría Ciudadana" in text_of(sofia, f"{WORK}/instituciones/?q=CONTRALORIA")
    assert "Contraloría Ciudadana" not in text_of(sofia, f"{WORK}/instituciones/?q=tribunal")
    entries = [bytes(act.entry) for act in Act.objects.filter(on__endswith="/contraloria-ciudadana").order_by("id")]
    assert [b'"org":"secretariado"' in entry for entry in entries] == [True, True]
    assert b"Faltaban sus siglas" in entries[1]


def test_wrong_input_comes_back_filled_in_with_what_to_do(people: Cast) -> None:
    sofia = people.valle.client("secretariat")
    response = sofia.post(f"{WORK}/instituciones-nueva/", {"name": "", "acronym": "CC"})
    page = response.content.decode()
    assert (response.status_code, 'value="CC"' in page, "Hay algo que corregir" in page) == (422, True, True)
    response = sofia.post(f"{WORK}/instituciones-nueva/", {"name": "Agua"})
    assert (response.status_code, "Ya hay una institución con ese nombre." in response.content.decode()) == (422, True)


def test_an_old_form_does_not_overwrite_a_newer_change(people: Cast) -> None:
    agua = people.valle.organisations["agua"]
    actions.change_organisation(organisation=agua, acronym="NUEVO", by=BY)
    sofia = people.valle.client("secretariat")
    response = sofia.post(f"{WORK}/instituciones/agua/", {"name": "Organismo de Agua", "rev": agua.rev - 1})
    agua.refresh_from_db()
    assert (response.status_code, agua.acronym) == (422, "NUEVO")


def test_merging_shows_what_will_change_before_it_does(cast: Cast) -> None:
    sofia = cast.valle.client("secretariat")
    wanted = {"kept": "tribunal", "why": "Es la misma"}
    page = sofia.post(f"{WORK}/instituciones/agua/unir/", wanted)
    assert (page.status_code, "Esto va a cambiar" in page.content.decode()) == (200, True)
    assert "Agua que se puede revisar" in page.content.decode()
    assert Organisation.objects.get(pk=cast.valle.organisations["agua"].pk).replaced_by is None
    response = sofia.post(f"{WORK}/instituciones/agua/unir/", {**wanted, "confirm": "1"})
    assert response["Location"] == f"{J}/instituciones/tribunal/"
    assert Organisation.objects.get(pk=cast.valle.organisations["agua"].pk).replaced_by_id is not None


def test_alike_names_are_offered_for_merging(people: Cast) -> None:
    actions.create_organisation(jurisdiction=people.valle.jurisdiction, name="Organismo del Agua", by=BY)
    sofia = people.valle.client("secretariat")
    page = text_of(sofia, f"{WORK}/instituciones/?ver=parecidas")
    assert f"{WORK}/instituciones/agua/unir/?con=organismo-del-agua" in page
    assert "Tribunal de Justicia" not in page
    assert "Organismo del Agua" in text_of(sofia, f"{WORK}/instituciones/agua/")


def test_dissolving_and_adding_a_post_work_from_the_pages(people: Cast) -> None:
    sofia = people.valle.client("secretariat")
    data = {"name_0": "Presidencia", "name_1": "Presidency", "kind": "head"}
    if sofia.post(f"{WORK}/instituciones/agua/cargo/", data).status_code == 422:
        data = {"name_es": "Presidencia", "name_en": "Presidency", "kind": "head"}
        assert sofia.post(f"{WORK}/instituciones/agua/cargo/", data).status_code == 302
    assert people.valle.organisations["agua"].offices.filter(slug="presidencia").count() == 1
    data = {"on": "2026-03-01", "successor": "vecinas", "basis": "Decreto 5"}
    assert sofia.post(f"{WORK}/instituciones/agua/extinguir/", data).status_code == 302
    assert Organisation.objects.get(pk=people.valle.organisations["agua"].pk).dissolved


def test_granting_a_role_invites_the_person_who_then_can_act(people: Cast) -> None:
    sofia = people.valle.client("secretariat")
    data = {
        "kind": "seat_liaison",
        "organisation": "agua",
        "name": "Rosa Nueva",
        "email": "rosa@ejemplo.invalid",
        "since": "2026-03-16",
        "basis": "Oficio 12",
    }
    response = sofia.post(f"{WORK}/personas/nuevo/", data)
    assert response.status_code == 302
    role = Role.objects.select_related("person__account").get(person__name="Rosa Nueva")
    assert [message.to for message in mail.outbox] == [["rosa@ejemplo.invalid"]]
    assert "/cuentas/login/" in mail.outbox[0].body
    assert role.person is not None
    rosa = signed_in(role.person.account)
    assert "Enlace operativo" in text_of(rosa, f"{J}/gestion/")


def test_a_vacancy_is_published_by_leaving_the_person_empty(people: Cast) -> None:
    sofia = people.valle.client("secretariat")
    data = {"kind": "seat_head", "organisation": "vecinas", "since": "2026-03-16", "basis": "Oficio 13"}
    assert sofia.post(f"{WORK}/personas/nuevo/", data).status_code == 302
    assert Role.objects.get(kind="seat_head", organisation__slug="vecinas").is_vacant
    assert mail.outbox == []


def test_a_person_needs_name_and_address(people: Cast) -> None:
    sofia = people.valle.client("secretariat")
    data = {"kind": "support", "since": "2026-03-16", "basis": "x"}
    for half in ({"name": "Sin Correo"}, {"email": "sin@nombre.invalid"}, {"named": "on"}):
        assert sofia.post(f"{WORK}/personas/nuevo/", data | half).status_code == 422
    assert mail.outbox == []


def test_nobody_can_grant_the_roles_of_the_installation_or_of_the_public(people: Cast) -> None:
    sofia = people.valle.client("secretariat")
    for kind in ("public", "system", "operator"):
        data = {"kind": kind, "since": "2026-03-16", "basis": "x"}
        assert sofia.post(f"{WORK}/personas/nuevo/", data).status_code == 422


def test_a_role_is_handed_over_ended_and_a_name_corrected_from_the_pages(people: Cast) -> None:
    sofia, lead = people.valle.client("secretariat"), people.valle.roles["lead"]
    url = f"{WORK}/personas/{lead.number}"
    assert sofia.post(f"{url}/nombre/", {"name": "Heriberto"}).status_code == 302
    data = {"name": "Berta", "email": "berta@ejemplo.invalid", "since": "2026-03-16", "basis": "Oficio 14"}
    assert sofia.post(f"{url}/relevar/", data).status_code == 302
    following = Role.objects.get(person__name="Berta")
    assert (following.kind, following.organisation_id) == ("lead", lead.organisation_id)
    data = {"until": "2026-03-20", "basis": "Renuncia", "rev": following.rev}
    assert sofia.post(f"{WORK}/personas/{following.number}/terminar/", data).status_code == 302
    assert "Heriberto" in text_of(sofia, f"{WORK}/personas/?ver=anteriores")


def test_a_role_is_kept_even_when_the_mail_cannot_leave(people: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    sofia = people.valle.client("secretariat")
    data = {"kind": "support", "name": "Rosa", "email": "r@ejemplo.invalid", "since": "2026-03-16", "basis": "x"}
    response = sofia.post(f"{WORK}/personas/nuevo/", data, follow=True)
    assert "el correo no salió" in response.content.decode()
    assert Role.objects.filter(person__name="Rosa").count() == 1


def test_a_person_with_two_roles_acts_in_the_one_they_choose(people: Cast) -> None:
    place, person = people.valle.jurisdiction, people.valle.roles["support"].person
    second = actions.grant_role(jurisdiction=place, kind="secretariat", person=person, since=dt.date(2026, 1, 1), by=BY)
    ana = people.valle.client("support")
    assert ana.get(f"{WORK}/personas/").status_code == 403  # she acts in the first
    assert ana.post(f"{WORK}/actuar/", {"role": second.number}).status_code == 302
    assert ana.get(f"{WORK}/personas/").status_code == 200
    assert ana.post(f"{WORK}/actuar/", {"role": people.valle.roles["lead"].number}).status_code == 422  # not hers
    assert ana.get("/otro-lugar/gestion/personas/").status_code == 403


def test_an_ended_role_can_no_longer_be_acted_in(people: Cast) -> None:
    sofia = people.valle.client("secretariat")
    assert sofia.get(f"{WORK}/personas/").status_code == 200
    actions.end_role(role=people.valle.roles["secretariat"], until=dt.date(2026, 3, 15), by=BY)
    assert sofia.get(f"{WORK}/personas/").status_code == 403


def test_the_operator_opens_a_jurisdiction_and_gives_it_its_first_secretariat(people: Cast) -> None:
    oscar = signed_in(people.operator)
    data = {"slug": "nuevo", "kind": "state", "code": "14", "person": "Sara", "email": "sara@ejemplo.invalid"}
    names = {"name_0": "Nuevo", "name_es": "Nuevo"}
    assert oscar.post("/mi/territorio-nuevo/", data | names).status_code == 302
    role = Role.objects.get(jurisdiction__slug="nuevo")
    assert (role.kind, role.person and role.person.name) == ("secretariat", "Sara")
    assert b'"role":"operator"' in bytes(Act.objects.get(on="nuevo/jurisdiction/nuevo").entry)
    assert oscar.post("/mi/territorio-nuevo/", data | names).status_code == 422  # taken
    assert oscar.get("/nuevo/gestion/personas/").status_code == 403


def test_the_desk_says_what_to_do_to_whoever_has_no_role(people: Cast) -> None:
    page = text_of(signed_in(people.without_role), f"{J}/gestion/")
    assert "Los otorga su Secretariado Técnico" in page


def test_public_pages_read_in_english_too(people: Cast, client: Client) -> None:
    for path in ("instituciones/", "instituciones/agua/", "secretariado/"):
        assert '<html lang="en">' in text_of(client, f"/en{J}/{path}")
