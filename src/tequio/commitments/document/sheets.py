"""The sheets of the spreadsheet in which a plan can be written: which columns each has and what a cell holds."""

from dataclasses import dataclass
from typing import Any

from tequio.commitments.document import fields, labels
from tequio.vocabularies import terms

Doc = dict[str, Any]
LISTED = {"strs", "days", "choices"}  # one per line in a cell


@dataclass(frozen=True)
class Column:
    """A column: the field it holds, in which language, and its header."""

    field: str
    kind: str
    header: str
    language: str = ""

    @property
    def choices(self) -> list[str]:
        """The keys that may be chosen in a cell; empty where anything may be written."""
        name, _colon, parameter = self.kind.partition(":")
        if name == "choice":
            return terms.keys(parameter)
        if name == "preset":
            return list(fields.PRESETS)
        return ["sí", "no"] if name == "bool" else []


def columns(table: dict[str, str], names: dict[str, Any], *leave: str) -> list[Column]:
    """The columns of a table of fields: a text takes two, one per language."""
    found: list[Column] = []
    for key, kind in table.items():
        if kind == "list" or key in leave:
            continue
        header = str(names.get(key, key))
        if header in {column.header for column in found}:
            header = f"{header} ({key})"
        if kind.startswith("text") and not kind.startswith("texts"):
            found += [Column(key, kind, header, "es"), Column(key, kind, f"{header} (en)", "en")]
        else:
            found.append(Column(key, kind, header))
    return found


COMMITMENT_OF = Column("commitment", "str", "Compromiso")
INDICATOR_OF = Column("indicator", "int", "Indicador")
PART_SHEETS = {"activities": "Actividades", "indicators": "Indicadores", "money": "Recursos", "evidence": "Evidencia"}


def layout() -> dict[str, list[Column]]:
    """Sheet by sheet, in the order of the file. Headers are Spanish, for the file is one and the same for everybody."""
    parts = {
        sheet: [COMMITMENT_OF, *columns(fields.PARTS[part], labels.PARTS[part][0], "values")]
        for part, sheet in PART_SHEETS.items()
    }
    measures = columns(
        fields.MEASURE,
        {
            "period": "Periodo",
            "value": "Valor",
            "note": "Nota",
            "evidence_words": "Sustento",
            "evidence_url": "Dirección del sustento",
            "reported_by": "Quién lo informó",
            "verified": "Verificado",
        },
    )
    institution = {
        "name": "str:250",
        "slug": "slug",
        "acronym": "str:60",
        "sector": "choice:sector",
        "branch": "choice:branch",
        "website": "url",
    }
    heads = {
        "name": "Nombre",
        "slug": "Identificador",
        "acronym": "Siglas",
        "sector": "Sector",
        "branch": "Poder u orden",
        "website": "Sitio",
    }
    return {
        "Plan": columns(fields.PLAN, labels.PLAN, "organisations"),
        "Compromisos": columns(fields.COMMITMENT, labels.COMMITMENT),
        "Actividades": parts["Actividades"],
        "Indicadores": parts["Indicadores"],
        "Valores": [COMMITMENT_OF, INDICATOR_OF, *measures],
        "Recursos": parts["Recursos"],
        "Evidencia": parts["Evidencia"],
        "Instituciones": columns(institution, heads),
    }
