"""CSV and XLSX of each public table, row by row, and plans in the form that loads again.

The same facts give the same bytes. Every file may be read by scripts of any site (CORS).
"""

import csv
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from tequio.commitments.document.xlsx import to_xlsx
from tequio.common.workbooks import saved
from tequio.opendata.documents import public_document
from tequio.opendata.rows import public_plans
from tequio.opendata.tables import BY_NAME, Column, Table

# A text that starts so would be run as a formula by spreadsheet programs (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Response = TypeVar("Response", bound=HttpResponseBase)


def open_to_all(response: Response, name: str) -> Response:
    """A download under its name, which scripts of any site may read."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def safe_cell(value: Any, kind: str = "text") -> Any:
    """A value for CSV that no spreadsheet takes for a formula; numbers keep their sign."""
    if isinstance(value, str) and kind not in ("decimal", "integer") and value.startswith(FORMULA_STARTS):
        return "'" + value
    return "" if value is None else value


def _table(name: str) -> Table:
    if name not in BY_NAME:
        raise Http404
    return BY_NAME[name]


class _Line:
    """A file that hands each line back, for the CSV writer."""

    def write(self, value: str) -> str:
        return value


def csv_lines(table: Table, rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The table as CSV (UTF-8 with mark, comma, header row, ISO dates), line by line."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow([column.name for column in table.columns])
    for row in rows:
        yield writer.writerow([safe_cell(row[column.name], column.kind) for column in table.columns])


def as_csv(request: HttpRequest, jurisdiction: str, name: str) -> StreamingHttpResponse:
    """A table of this jurisdiction as CSV."""
    table = _table(name)
    lines = csv_lines(table, table.cells(request.jurisdiction))  # type: ignore[attr-defined]
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return open_to_all(response, f"{jurisdiction}-{name}.csv")


def as_xlsx(request: HttpRequest, jurisdiction: str, name: str) -> FileResponse:
    """A table of this jurisdiction as XLSX, with its dictionary on a second sheet."""
    table = _table(name)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(table.title)[:31])
    sheet.append([column.name for column in table.columns])
    for row in table.cells(request.jurisdiction):  # type: ignore[attr-defined]
        sheet.append([_cell(sheet, row[column.name], column) for column in table.columns])
    words = book.create_sheet("diccionario")
    words.append(["columna", "tipo", "significado"])
    for column in table.columns:
        words.append([column.name, column.kind, str(column.meaning)])
    response = FileResponse(saved(book), content_type=XLSX)
    return open_to_all(response, f"{jurisdiction}-{name}.xlsx")


def _cell(sheet: Any, value: Any, column: Column) -> Cell:
    """A cell: numbers as numbers, any text as text and never as a formula."""
    if isinstance(value, str) and column.kind == "decimal":
        return WriteOnlyCell(sheet, value=Decimal(value))  # type: ignore[arg-type]
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    return cell


def plan_document(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A whole plan as the document that ``load-plan`` reads."""
    plan = get_object_or_404(public_plans(request.jurisdiction), number=number)  # type: ignore[attr-defined]
    text = json.dumps(public_document(plan), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    return open_to_all(response, f"{jurisdiction}-plan-{number}.json")


def plan_spreadsheet(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A whole plan as the spreadsheet that can be filled in further and loaded again."""
    plan = get_object_or_404(public_plans(request.jurisdiction), number=number)  # type: ignore[attr-defined]
    response = HttpResponse(to_xlsx(public_document(plan)), content_type=XLSX)
    return open_to_all(response, f"{jurisdiction}-plan-{number}.xlsx")


def plan_template(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The empty spreadsheet for a plan: sheets, headings, lists to choose from, instructions."""
    return open_to_all(HttpResponse(to_xlsx(None), content_type=XLSX), "plan-plantilla.xlsx")
