"""The demo: Jalisco as the sources tell it, and Valle del Ejemplo, invented, with everything in every state."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tequio.commitments.attainment import attainment_of
from tequio.commitments.document import missing_in_commitment, missing_in_plan
from tequio.commitments.document.dump import dump
from tequio.commitments.models import Activity, Commitment, Evidence, Indicator, Money
from tequio.mirror import build as building
from tequio.mirror import registry
from tequio.mirror.pages import Job, make_all
from tequio.mirror.snapshot import head
from tequio.monitoring.models import Committee, ConflictDeclaration, Decision, Report, State, Track
from tequio.monitoring.queries import rows_of
from tequio.opendata.tables import TABLES
from tequio.oversight import queries as oversight
from tequio.oversight import waiting
from tequio.people.models import Organisation, Person, Role
from tequio.people.queries import demo_accounts
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.portal.demo.jalisco import DATA
from tequio.portal.doing import things_to_do
from tequio.record.models import Act, Checkpoint
from tequio.record.testing import known
from tequio.record.verify import verify
from tequio.succession.export import export
from tests import canary
from tests.shared import shared

VALLE = "valle-del-ejemplo"


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo, loaded once for the tests of this file and taken back after the last one."""
    with django_db_blocker.unblock():
        shared.prepare("", None)  # this transaction is the outermost
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo")
        assert known.learn() == []
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)
        known.forget()


@pytest.fixture
def demo(loaded: None, db: None) -> None:
    """What a test does to the demo is taken back after it."""


def valle() -> Plan:
    """The plan that runs."""
    return Plan.objects.get(jurisdiction__slug=VALLE, number=2)


def test_the_record_of_the_demo_holds_and_is_sealed_whole(demo: None) -> None:
    assert verify(state=True) == []
    assert Checkpoint.objects.latest("id").size == Act.objects.count()


def test_a_second_load_adds_nothing(demo: None) -> None:
    before = (Act.objects.count(), Checkpoint.objects.count(), Person.objects.count(), Evidence.objects.count())
    call_command("demo")
    after = (Act.objects.count(), Checkpoint.objects.count(), Person.objects.count(), Evidence.objects.count())
    assert after == before


def test_jalisco_has_three_plans_and_nobodys_name_report_or_decision(demo: None) -> None:
    jalisco = Jurisdiction.objects.get(slug="jalisco")
    plans = {plan.number: plan.commitments.count() for plan in jalisco.plans.all()}
    assert (jalisco.code, jalisco.is_practice, plans) == ("14", False, {1: 7, 2: 8, 3: 3})
    assert not Person.objects.filter(jurisdiction=jalisco).exists()
    assert not Role.objects.filter(jurisdiction=jalisco).exists()
    for model in (Report, Decision, Track):
        assert not model.objects.filter(activity__jurisdiction=jalisco).exists(), model
    assert not Committee.objects.filter(plan__jurisdiction=jalisco).exists()


def test_jalisco_institutions_stand_once_and_the_dissolved_ones_say_so(demo: None) -> None:
    rows = Organisation.objects.filter(jurisdiction__slug="jalisco")
    assert sorted(row.acronym for row in rows if row.dissolved) == ["INAI", "ITEI"]
    assert [row.dissolved_on for row in rows if row.dissolved] == [None, None]
    assert rows.filter(name__contains="Guadalajara", sector="gov_municipal").count() == 1
    iteso = rows.get(acronym="ITESO")
    assert [str(office) for office in iteso.offices.all()] == [
        "Rector del ITESO (Instituto Tecnológico y de Estudios Superiores de Occidente)"
    ]
    leads = {str(c.lead) for c in Commitment.objects.filter(plan__number=1, jurisdiction__slug="jalisco")}
    assert leads == {
        "Ayuntamiento de Guadalajara",
        "Secretaría del Trabajo y Previsión Social",
        "Secretaría de Educación",
        "Secretaría de Planeación, Administración y Finanzas",
    }


