"""``load_plan`` and ``export_plan``: all of a file or nothing of it, and every fault in a sentence of its own."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

import tequio
from tequio.commitments.document.dump import dump
from tequio.commitments.document.load import comparable
from tequio.commitments.models import Activity, Commitment
from tequio.commitments.tests import make
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan

pytestmark = pytest.mark.django_db
JALISCO = Path(tequio.__file__).parent / "data" / "jalisco" / "plans.json"


def run(*words: Any) -> tuple[int, list[str], list[str]]:
    """Exit code, lines of output and lines of faults."""
    out, faults, code = StringIO(), StringIO(), 0
    try:
        call_command("load_plan", *map(str, words), stdout=out, stderr=faults)
    except SystemExit as end:
        code = int(str(end.code))
    return code, out.getvalue().splitlines(), faults.getvalue().splitlines()


def written(folder: Path, document: Any, name: str = "plan.json") -> Path:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return path


def rows_of_all_tables() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_jalisco_loads_only_when_its_two_contradictions_are_accepted_and_comes_back_the_same(tmp_path: Path) -> None:
    new = ("--create", "Jalisco", "--kind", "state", "--code", "14")
    before = rows_of_all_tables()
    code, _out, faults = run(JALISCO, *new)
    assert (code, faults) == (
        1,
        [
            "Plan 3 › Compromiso MXJL0001 › Término: Termina (2021-05) antes de empezar (2021-09).",
            "Plan 3 › Compromiso MXJL0003 › Término: Termina (2021-06) antes de empezar (2021-09).",
        ],
    )
    assert rows_of_all_tables() == before

    code, out, faults = run(JALISCO, *new, "--accept-known-faults")
    assert (code, faults) == (0, [])
    assert [plan.commitments.count() for plan in Plan.objects.order_by("number")] == [7, 8, 3]
    assert Activity.objects.count() == 6
    assert "Plan 3 de Jalisco: 3 compromisos, 6 actividades" in "\n".join(out)
    assert [line.split("¿")[1].split("?")[0] for line in out if "unir/?con=" in line] == [
        "Son la misma institución"
    ] * len([line for line in out if "unir/?con=" in line])

    exported = StringIO()
    call_command("export_plan", "jalisco", "3", stdout=exported)
    path = written(tmp_path, exported.getvalue())
    code, out, _faults = run(path, "--jurisdiction", "jalisco", "--accept-known-faults")
    assert (code, out) == (0, ["Plan 3: ya estaba cargado y dice lo mismo."])
    code, _out, _faults = run(path, "--create", "Otra parte", "--kind", "other", "--accept-known-faults")
    one, other = Plan.objects.filter(number=3).order_by("pk")
    assert comparable(dump(other)) == comparable(dump(one))
    assert other.jurisdiction.slug == "otra-parte"


def twelve_faults() -> list[Any]:
    first = make.plan(2)
    first["summry"] = "Un plan"  # 1 an unknown field
    first["start"] = "2026-02-30"  # 2 a day that does not exist
    one, two = first["commitments"]
    one["branch"] = "municipl"  # 3 not in the list
    one["sdg_targets"] = ["99.9"]  # 4 no target of the SDG
    one["activities"][0]["title"] = ""  # 5 an activity without title
    one["activities"][1]["due"] = "2030-01-01"  # 6 after the end of its commitment
    one["money"][0]["spent"] = "-3"  # 7 less than nothing
    one["evidence"][0]["url"] = "ejemplo.org"  # 8 half an address
    two["code"] = one["code"]  # 9 a code used twice
    two["end"] = "2025-01-01"  # 10 ends before it starts
    two["activities"] = [make.activity(1, weight="60"), make.activity(2, weight="30")]  # 11 weights of 90
    two["activities"][0]["indicator"] = 9  # 12 an indicator that is not there
    return [first]


def test_a_file_with_twelve_faults_is_refused_with_twelve_sentences_and_changes_nothing(tmp_path: Path) -> None:
    make.made(make.plan(), "otro")
    make.place()
    before = rows_of_all_tables()
    code, _out, faults = run(written(tmp_path, twelve_faults()), "--jurisdiction", "ejemplo")
    assert (code, len(faults)) == (1, 12)
    assert len(set(faults)) == 12
    assert rows_of_all_tables() == before


def test_one_plan_with_a_fault_keeps_the_others_of_its_file_out(tmp_path: Path) -> None:
    make.place()
    good, bad = make.plan(), make.plan(number=2, title="")
    code, _out, faults = run(written(tmp_path, [good, bad]))
    assert (code, faults) == (1, ["Plan 2 › Título: Falta el título del plan."])
    assert Plan.objects.count() == 0


def test_a_dry_run_tells_everything_and_keeps_nothing(tmp_path: Path) -> None:
    before = rows_of_all_tables()
    path = written(tmp_path, make.plan(2))
    code, out, _faults = run(path, "--create", "Ejemplo", "--kind", "municipality", "--dry-run")
    assert (code, out[-1]) == (0, "Era un ensayo: no se guardó nada.")
    assert rows_of_all_tables() == before


def test_a_new_place_for_practice_is_made_with_its_plan(tmp_path: Path) -> None:
    path = written(tmp_path, make.plan())
    code, _out, _faults = run(path, "--create", "Valle", "--kind", "municipality", "--practice")
    place = Jurisdiction.objects.get()
    assert (code, place.slug, place.is_practice, Commitment.objects.count()) == (0, "valle", True, 1)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "El archivo no es JSON: hay algo mal escrito en la línea 1, columna 2."),
        ("[]", "El archivo no trae ningún plan."),
        ('{"a": 1, "a": 2}', "El campo «a» aparece dos veces en el mismo objeto. Deja uno."),
        ('{"a": NaN}', "«NaN» no es un número que se pueda guardar."),
        ("[" * 200_000, "El archivo no se puede leer: sus objetos o números son demasiado grandes."),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_one_sentence(tmp_path: Path, text: str, fault: str) -> None:
    make.place()
    assert run(written(tmp_path, text))[::2] == (1, [fault])


def test_where_the_plan_belongs_is_asked_when_it_is_not_clear(tmp_path: Path) -> None:
    path = written(tmp_path, make.plan())
    assert run(path)[2] == ["Todavía no hay ningún territorio. Para abrir uno: --create NOMBRE --kind state."]
    make.place("uno"), make.place("dos")
    assert run(path)[2] == ["Di de qué territorio es el plan, con --jurisdiction: dos, uno."]
