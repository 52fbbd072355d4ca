"""The plan document: what check refuses, and that what it lets through loads, comes back and loads again."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tequio.commitments.document import check, normalise
from tequio.commitments.document.dump import dump
from tequio.commitments.document.load import FaultsFound, comparable, load, say_absent
from tequio.commitments.models import Activity, Commitment
from tequio.commitments.tests import make
from tequio.people.actions import create_office, grant_role
from tequio.people.models import Organisation
from tequio.places.actions import create_jurisdiction
from tequio.record.append import act

pytestmark = pytest.mark.django_db


def words(document: Any) -> list[str]:
    return [str(fault) for fault in check(document)]


def bare(**more: Any) -> dict[str, Any]:
    """The smallest plan with one commitment of one activity; what is given goes into the commitment."""
    inside = {"code": "agua-1", "title": "Agua", "activities": [{"title": "Medir"}], **more}
    return {"number": 1, "title": "Plan", "start": "2026", "end": "2027", "commitments": [inside]}


# --- what check says ---------------------------------------------------------------------------------------------


def test_a_full_plan_has_no_faults() -> None:
    assert words(make.plan(2)) == []


@pytest.mark.parametrize("document", [None, 7, "plan", [], True])
def test_what_is_no_object_is_one_fault(document: Any) -> None:
    assert len(check(document)) == 1


def test_all_faults_are_told_at_once_each_with_its_place() -> None:
    document = bare(start="2026-13", titel="Agua", activities=[{"title": "Medir", "due": "2030"}, {}])
    assert words(document) == [
        "Compromiso agua-1 › Inicio: «2026-13» no es una fecha que exista. Escríbela como 2024-09-30, o 2024-09, o 2024.",
        "Compromiso agua-1 › titel: No conocemos el campo «titel». ¿Querías decir «title»?",
        "Compromiso agua-1 › Actividad 2 › Título: Falta el título de la actividad.",
    ]


@pytest.mark.parametrize(
    ("weights", "fault"),
    [
        (["50", "50"], []),
        (["33.33", "33.33", "33.34"], []),
        ([None, None], []),
        (["50", "40"], ["Los pesos suman 90; deben sumar 100."]),
        ([50, 60.5], ["Los pesos suman 110.5; deben sumar 100."]),
        (["100", None], ["Unas actividades tienen peso y otras no. Pon peso a todas o a ninguna."]),
    ],
)
def test_weights_are_for_all_activities_or_none_and_add_up_to_100(weights: list[Any], fault: list[str]) -> None:
    activities = [{"title": f"A{n}"} | ({} if w is None else {"weight": w}) for n, w in enumerate(weights)]
    assert [f.words for f in check(bare(activities=activities))] == fault


@pytest.mark.parametrize(
    ("dates", "known"),
    [
        ({"start": "2026-09", "end": "2026-05"}, [True]),
        ({"start": "2026-09", "end": "2026"}, []),  # the year may mean a later day
        ({"start": "2025-12-31"}, [True]),
        ({"end": "2028-01"}, [True]),
        ({"start": "2026-02-30"}, [False]),
        ({"start": 2026}, [False]),
    ],
)
def test_contradictory_dates_are_known_faults_and_impossible_ones_are_not(dates: Any, known: list[bool]) -> None:
    assert [fault.known for fault in check(bare(**dates))] == known


@pytest.mark.parametrize(
    ("weight", "count"), [("1e999999", 1), ("NaN", 1), ("0.001", 1), ("12345", 1), ("1,000", 1), ("100", 0)]
)
def test_a_number_that_no_column_holds_is_a_fault(weight: str, count: int) -> None:
    assert (
        len([f for f in check(bare(activities=[{"title": "A", "weight": weight}])) if "suman" not in f.words]) == count
    )


def test_two_commitments_cannot_have_the_same_code() -> None:
    document = bare()
    document["commitments"] *= 2
    assert [fault.place for fault in check(document)] == ["/commitments/1/code"]


def test_a_manual_whose_rules_cannot_be_counted_is_refused() -> None:
    document = make.plan(manual={"rules": [{"minimum": "dos", "accepted": ["fax"], "deadline": {"days": "diez"}}]})
    assert [fault.place for fault in check(document)] == [
        "/manual/rules/0/minimum",
        "/manual/rules/0/accepted/0",
        "/manual/rules/0",
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in items for place in _places(item, (*path, key)))]


FULL = make.plan()
PLACES = _places(FULL)[1:]


def _with(place: tuple[Any, ...], value: Any) -> dict[str, Any]:
    document = copy.deepcopy(FULL)
    holder: Any = document
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = value
    return document


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from(PLACES), value=JSON)
def test_whatever_stands_in_a_field_check_answers_and_normalising_twice_is_normalising_once(
    place: tuple[Any, ...], value: Any
) -> None:
    document = _with(place, value)
    check(document)
    once = normalise(document)
    assert normalise(once) == once


# --- load and dump -------------------------------------------------------------------------------------------------


def test_a_loaded_plan_comes_back_as_it_went_in_and_loads_in_another_place() -> None:
    document = make.plan(2)
    first = make.made(document)
    back = json.loads(json.dumps(dump(first)))
    assert comparable(back) == comparable(document)
    second = make.made(back, "otro")
    assert comparable(dump(second)) == comparable(document)


def test_roles_travel_by_their_words_and_a_post_that_is_new_there_has_no_holder_yet() -> None:
    first = make.made(make.plan())
    office = create_office(organisation=first.commitments.get().lead, name="Jefatura de Redes", kind="head", by=make.BY)
    role = grant_role(
        jurisdiction=first.jurisdiction, kind="seat_head", organisation=office.organisation, office=office, by=make.BY
    )
    commitment = first.commitments.get()
    with transaction.atomic(), act("commitment.changed", commitment, by=make.BY):
        commitment.head = role
    document = json.loads(json.dumps(dump(first)))
    lead = commitment.lead.name
    said = {"kind": "seat_head", "organisation": lead, "office": "Jefatura de Redes", "office_kind": "head"}
    assert document["commitments"][0]["head"] == said
    document["commitments"][0]["head_role"] = 77  # some other number of another installation
    second = make.made(document, "otro")
    head = second.commitments.get().head
    assert (head.kind, head.organisation.name, str(head.office), head.person) == (
        "seat_head",
        lead,
        "Jefatura de Redes",
        None,
    )
    assert load(document, jurisdiction=second.jurisdiction, by=make.BY).unchanged
    wrong = make.plan()
    wrong["commitments"][0]["head"] = {"kind": "rey", "office": 3}
    assert len(check(wrong)) == 2


def test_files_that_did_not_come_along_are_told() -> None:
    document = make.plan()
    document["commitments"][0]["evidence"][0]["sha256"] = "ab" * 32
    place = create_jurisdiction(slug="sin", name="Sin", kind="state", by=make.BY)
    report = load(document, jurisdiction=place, by=make.BY)
    assert say_absent(report.absent_files) == (
        "El plan nombra 1 archivo que no está aquí; se cargó sin él: abababababab"
    )


def test_the_same_plan_twice_changes_nothing_and_another_with_its_number_is_refused() -> None:
    plan = make.made(make.plan())
    report = load(make.plan(), jurisdiction=plan.jurisdiction, by=make.BY)
    assert (report.unchanged, report.plan) == (True, plan)
    with pytest.raises(FaultsFound):
        load(make.plan(title="Otro plan"), jurisdiction=plan.jurisdiction, by=make.BY)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"]), min_size=1, max_size=60),
    english=st.text("abc'\"<>&=+-@ñé\n", max_size=40),
    start=st.sampled_from(["2026", "2026-02", "2026-02-03", ""]),
    weights=st.sampled_from([[], ["100"], ["33.3", "66.7"], ["0.5", "99.50"]]),
    spent=st.decimals(0, 10**12, places=2).map(str),
)
def test_what_check_lets_through_loads_and_comes_back(
    title: str, english: str, start: str, weights: list[str], spent: str
) -> None:
    activities = [{"title": {"es": f"A {n}", "en": english}, "weight": weight} for n, weight in enumerate(weights)]
    document = bare(title={"es": title, "en": english}, start=start, activities=activities, money=[{"spent": spent}])
    if check(document):
        return  # a title of blanks alone
    with transaction.atomic():
        plan = make.made(document)
        assert comparable(dump(plan)) == comparable(document)
        transaction.set_rollback(True)


def test_a_contradiction_of_the_source_is_refused_or_loaded_as_it_is_with_a_flag() -> None:
    document = bare(start="2026-09", end="2026-05")
    with pytest.raises(FaultsFound):
        make.made(document)
    assert Commitment.objects.count() == 0
    report = load(document, jurisdiction=make.place("dos"), by=make.BY, accept_known_faults=True)
    row = Commitment.objects.get()
    assert (str(row.start), str(row.end)) == ("2026-09", "2026-05")
    assert [flag["es"] for flag in row.flags] == [
        "Compromiso agua-1 › Término: Termina (2026-05) antes de empezar (2026-09)."
    ]
    assert [fault.known for fault in report.flagged] == [True]


def test_a_garbled_name_is_kept_as_the_source_wrote_it() -> None:
    garbled = "Mexicanos Primero Jalisco A.C. el Bien A.C."
    make.made(bare(supporting=[{"name": garbled, "sector": "cso"}]))
    assert [o.name for o in Organisation.objects.all()] == [garbled]


def test_one_institution_in_other_words_is_one_and_its_words_are_kept() -> None:
    names = ["Instituto del Agua (IDA)", "Instituto del Agua A.C.", "INSTITUTO DEL AGUA"]
    plan = make.made({**bare(), "organisations": names, "institutions": [names[1]]})
    row = Organisation.objects.get()
    assert (row.name, row.acronym) == (names[0], "IDA")
    assert [alias["words"] for alias in row.aliases] == names[1:]
    assert plan.institution_links.get().words == names[1]


def test_institutions_with_nearly_the_same_name_are_offered_for_merging() -> None:
    document = bare(supporting=["Secretaría de Educación", "Secretaría de Educación Jalisco", "Congreso del Estado"])
    report = load(document, jurisdiction=make.place(), by=make.BY)
    assert [(one.name, other.name) for one, other in report.merge_offers] == [
        ("Secretaría de Educación", "Secretaría de Educación Jalisco")
    ]


def _statements(commitments: int, rows: int, slug: str) -> int:
    place, document = make.place(slug), make.plan(commitments, rows)
    for commitment in document["commitments"]:
        commitment["activities"] = [make.activity(n, due="2026-12-28") for n in range(1, rows + 1)]
    with CaptureQueriesContext(connection) as seen:
        load(document, jurisdiction=place, by=make.BY)
    return len(seen)


def test_sixty_commitments_of_ten_activities_load_in_nearly_as_few_statements_as_two_of_one() -> None:
    small, large = _statements(2, 1, "chico"), _statements(60, 10, "grande")
    assert Activity.objects.count() == 602
    assert large - small < 150  # rows go in batches; statements do not grow with each of 3,000 rows


def test_the_example_in_the_documentation_is_a_plan_without_faults() -> None:
    guide = (Path(__file__).parents[4] / "docs" / "plan-document.md").read_text()
    assert words(json.loads(guide.split("```json")[1].split("```")[0])) == []