def test_every_note_on_jalisco_can_be_read_in_both_languages() -> None:
    plans = json.loads((DATA / "plans.json").read_text(encoding="utf-8"))
    holders = [holder for plan in plans for holder in (plan, *plan["commitments"])]
    assert [flag for holder in holders for flag in holder["flags"] if set(flag) != {"es", "en"}] == []
    actors = json.loads((DATA / "actors.json").read_text(encoding="utf-8"))
    assert [note for actor in actors for note in actor["notes"] if set(note) != {"es", "en"}] == []


def test_valle_is_practice_and_shows_every_state_and_every_light(demo: None) -> None:
    plan = valle()
    assert plan.jurisdiction.is_practice
    steps = [step for row in rows_of(plan, timezone.localdate()) for step in row.steps]
    assert {step.standing.state for step in steps} == set(State.values)
    assert {step.standing.citizens.colour for step in steps} == {"green", "blue", "amber", "red", "grey"}
    assert {step.standing.said for step in steps} == {"", "not_started", "in_process", "complete"}
    assert {"not_due", "due_soon", "overdue", "done_on_time"} <= {step.standing.schedule for step in steps}
    assert any(step.standing.has_gap for step in steps)


def test_valle_shows_every_part_of_a_decision_and_of_a_report(demo: None) -> None:
    assert set(Decision.objects.values_list("result", flat=True)) == {"verified", "observed", "rejected", "reopened"}
    assert Decision.objects.exclude(annulled_on=None).count() == 1
    assert Decision.objects.exclude(reply_on=None).count() == 2
    assert set(Report.objects.values_list("cut", flat=True)) == {"first", "second", "final"}
    assert ConflictDeclaration.objects.filter(none_declared=False).count() == 1
    assert Evidence.objects.filter(personal_data=True).count() == 1
    assert Activity.objects.filter(pauses__isnull=False).count() == 1
    assert list(Commitment.objects.filter(roadmap_version=2).values_list("code", flat=True)) == ["escuelas-1"]


def test_valle_shows_everything_that_can_become_of_a_promise_after_its_plan(demo: None) -> None:
    plan, today = Plan.objects.get(jurisdiction__slug=VALLE, number=1), timezone.localdate()
    rows = {row.commitment.code: row for row in oversight.rows_of(plan, today)}
    assert {row.last.result for row in rows.values() if row.last} == {"maintained", "weakened", "reversed", "orphaned"}
    assert {one.state for row in rows.values() for one in row.milestones} == {"done", "due", "missed", "later"}
    assert [code for code, row in rows.items() if row.handovers] == ["rutas-1"]
    assert [code for code, row in rows.items() if row.orphan] == ["bicis-1"]
    assert [code for code, row in rows.items() if row.last is None] == ["medidores-1", "bicis-1"]
    carmen = Role.objects.get(jurisdiction=plan.jurisdiction, person__name="Carmen Ejemplo")
    assert sorted(str(item.words) for item in waiting.for_role(carmen, today)) == [
        "Confirmar lo que otra persona revisó",
        "Revisar cómo sigue un compromiso",
        "Revisar cómo sigue un compromiso",
    ]


def test_valle_lacks_nothing_that_a_publication_needs_and_shows_every_attainment(demo: None) -> None:
    document = dump(valle())
    assert missing_in_plan(document) == []
    assert [lack for commitment in document["commitments"] for lack in missing_in_commitment(commitment)] == []
    lights = {attainment_of(row, "five_colour").light for row in Indicator.objects.all()}
    assert lights == {"green", "yellow", "orange", "red", "over", "no_data"}
    assert {c["horizon"] for c in document["commitments"]} == {"short", "medium", "long"}
    assert [c["code"] for c in document["commitments"] if c.get("unfunded")] == ["cabildo-1"]
    assert Money.objects.exclude(spent=None).exists()


def test_every_role_that_may_act_has_a_login_and_one_seat_is_vacant(demo: None) -> None:
    kinds = {role.kind for role in demo_accounts()}
    assert kinds == {
        *("poc", "secretariat", "seat_head", "seat_liaison", "lead", "support", "monitor", "committee"),
        *("facilitator", "participant", "public", "support_unit", "legislature"),
    }
    vacant = [role for role in Role.objects.all() if role.is_vacant]
    assert [(role.kind, str(role.office)) for role in vacant] == [("seat_head", "Tesorería")]
    assert Role.objects.filter(kind="support", organisation__slug="vecinas-y-agua").count() == 3


