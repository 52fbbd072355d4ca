"""A plan as a spreadsheet, and back: the template that the product offers is the same file without a plan."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from tequio.commitments.document.normal import normalise
from tequio.commitments.document.sheets import LISTED, PART_SHEETS, Column, layout
from tequio.common.workbooks import saved
from tequio.vocabularies import terms

Doc = dict[str, Any]
LARGEST_UNPACKED = 60_000_000  # bytes; a plan of 60 commitments unpacks to under 3 MB
MOST_ROWS = 20_000
SPARE_ROWS = 500  # rows below the last one whose cells offer their lists
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
INSTRUCTIONS = [
    "Escribe un plan por archivo. La hoja Plan tiene una sola fila; las demás, una fila por cosa.",
    "En Actividades, Indicadores, Valores, Recursos y Evidencia, la columna Compromiso lleva la clave del compromiso.",
    "Deja vacío lo que no se sabe: un hueco se publica como «la fuente no lo dice». No inventes.",
    "Las fechas se escriben 2024-09-30; si solo se conoce el mes, 2024-09; si solo el año, 2024.",
    "Donde cabe más de una cosa, escribe una por línea (Alt+Intro). Las instituciones se nombran como las dice la fuente.",
    "Las columnas que terminan en (en) son la versión en inglés y pueden quedar vacías.",
    "Una celda con [ ] o { } guarda datos con estructura: cámbiala solo si sabes leerla.",
    "Para cargarlo: página de trabajo de planes, o «./tequio load-plan ARCHIVO.xlsx».",
]


class NotASpreadsheet(ValueError):  # noqa: N818  it reads as a fact
    """The bytes are no spreadsheet that can be read; ``sentences`` say why, all at once, for people."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = list(sentences)


def to_xlsx(document: Doc | None = None) -> bytes:
    """The spreadsheet of a plan, or the empty template. No cell is a formula: a text that looks like one gets an
    apostrophe before it, which ``from_xlsx`` takes away."""
    plan = normalise(document) if document else {}
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    lists = book.create_sheet("Listas")
    with translation.override("es"):
        for name, columns in layout().items():
            sheet = book.create_sheet(name)
            sheet.append([column.header for column in columns])
            for row in _rows(name, plan):
                sheet.append([_cell(row.get(column.field), column) for column in columns])
            sheet.freeze_panes = "A2"
            for n, column in enumerate(columns, 1):
                head = sheet.cell(1, n)
                head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
                sheet.column_dimensions[get_column_letter(n)].width = 44 if column.kind.startswith("text") else 20
                _offer(sheet, lists, n, column.choices)
    words = book.create_sheet("Instrucciones")
    for line in INSTRUCTIONS:
        words.append([line])
    words.column_dimensions["A"].width = 110
    lists.sheet_state = "hidden"
    book.move_sheet("Listas", len(book.sheetnames))
    book.active = 0
    with saved(book) as file:
        return file.read()


def _offer(sheet: Any, lists: Any, n: int, choices: list[str]) -> None:
    """The cells of a column offer their list; what is not in it may be written and is told when the file is loaded."""
    if not choices:
        return
    place = lists.max_column + 1 if lists.cell(1, 1).value else 1
    for row, choice in enumerate(choices, 1):
        lists.cell(row, place, choice)
    letter = get_column_letter(place)
    offer = DataValidation("list", formula1=f"Listas!${letter}$1:${letter}${len(choices)}", allow_blank=True)
    offer.showErrorMessage = False
    column = get_column_letter(n)
    offer.add(f"{column}2:{column}{sheet.max_row + SPARE_ROWS}")
    sheet.add_data_validation(offer)


def _rows(sheet: str, plan: Doc) -> list[Doc]:
    commitments = plan.get("commitments", [])
    if sheet == "Plan":
        return [plan] if plan else []
    if sheet == "Compromisos":
        return list(commitments)
    if sheet == "Instituciones":
        return list(plan.get("organisations", []))
    if sheet == "Valores":
        return [
            {"commitment": commitment["code"], "indicator": indicator.get("number", n), **value}
            for commitment in commitments
            for n, indicator in enumerate(commitment.get("indicators", []), 1)
            for value in indicator.get("values", [])
        ]
    part = next(part for part, name in PART_SHEETS.items() if name == sheet)
    return [{"commitment": c["code"], **item} for c in commitments for item in c.get(part, [])]


def _cell(value: Any, column: Column) -> Any:
    if value in (None, "", [], {}):
        return None
    if column.language:
        value = value.get(column.language) if isinstance(value, dict) else value
    elif isinstance(value, bool):
        value = "sí" if value else "no"
    elif isinstance(value, list) and column.kind.partition(":")[0] in LISTED:
        value = "\n".join(map(str, value))
    elif isinstance(value, list) and all(isinstance(item, dict) and set(item) == {"name"} for item in value):
        value = "\n".join(item["name"] for item in value)
    elif isinstance(value, dict) and set(value) == {"name"}:
        value = value["name"]
    elif isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and (value.startswith(FORMULA_STARTS) or value.startswith("'")):
        return "'" + value
    return value


