"""What is done with institutions and roles, and what stands in the record of it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tequio.commitments.models import Activity, Commitment
from tequio.people import actions
from tequio.people.models import Organisation, Person, Role
from tequio.plans.models import PlanInstitution
from tequio.record.append import Actor
from tequio.record.models import Act, Disclosure
from tests.cast import Cast

BY = Actor(organisation="secretariado", role="secretariat")
DAY = dt.date(2026, 3, 16)


def kinds(on: str) -> list[str]:
    return list(Act.objects.filter(on=on).order_by("id").values_list("kind", flat=True))


def test_a_name_that_changes_stays_as_another_way_of_naming_it(people: Cast) -> None:
    agua = people.valle.organisations["agua"]
    actions.change_organisation(organisation=agua, name="Organismo de Agua del Valle", why="Nuevo reglamento", by=BY)
    agua.refresh_from_db()
    assert (agua.name, agua.aliases) == ("Organismo de Agua del Valle", [{"words": "Organismo de Agua", "source": ""}])
    assert kinds("valle-del-ejemplo/organisation/agua") == ["organisation.created", "organisation.changed"]


def test_an_institution_changed_by_somebody_else_meanwhile_is_not_overwritten(people: Cast) -> None:
    agua = people.valle.organisations["agua"]
    with pytest.raises(ValidationError, match="Alguien cambió esto"):
        actions.change_organisation(organisation=agua, acronym="OA", seen=agua.rev - 1, by=BY)


def test_two_institutions_with_one_address_are_refused(people: Cast) -> None:
    with pytest.raises(ValidationError, match="Ya hay una institución"):
        actions.create_organisation(jurisdiction=people.valle.jurisdiction, name="Agua", by=BY)


def test_the_same_name_in_another_jurisdiction_is_another_institution(people: Cast) -> None:
    one, other = people.valle.organisations["agua"], people.otro.organisations["agua"]
    assert (one.pk != other.pk, one.slug) == (True, other.slug)


def test_merging_points_everything_to_the_name_that_stays_with_an_act_for_each_row(cast: Cast) -> None:
    valle = cast.valle
    gone = valle.organisations["agua"]
    kept = actions.create_organisation(jurisdiction=valle.jurisdiction, name="Organismo Municipal de Agua", by=BY)
    before = Act.objects.count()
    actions.merge_organisations(kept=kept, gone=gone, why="Son la misma", by=BY)
    assert Commitment.objects.get(pk=valle.commitment.pk).lead == kept
    role = Role.objects.select_related("office").get(pk=valle.roles["lead"].pk)
    assert (role.organisation, role.office.organisation, role.office.slug) == (kept, kept, "enlace-operativo")
    assert not PlanInstitution.objects.filter(organisation=gone).exists()
    assert not Activity.objects.filter(lead=gone).exists()
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert kept.aliases == [{"words": "Organismo de Agua", "source": ""}]
    assert (gone.replaced_by, gone.dissolved) == (kept, False)
    merged = Act.objects.filter(pk__gt=0, kind="organisation.merged").values_list("on", flat=True)
    assert set(merged) >= {
        "valle-del-ejemplo/organisation/agua",
        "valle-del-ejemplo/organisation/organismo-municipal-de-agua",
        "valle-del-ejemplo/commitment/agua-1",
        f"valle-del-ejemplo/role/{role.number}",
    }
    assert len(merged) == len(set(merged))
    assert Act.objects.count() - before == len(merged) + 1  # and the office that the kept one got
    assert Act.objects.filter(jurisdiction="otro-lugar", kind="organisation.merged").count() == 0


def test_before_merging_a_person_sees_what_will_change(cast: Cast) -> None:
    preview = actions.merge_preview(gone=cast.valle.organisations["agua"])
    counts = {label: count for label, count, _shown in preview}
    assert sum(counts.values()) >= 2
    assert (
        actions.merge_preview(
            gone=actions.create_organisation(jurisdiction=cast.valle.jurisdiction, name="Nadie la usa", by=BY)
        )
        == []
    )


def test_institutions_of_two_jurisdictions_are_never_merged(people: Cast) -> None:
    with pytest.raises(ValidationError, match="mismo territorio"):
        actions.merge_organisations(
            kept=people.otro.organisations["agua"], gone=people.valle.organisations["agua"], by=BY
        )


def test_a_name_merged_once_is_not_merged_again(people: Cast) -> None:
    agua, tribunal, vecinas = (people.valle.organisations[key] for key in ("agua", "tribunal", "vecinas"))
    actions.merge_organisations(kept=agua, gone=tribunal, by=BY)
    with pytest.raises(ValidationError, match="ya se unió"):
        actions.merge_organisations(kept=vecinas, gone=tribunal, by=BY)


def test_a_dissolved_institution_stays_and_names_its_successor(people: Cast) -> None:
    agua, vecinas = people.valle.organisations["agua"], people.valle.organisations["vecinas"]
    actions.dissolve_organisation(organisation=agua, on=DAY, successor=vecinas, basis="Decreto 5", by=BY)
    stored = Organisation.objects.get(pk=agua.pk)
    assert (stored.dissolved, stored.dissolved_on, stored.replaced_by) == (True, DAY, vecinas)
    with pytest.raises(ValidationError, match="Ya consta"):
        actions.dissolve_organisation(organisation=stored, on=DAY, by=BY)


def test_nobody_succeeds_itself_not_even_through_another(people: Cast) -> None:
    agua, vecinas = people.valle.organisations["agua"], people.valle.organisations["vecinas"]
    with pytest.raises(ValidationError, match="sucederse a sí misma"):
        actions.dissolve_organisation(organisation=agua, on=None, successor=agua, by=BY)
    actions.dissolve_organisation(organisation=agua, on=None, successor=vecinas, by=BY)
    with pytest.raises(ValidationError, match="sucederse a sí misma"):
        actions.dissolve_organisation(organisation=vecinas, on=None, successor=agua, by=BY)


def test_an_institution_can_have_several_delegates(people: Cast) -> None:
    agua, place = people.valle.organisations["agua"], people.valle.jurisdiction
    for name in ("Rosa", "Raúl"):
        person = actions.invite(jurisdiction=place, name=name, email=f"{name.lower()}@ejemplo.invalid")
        actions.grant_role(jurisdiction=place, kind="seat_liaison", person=person, organisation=agua, since=DAY, by=BY)
    assert Role.objects.filter(organisation=agua, kind="seat_liaison").count() == 2


def test_a_seat_has_one_head_at_a_time(people: Cast) -> None:
    tribunal, place = people.valle.organisations["tribunal"], people.valle.jurisdiction
    with pytest.raises(ValidationError, match="ya tiene titular"):
        actions.grant_role(jurisdiction=place, kind="seat_head", organisation=tribunal, since=DAY, by=BY)
    actions.end_role(role=people.valle.roles["seat_head"], until=DAY - dt.timedelta(days=1), by=BY)
    actions.grant_role(jurisdiction=place, kind="seat_head", organisation=tribunal, since=DAY, by=BY)


@pytest.mark.parametrize(("held", "wanted"), [("committee", "lead"), ("lead", "committee"), ("poc", "monitor")])
def test_whoever_verifies_is_no_part_of_whoever_is_verified(people: Cast, held: str, wanted: str) -> None:
    person = people.valle.roles[held].person
    with pytest.raises(ValidationError, match="Quien verifica"):
        actions.grant_role(jurisdiction=people.valle.jurisdiction, kind=wanted, person=person, since=DAY, by=BY)


def test_a_former_lead_may_join_the_committee_later(people: Cast) -> None:
    role = actions.end_role(role=people.valle.roles["lead"], until=DAY, by=BY)
    actions.grant_role(
        jurisdiction=people.valle.jurisdiction,
        kind="committee",
        person=role.person,
        since=DAY + dt.timedelta(days=1),
        by=BY,
    )


def test_a_role_is_never_granted_across_jurisdictions(people: Cast) -> None:
    with pytest.raises(ValidationError, match="otro territorio"):
        actions.grant_role(
            jurisdiction=people.valle.jurisdiction, kind="participant", person=people.otro.roles["public"].person, by=BY
        )


def test_an_office_belongs_to_the_institution_acted_for(people: Cast) -> None:
    office = people.valle.roles["lead"].office
    with pytest.raises(ValidationError, match="otra institución"):
        actions.grant_role(
            jurisdiction=people.valle.jurisdiction,
            kind="support",
            organisation=people.valle.organisations["vecinas"],
            office=office,
            by=BY,
        )


def test_replacing_ends_one_term_the_day_before_the_next_begins(people: Cast) -> None:
    role = people.valle.roles["lead"]
    person = actions.invite(jurisdiction=people.valle.jurisdiction, name="Berta", email="berta@ejemplo.invalid")
    following = actions.replace_holder(role=role, person=person, since=DAY, named=True, basis="Oficio 9", by=BY)
    role.refresh_from_db()
    assert (role.until, following.since, following.office) == (dt.date(2026, 3, 15), DAY, role.office)
    assert [role.is_held_on(day) for day in (dt.date(2026, 3, 15), DAY)] == [True, False]


def test_replacing_with_nobody_leaves_a_public_vacancy(people: Cast) -> None:
    vacant = actions.replace_holder(role=people.valle.roles["lead"], person=None, since=DAY, by=BY)
    assert (vacant.is_vacant, vacant.public_state()["vacant"], vacant.is_held_on(DAY)) == (True, True, False)


def test_a_role_whose_holder_no_source_names_is_not_called_vacant(people: Cast) -> None:
    silent = actions.grant_role(
        jurisdiction=people.valle.jurisdiction, kind="support", organisation=people.valle.organisations["ogp"], by=BY
    )
    assert (silent.is_vacant, silent.public_state()["vacant"]) == (False, False)


def test_a_role_does_not_end_before_it_begins_nor_twice(people: Cast) -> None:
    role = people.valle.roles["support"]
    with pytest.raises(ValidationError, match="antes de empezar"):
        actions.end_role(role=role, until=dt.date(2025, 12, 31), by=BY)
    actions.end_role(role=role, until=DAY, by=BY)
    with pytest.raises(ValidationError, match="ya terminó"):
        actions.end_role(role=role, until=DAY, by=BY)


def test_a_corrected_name_is_told_by_each_role_that_shows_it_and_the_old_one_stays_erasable(people: Cast) -> None:
    role = people.valle.roles["lead"]
    assert role.person is not None
    actions.rename_person(person=role.person, name="Heriberto", by=BY)
    assert kinds(role.subject_key()) == ["role.granted", "role.changed"]
    values = Disclosure.objects.filter(on=role.subject_key()).order_by("rev").values_list("value", flat=True)
    assert list(values) == ["Beto (Valle del Ejemplo)", "Heriberto"]


def test_a_name_not_made_public_never_enters_the_record(people: Cast) -> None:
    place = people.valle.jurisdiction
    person = actions.invite(jurisdiction=place, name="Nombre Reservado", email="reservada@ejemplo.invalid")
    actions.grant_role(jurisdiction=place, kind="participant", person=person, since=DAY, by=BY)
    assert Disclosure.objects.filter(value__contains="Beto").exists()  # a public one is there
    assert not Disclosure.objects.filter(value__contains="Reservado").exists()
    entries = b"".join(bytes(entry) for entry in Act.objects.values_list("entry", flat=True))
    assert b"Reservado" not in entries
    assert b"@ejemplo.invalid" not in entries


def test_inviting_twice_finds_the_same_person_and_makes_no_act(people: Cast) -> None:
    before = Act.objects.count()
    first = actions.invite(jurisdiction=people.valle.jurisdiction, name="Rosa", email="Rosa@Ejemplo.invalid ")
    again = actions.invite(jurisdiction=people.valle.jurisdiction, name="Otra", email="rosa@ejemplo.invalid")
    assert (first.pk, Act.objects.count()) == (again.pk, before)
    elsewhere = actions.invite(jurisdiction=people.otro.jurisdiction, name="Rosa", email="rosa@ejemplo.invalid")
    assert (elsewhere.pk != first.pk, elsewhere.account) == (True, first.account)
    assert Person.objects.filter(account=first.account).count() == 2
