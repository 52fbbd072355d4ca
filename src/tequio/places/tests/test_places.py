"""Jurisdictions and the municipalities of Mexico."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from tequio.places import municipalities
from tequio.places.actions import RESERVED_SLUGS, change_jurisdiction, create_jurisdiction
from tequio.places.models import Jurisdiction, Municipality
from tequio.record.append import Actor
from tequio.record.models import Act

pytestmark = pytest.mark.django_db
BY = Actor(role="operator")


def make(**more: object) -> Jurisdiction:
    return create_jurisdiction(**{"slug": "valle", "name": "Valle", "kind": "municipality", "by": BY, **more})


def test_opening_and_changing_a_jurisdiction_are_one_act_each() -> None:
    place = make()
    change_jurisdiction(jurisdiction=place, name="Valle Nuevo", by=BY)
    assert list(Act.objects.order_by("id").values_list("kind", "on")) == [
        ("jurisdiction.created", "valle/jurisdiction/valle"),
        ("jurisdiction.changed", "valle/jurisdiction/valle"),
    ]
    assert str(Jurisdiction.objects.get().name) == "Valle Nuevo"


@pytest.mark.parametrize("slug", [*sorted(RESERVED_SLUGS), "Valle", "valle_1", "-valle", ""])
def test_an_address_kept_for_the_installation_or_badly_written_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError):
        make(slug=slug)
    assert Act.objects.count() == 0


def test_two_jurisdictions_cannot_share_an_address() -> None:
    make()
    with pytest.raises(ValidationError, match="Ya hay un territorio"):
        make()


@pytest.mark.parametrize(("code", "fine"), [("", True), ("14", True), ("14039", True), ("1", False), ("140390", False)])
def test_the_code_of_inegi_has_two_or_five_digits(code: str, fine: bool) -> None:
    if fine:
        assert make(code=code).code == code
    else:
        with pytest.raises(ValidationError, match="clave del INEGI"):
            make(code=code)


def test_whether_a_jurisdiction_is_practice_cannot_change() -> None:
    with pytest.raises(TypeError):
        change_jurisdiction(jurisdiction=make(), is_practice=True, by=BY)


def test_the_table_of_municipalities_says_what_its_file_says() -> None:
    assert Municipality.objects.count() == len(municipalities.in_file()) == 2472
    assert Municipality.objects.filter(state_code="14").count() == 125
    assert str(Municipality.objects.get(code="14039")) == "Guadalajara, Jalisco"
    assert list(municipalities.check()) == []


def test_a_municipality_changed_added_or_lost_in_the_table_is_found_and_named() -> None:
    Municipality.objects.filter(code="14001").update(name="Acátic")
    Municipality.objects.filter(code="14002").delete()
    Municipality.objects.create(code="14999", name="Inventado", state_code="14", state_name="Jalisco")
    assert [str(fault) for fault in municipalities.check()] == [
        "municipio 14001: no dice lo mismo que el catálogo",
        "municipio 14002: falta en la base de datos",
        "municipio 14999: no está en el catálogo",
    ]


def test_loading_mends_the_table_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    Municipality.objects.filter(code="14001").update(name="Acátic")
    Municipality.objects.create(code="14999", name="Inventado", state_code="14", state_name="Jalisco")
    assert municipalities.load(Municipality) == 2
    assert municipalities.load(Municipality) == 0
    assert list(municipalities.check()) == []