def from_xlsx(data: bytes) -> tuple[Doc, Mapping[str, str]]:
    """The plan of a spreadsheet, and for each pointer into it its sheet, row and column. Raises ``NotASpreadsheet``."""
    book = _open(data)
    plan: Doc = {}
    places: dict[str, str] = {}
    by_code: dict[str, int] = {}
    lost: list[str] = []
    for name, columns in layout_in_spanish().items():
        if name not in book.sheetnames:
            continue
        for row_number, row, header in _lines(book[name], columns, name, lost):
            where = _("Hoja %(sheet)s, fila %(row)s") % {"sheet": name, "row": row_number}
            try:
                pointer = _put(plan, name, row, by_code, where)
            except NotASpreadsheet as error:
                lost += error.sentences
                continue
            places[pointer] = where
            for key, words in header.items():
                places[f"{pointer}/{key}"] = _("%(where)s, columna %(column)s") % {"where": where, "column": words}
    if lost:
        raise NotASpreadsheet(*lost)
    if not plan:
        raise NotASpreadsheet(_("La hoja de cálculo no trae ningún plan: la hoja Plan está vacía o no existe."))
    places.pop("", None)
    return plan, places


def layout_in_spanish() -> dict[str, list[Column]]:
    """The layout with the headers that the file has, whatever language is in force."""
    with translation.override("es"):
        return layout()


def _put(plan: Doc, sheet: str, row: Doc, by_code: dict[str, int], where: str) -> str:
    """Puts a row where it belongs and gives its pointer. Raises for a row of a commitment that is not there."""
    if sheet == "Plan":
        plan.update(row)
        return ""
    if sheet == "Instituciones":
        plan.setdefault("organisations", []).append(row)
        return f"/organisations/{len(plan['organisations']) - 1}"
    commitments = plan.setdefault("commitments", [])
    if sheet == "Compromisos":
        by_code.setdefault(str(row.get("code", "")), len(commitments))
        commitments.append(row)
        return f"/commitments/{len(commitments) - 1}"
    code = str(row.pop("commitment", ""))
    if code not in by_code:
        raise NotASpreadsheet(
            _("%(where)s: no hay un compromiso con la clave «%(code)s».") % {"where": where, "code": code[:60]}
        )
    at = by_code[code]
    if sheet == "Valores":
        number = row.pop("indicator", None)
        indicators = commitments[at].get("indicators", [])
        n = next((i for i, item in enumerate(indicators) if item.get("number", i + 1) == number), None)
        if n is None:
            raise NotASpreadsheet(
                _("%(where)s: el compromiso «%(code)s» no tiene un indicador con el número %(n)s.")
                % {"where": where, "code": code, "n": number}
            )
        values = indicators[n].setdefault("values", [])
        values.append(row)
        return f"/commitments/{at}/indicators/{n}/values/{len(values) - 1}"
    part = next(part for part, name in PART_SHEETS.items() if name == sheet)
    items = commitments[at].setdefault(part, [])
    items.append(row)
    return f"/commitments/{at}/{part}/{len(items) - 1}"


def _lines(sheet: Any, columns: list[Column], name: str, lost: list[str]) -> Any:
    """The rows with something in them; a column that nobody knows is told in ``lost``."""
    by_header = {column.header: column for column in columns}
    heads: list[str] = []
    for n, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if n == 1:
            heads = [str(head or "").strip() for head in cells]
            for head in heads:
                if head and head not in by_header:
                    words = _("Hoja %(sheet)s: no conocemos la columna «%(column)s». Usa la plantilla.")
                    lost.append(words % {"sheet": name, "column": head[:60]})
            continue
        if n > MOST_ROWS:
            lost.append(_("Hoja %(sheet)s: tiene demasiadas filas.") % {"sheet": name})
            return
        row: Doc = {}
        header: dict[str, str] = {}
        for head, value in zip(heads, cells, strict=False):
            column = by_header.get(head)
            if column is None or value is None or (isinstance(value, str) and not value.strip()):
                continue
            header.setdefault(column.field, head)
            if column.language:
                row.setdefault(column.field, {})[column.language] = _text(value)
            else:
                row[column.field] = _value(value, column)
        if row:
            yield n, row, header


def _text(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words = str(value)
    return words[1:] if words.startswith("'") else words


def _value(value: Any, column: Column) -> Any:
    """A cell in the document's form; what cannot be read so stays as it is, for ``check`` to complain of."""
    name = column.kind.partition(":")[0]
    if name == "int":
        words = _text(value).strip()
        return int(words) if words.isdecimal() and len(words) < 12 else words
    if name == "bool":
        return {"sí": True, "si": True, "yes": True, "no": False}.get(str(value).strip().lower(), value)
    words = _text(value)
    if words.lstrip()[:1] in ("[", "{"):
        try:
            return json.loads(words)
        except (ValueError, RecursionError):
            return words
    if name in LISTED or name in ("orgs", "texts", "values", "sdg", "means"):
        lines = [line.strip() for line in words.splitlines() if line.strip()]
        scheme = column.kind.partition(":")[2] if name == "choices" else ""
        return [terms.resolve(scheme, line) or line for line in lines] if scheme else lines
    if name == "choice":  # people write the label they read as well as the key
        return terms.resolve(column.kind.partition(":")[2], words.strip()) or words.strip()
    return words.strip() if name in ("date", "day", "decimal", "slug", "url") else words


def _open(data: bytes) -> Any:
    """The workbook, with formulas as the text they are. Refuses what unpacks to too much before unpacking it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise NotASpreadsheet(_("El archivo no es una hoja de cálculo .xlsx.")) from error
    if size > LARGEST_UNPACKED:
        raise NotASpreadsheet(_("La hoja de cálculo es demasiado grande al abrirla."))
    try:
        return load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    except Exception as error:  # openpyxl answers a broken file with whatever went wrong inside it
        raise NotASpreadsheet(_("El archivo no es una hoja de cálculo .xlsx.")) from error
