"""The spreadsheet of a plan: what it holds comes back, and each fault is told with its sheet, row and column."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

import tequio
from tequio.commitments.document import check, normalise
from tequio.commitments.document.dump import dump
from tequio.commitments.document.reader import Unreadable, read
from tequio.commitments.document.same import comparable
from tequio.commitments.document.xlsx import from_xlsx, to_xlsx
from tequio.commitments.tests import make
from tequio.vocabularies import terms

pytestmark = pytest.mark.django_db
JALISCO = json.loads((Path(tequio.__file__).parent / "data" / "jalisco" / "plans.json").read_text())


@pytest.mark.parametrize("document", [make.plan(2), make.plan(0), *JALISCO])
def test_a_plan_comes_back_from_its_spreadsheet_as_it_went_in(document: dict[str, Any]) -> None:
    assert normalise(from_xlsx(to_xlsx(document))[0]) == normalise(document)


def test_the_template_has_every_sheet_and_no_plan() -> None:
    book = load_workbook(io.BytesIO(to_xlsx()))
    assert [name for name in book.sheetnames if book[name].sheet_state == "visible"] == [
        *("Plan", "Compromisos", "Actividades", "Indicadores", "Valores", "Recursos", "Evidencia", "Instituciones"),
        "Instrucciones",
    ]
    with pytest.raises(Unreadable):
        read("plantilla.xlsx", to_xlsx())


def _changed(sheet: str, cell: str, value: Any) -> bytes:
    book = load_workbook(io.BytesIO(to_xlsx(make.plan(2))))
    book[sheet][cell] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _column(sheet: str, header: str) -> str:
    book = load_workbook(io.BytesIO(to_xlsx()))
    return next(cell.column_letter for cell in book[sheet][1] if cell.value == header)


@pytest.mark.parametrize(
    ("sheet", "header", "row", "value", "said"),
    [
        ("Actividades", "Fecha compromiso", 3, "2026-13-40", "Hoja Actividades, fila 3, columna Fecha compromiso: "),
        ("Compromisos", "Horizonte", 2, "nunca", "Hoja Compromisos, fila 2, columna Horizonte: "),
        ("Recursos", "Ejercido", 4, "mucho", "Hoja Recursos, fila 4, columna Ejercido: "),
        ("Plan", "Inicio", 2, "ayer", "Hoja Plan, fila 2, columna Inicio: "),
        ("Valores", "Valor", 2, "x", "Hoja Valores, fila 2"),
    ],
)
def test_a_fault_is_told_with_its_sheet_row_and_column(
    sheet: str, header: str, row: int, value: str, said: str
) -> None:
    (found,) = read("plan.xlsx", _changed(sheet, f"{_column(sheet, header)}{row}", value))
    assert [found.say(fault).startswith(said) for fault in check(found.document)] == [True]


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    document = make.plan(title="=1+1", alternative_title="'citado'")
    data = to_xlsx(document)
    sheet = load_workbook(io.BytesIO(data))["Plan"]
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert normalise(from_xlsx(data)[0]) == normalise(document)


def test_dates_and_numbers_that_a_spreadsheet_keeps_in_its_own_way_are_understood() -> None:
    import datetime as dt

    (found,) = read(
        "plan.xlsx", _changed("Actividades", f"{_column('Actividades', 'Inicio')}2", dt.datetime(2026, 2, 3))
    )
    assert found.document["commitments"][0]["activities"][0]["start"] == "2026-02-03"


def test_a_choice_may_be_written_as_people_read_it() -> None:
    label = terms.label("horizon", "long", "es")
    (found,) = read("plan.xlsx", _changed("Compromisos", f"{_column('Compromisos', 'Horizonte')}2", label))
    assert found.document["commitments"][0]["horizon"] == "long"


def test_a_row_of_a_commitment_that_is_not_there_is_told() -> None:
    with pytest.raises(Unreadable, match="Hoja Evidencia, fila 2: no hay un compromiso con la clave «nadie»"):
        read("plan.xlsx", _changed("Evidencia", "A2", "nadie"))


def test_every_row_and_column_that_leads_nowhere_is_told_at_once() -> None:
    book = load_workbook(io.BytesIO(to_xlsx(make.plan())))
    book["Evidencia"]["A2"] = "nadie"
    book["Valores"]["B2"] = 77
    book["Actividades"]["ZZ1"] = "Inventada"
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(Unreadable) as refused:
        read("plan.xlsx", file.getvalue())
    code = make.plan()["commitments"][0]["code"]
    assert refused.value.messages == [
        "Hoja Actividades: no conocemos la columna «Inventada». Usa la plantilla.",
        f"Hoja Valores, fila 2: el compromiso «{code}» no tiene un indicador con el número 77.",
        "Hoja Evidencia, fila 2: no hay un compromiso con la clave «nadie».",
    ]


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 61_000_000)
    for data in (file.getvalue(), b"no es un zip", b""):
        with pytest.raises(Unreadable):
            read("plan.xlsx", data)


def test_the_command_writes_the_template_and_a_plan_that_loads_again(tmp_path: Path) -> None:
    plan = make.made()
    template, filled = tmp_path / "plantilla.xlsx", tmp_path / "plan.xlsx"
    call_command("export_plan", "--template", str(template))
    call_command("export_plan", "ejemplo", "1", "--xlsx", str(filled))
    assert load_workbook(template).sheetnames == load_workbook(filled).sheetnames
    (found,) = read(filled.name, filled.read_bytes())
    assert comparable(found.document) == comparable(dump(plan))
