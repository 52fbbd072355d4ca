"""Names that may be one institution, and names run together."""

import pytest

from tequio.people import likeness
from tequio.people.models import Organisation


def named(*names: str) -> list[Organisation]:
    return [Organisation(pk=n, name=name, slug=str(n)) for n, name in enumerate(names, 1)]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Secretaría de la Hacienda Pública", "Secretaria de la Hacienda Publica", True),
        ("Vecinas y Agua A.C.", "Vecinas y Agua", True),
        ("Congreso del Estado de Jalisco", "H. Congreso del Estado de Jalisco", True),
        ("Secretaría de Salud", "Secretaría de Educación", False),
        ("CUCEA", "CUCEA Norte", False),
    ],
)
def test_names_are_alike_when_a_person_should_look(one: str, other: str, alike: bool) -> None:
    assert likeness.looks_like(likeness.bare(one), likeness.bare(other)) is alike


def test_possible_duplicates_are_the_other_institutions_with_alike_names() -> None:
    rows = named("Secretaría de Hacienda Pública", "Secretaria de Hacienda Publica (SHP)", "Tribunal de Justicia")
    assert likeness.possible_duplicates(rows[0], rows) == [rows[1]]
    assert likeness.possible_duplicates(rows[2], rows) == []
    assert likeness.to_look_at(rows) == {1: [rows[1]], 2: [rows[0]]}


def test_two_names_run_together_are_recognised_by_the_names_inside() -> None:
    rows = named(
        "Secretaría de Salud", "Secretaría de Educación", "Secretaría de Salud Secretaría de Educación", "Salud"
    )
    assert likeness.run_together(rows[2], rows) == [rows[0], rows[1]]
    assert likeness.run_together(rows[0], rows) == []
