"""CSV and XLSX of each public table, row by row, and plans in the form that loads again."""

import csv
import json
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from tequio.commitments.document.dump import dump
from tequio.opendata.tables import BY_NAME, Table
from tequio.plans.models import Plan

# A cell that starts so would be run as a formula by spreadsheet programs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe_cell(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
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
        yield writer.writerow([safe_cell(value) for value in row.values()])


def as_csv(request: HttpRequest, jurisdiction: str, name: str) -> StreamingHttpResponse:
    """A table of this jurisdiction as CSV."""
    table = _table(name)
    lines = csv_lines(table, table.cells(request.jurisdiction))  # type: ignore[attr-defined]
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{jurisdiction}-{name}.csv"'
    return response


def as_xlsx(request: HttpRequest, jurisdiction: str, name: str) -> FileResponse:
    """A table of this jurisdiction as XLSX, with its dictionary on a second sheet."""
    table = _table(name)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(table.title)[:31])
    sheet.append([column.name for column in table.columns])
    for row in table.cells(request.jurisdiction):  # type: ignore[attr-defined]
        cells = []
        for value in row.values():
            cell = WriteOnlyCell(sheet, value=safe_cell(value))
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    words = book.create_sheet("diccionario")
    words.append(["columna", "tipo", "significado"])
    for column in table.columns:
        words.append([column.name, column.kind, str(column.meaning)])
    file = TemporaryFile()
    book.save(file)
    file.seek(0)
    return FileResponse(file, content_type=XLSX, as_attachment=True, filename=f"{jurisdiction}-{name}.xlsx")


def plan_document(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A whole plan as the document that ``load-plan`` reads."""
    plan = get_object_or_404(
        Plan,
        jurisdiction=request.jurisdiction,  # type: ignore[attr-defined]
        number=number,
        status=Plan.Status.PUBLISHED,
    )
    text = json.dumps(dump(plan), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{jurisdiction}-plan-{number}.json"'
    return response
