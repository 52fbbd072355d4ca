"""Downloads: tables that any spreadsheet opens, with their dictionary; nothing in them that nobody may see."""

import csv
import io
import zipfile

from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from tequio.commitments.models import Commitment, Evidence, Money
from tequio.commitments.tests import make
from tequio.common.i18n import text
from tequio.opendata.downloads import safe_cell
from tequio.opendata.tables import TABLES
from tequio.people.models import Person
from tequio.plans.models import Plan
from tequio.record.append import act


def fetch(address, **headers):
    answer = Client().get(address, headers=headers)
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows_of(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_each_table_comes_as_csv_and_xlsx_with_the_same_rows(valle):
    for table in TABLES:
        answer, data = fetch(f"/valle/datos/{table.name}.csv")
        told = rows_of(data)
        assert answer["Content-Disposition"] == f'attachment; filename="valle-{table.name}.csv"'
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert told[0] == [column.name for column in table.columns]
        assert len(told) - 1 == table.count(valle)
        _answer, data = fetch(f"/valle/datos/{table.name}.xlsx")
        book = load_workbook(io.BytesIO(data))
        sheet = [["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].values]
        assert [row[0] for row in sheet] == [row[0] for row in told]
        assert [row[0] for row in book["diccionario"].values][1:] == told[0]


def test_the_same_facts_give_the_same_bytes_and_what_has_not_changed_is_not_sent_again(valle):
    for address in ("actividades.csv", "actividades.xlsx", "planes/1.json", "novedades.atom", "plazos.ics"):
        answer, data = fetch(f"/valle/datos/{address}")
        assert fetch(f"/valle/datos/{address}")[1] == data
        assert Client().get(f"/valle/datos/{address}", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_numbers_are_numbers_and_keep_their_sign(valle):
    line = Money.objects.get(commitment__code="agua-1", commitment__jurisdiction=valle, number=1)
    with act("money.changed", line, by=make.BY):
        line.spent = "-30000.50"
    _answer, data = fetch("/valle/datos/recursos.csv")
    header, first = rows_of(data)[:2]
    assert first[header.index("spent")] == "-30000.50"
    _answer, data = fetch("/valle/datos/recursos.xlsx")
    header, first = list(load_workbook(io.BytesIO(data)).worksheets[0].values)[:2]
    assert first[header.index("spent")] == -30000.5


def test_no_text_is_run_as_a_formula(valle):
    commitment = Commitment.objects.get(code="agua-1", jurisdiction=valle)
    with act("commitment.changed", commitment, by=make.BY):
        commitment.title = text('=HYPERLINK("https://ejemplo.org")', "@SUM(A1)")
    _answer, data = fetch("/valle/datos/compromisos.csv")
    header, first = rows_of(data)[:2]
    assert first[header.index("title_es")] == '\'=HYPERLINK("https://ejemplo.org")'
    assert first[header.index("title_en")] == "'@SUM(A1)"
    _answer, data = fetch("/valle/datos/compromisos.xlsx")
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    cell = sheet.cell(2, header.index("title_es") + 1)
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("https://ejemplo.org")')
    assert [safe_cell(value) for value in ("+1", "-1", "\t=1", "\r=1", "\n=1", "a=1")] == [
        *("'+1", "'-1", "'\t=1", "'\r=1", "'\n=1"),
        "a=1",
    ]


def test_characters_that_xlsx_cannot_hold_are_left_out(valle):
    commitment = Commitment.objects.get(code="agua-1", jurisdiction=valle)
    with act("commitment.changed", commitment, by=make.BY):
        commitment.lead_words = ""
        commitment.title = text("Agua\x0b limpia")
    _answer, data = fetch("/valle/datos/compromisos.xlsx")
    assert list(load_workbook(io.BytesIO(data)).worksheets[0].values)[1][3] == "Agua limpia"


def test_every_column_says_what_it_means_in_both_languages(db):
    for table in TABLES:
        for column in table.columns:
            for language in ("es", "en"):
                with translation.override(language):
                    assert len(str(column.meaning)) >= 3
    assert len({table.name for table in TABLES}) == len({table.api for table in TABLES}) == len(TABLES)


def test_the_page_of_open_data_leads_to_every_download_and_dictionary(valle):
    page = Client().get("/valle/datos/").content.decode()
    for table in TABLES:
        for address in (f"{table.name}.csv", f"{table.name}.xlsx", f"diccionario/{table.name}/"):
            assert f'href="/valle/datos/{address}"' in page
        assert f'href="/api/v1/valle/{table.api}"' in page
        dictionary = Client().get(f"/valle/datos/diccionario/{table.name}/").content.decode()
        assert [dictionary.count(f"<code>{column.name}</code>") for column in table.columns] == [1] * len(table.columns)
    assert Client().get("/valle/datos/nada.csv").status_code == 404


def everything(jurisdiction):
    """All that the API, downloads, feed and calendar say of a jurisdiction, by address."""
    here = f"/{jurisdiction.slug}/datos"
    addresses = [f"{here}/{table.name}.{form}" for table in TABLES for form in ("csv", "xlsx")]
    addresses += [f"/api/v1/{jurisdiction.slug}/{name}?size=200" for name in [*(t.api for t in TABLES), "board"]]
    addresses += [f"{here}/", f"{here}/planes/1.json", f"/api/v1/{jurisdiction.slug}/plans/1"]
    addresses += [f"{here}/novedades.atom", f"{here}/plazos.ics"]
    for address in addresses:
        answer, data = fetch(address)
        assert answer.status_code == 200
        if address.endswith(".xlsx"):
            book = zipfile.ZipFile(io.BytesIO(data))
            data = b"".join(book.read(name) for name in book.namelist())
        yield address, data.decode("utf-8").lower()


def test_drafts_personal_data_unnamed_people_and_neighbours_are_nowhere(hidden):
    assert Evidence.objects.filter(personal_data=True).count() == 1
    assert Commitment.objects.filter(code__startswith="canario", jurisdiction=hidden).count() == 2
    assert Person.objects.filter(name__contains="CANARIO").count() == 1
    assert Plan.objects.filter(title__contains="CANARIO").count() == 2
    assert [address for address, said in everything(hidden) if "canario" in said] == []
    for address in ("planes/9.json", "planes/2.json"):
        assert Client().get(f"/valle/datos/{address}").status_code == 404
    assert Client().get("/api/v1/valle/plans/9").status_code == 404