PAGES = (
    "tablero/",
    "planes/",
    "planes/1/",
    "instituciones/",
    "registro/",
    "datos/",
    "buscar/?q=presupuesto",
    "buscar/?q=transparencia",
)


@pytest.mark.once
@pytest.mark.tampers
def test_no_page_log_or_bundle_tells_what_is_private_in_any_table(
    demo: None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Every app has rows here, or gets one: a column that a new app adds is looked for from its first day."""
    caplog.set_level("DEBUG")
    canary.populate()
    planted = canary.plant()
    columns = {f"{model._meta.label}.{field.name}" for model, field in canary.private_columns()}
    assert (planted.keys(), len(columns) > 80) == (columns, True)
    seal, known = building.sealed(), registry.addresses()
    job = Job(tmp_path / "copia", building.moment_of(seal), known, building.banners(), head())
    # The acts themselves were written before; what tells of them is in the list and in the bundle.
    pages = [
        (path, "")
        for path, view in known.items()
        if path.startswith(f"/{VALLE}/") and view not in ("record:act", "record:story", "record:entry", "record:proof")
    ]
    made = list(make_all(job, pages, 1, follow=False))
    assert (len(made) > 300, [page.problem for page in made if page.problem]) == (True, [])
    export(tmp_path / "paquete")
    assert canary.hits(tmp_path, planted) == []
    assert canary.hits(caplog.text.encode(), planted) == []


@pytest.mark.parametrize(("mine", "other"), [("jalisco", VALLE), (VALLE, "jalisco")])
def test_no_page_of_one_place_shows_anything_of_the_other(demo: None, client: Client, mine: str, other: str) -> None:
    own = [
        f"compromisos/{code}/"
        for code in Commitment.objects.filter(jurisdiction__slug=mine).values_list("code", flat=True)[:2]
    ]
    names = set(Organisation.objects.filter(jurisdiction__slug=other).values_list("name", flat=True))
    for page in (*PAGES, *own):
        response = client.get(f"/{mine}/{page}")
        assert response.status_code == 200, page
        words = response.content.decode()
        assert re.findall(rf'href="(?:/en)?/{other}/[^"]*"', words) == [], page
        assert [name for name in names if name in words] == [], page


def test_the_api_gives_the_rows_of_every_public_table_of_the_demo(demo: None, client: Client) -> None:
    answers = {table.api: client.get(f"/api/v1/{VALLE}/{table.api}") for table in TABLES}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 200)


def test_every_kind_of_page_that_a_visitor_reaches_in_the_demo_answers(demo: None, client: Client) -> None:
    """One page of each kind (addresses alike but for their numbers), followed from link to link."""
    waiting_for, kinds, faults = [f"/{VALLE}/"], set(), []
    while waiting_for:
        address = waiting_for.pop()
        kind = re.sub(r"[^/]*\d[^/]*", "#", address)
        if kind in kinds or "/diccionario/" in kind:
            continue
        kinds.add(kind)
        answer = client.get(address)
        if answer.status_code >= 400:
            faults.append((address, answer.status_code))
        else:
            waiting_for += reversed(re.findall(rf'href="(/{VALLE}/[^"#?.]*)["#?]', answer.content.decode()))
    assert faults == []
    assert len(kinds) > 100


def test_the_front_page_says_what_anybody_can_do_today_and_what_closes_first_stands_first(demo: None) -> None:
    place = Jurisdiction.objects.get(slug=VALLE)
    today = timezone.localdate()
    found = things_to_do(place, today)
    assert {one.sort for one in found} == {"Sesión", "Qué opina la gente", "Cocreación", "Ley que se está haciendo"}
    days = [one.on or one.until for one in found]
    assert days == sorted(days)
    assert all(day >= today for day in days)
    assert things_to_do(place, today + dt.timedelta(days=400)) == [one for one in found if one.on]
