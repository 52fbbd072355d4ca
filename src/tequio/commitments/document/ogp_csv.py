"""A member's plans out of OGP's public commitments spreadsheet (CSV). Its shape: docs/plan-document.md."""

import csv
import difflib
import io
import re
from typing import Any

from django.utils.translation import gettext as _

from tequio.commitments.document.check_values import BAD_MARKS
from tequio.commitments.document.fields import LONGEST_TEXT
from tequio.commitments.document.normal import CODE
from tequio.commitments.document.ogp_dates import ogp_date
from tequio.vocabularies import terms

Doc = dict[str, Any]
Row = dict[str, str]
# Three empty values that are not the same thing.
EMPTY = {
    "NA": ("No disponible (NA)", "Not available (NA)"),
    "ND": ("Sin dato (ND)", "No data (ND)"),
    "NR": ("No revisado (NR)", "Not reviewed (NR)"),
}
VALUES = ("Access To Information", "Civic Participation", "Public Accountability", "Technology")
REPORTS = {
    "Completion (Progress Report)": "IRM (progress report)",
    "Completion (End Of Term)": "IRM (end of term)",
}
TOLD = ("Start Date", "End Date", "Lead Institution", "Supporting Institution(s)", "Early Results", *VALUES, *REPORTS)
POINTER = re.compile(r"^\W*see (the )?(national )?action plan\b.{0,80}$", re.IGNORECASE | re.DOTALL)
SPANISH, ENGLISH = {"de", "la", "que", "el", "los", "para", "con"}, {"the", "of", "and", "to", "in", "for", "with"}


class WrongTable(ValueError):  # noqa: N818  it reads as a fact
    """The text is not OGP's table, or has no row of the member; the text says so for people."""


def from_ogp_csv(text: str, member: str) -> list[tuple[Doc, dict[str, str], list[str]]]:
    """The member's plans: each with the place of what it says (row, column) and remarks. Raises ``WrongTable``."""
    csv.field_size_limit(2_000_000)
    plans: dict[str, list[tuple[int, Row]]] = {}
    members: set[str] = set()
    try:
        table = csv.DictReader(io.StringIO(text, newline=""))
        heads = [" ".join((head or "").split()) for head in table.fieldnames or []]
        missing = [
            head for head in ("Country/Locality", "Commitment Unique Identifier", "Action Plan ID") if head not in heads
        ]
        if missing:
            raise WrongTable(
                _("No es la hoja de compromisos de OGP: falta la columna «%(name)s».") % {"name": missing[0]}
            )
        table.fieldnames = heads
        for n, raw in enumerate(table, 2):
            row = {key: _clean(value) for key, value in raw.items() if key and isinstance(value, str)}
            members.add(row.get("Country/Locality", ""))
            if terms.fold(row.get("Country/Locality", "")) == terms.fold(member):
                plans.setdefault(row.get("Action Plan ID") or row.get("Action Plan Number", ""), []).append((n, row))
    except csv.Error as error:
        raise WrongTable(_("El CSV está mal formado: %(error)s.") % {"error": error}) from error
    if not plans:
        near = difflib.get_close_matches(member, sorted(members), 3, 0.5)
        hint = _(" ¿Querías decir: %(near)s?") % {"near": "; ".join(near)} if near else ""
        raise WrongTable(_("La hoja no tiene compromisos de «%(member)s».") % {"member": member} + hint)
    return [_plan(key, rows) for key, rows in sorted(plans.items())]


def _clean(value: str) -> str:
    """Without characters that nobody sees; line ends in one form."""
    kept = (
        c for c in value.replace("\r\n", "\n").replace("\r", "\n") if (c >= " " or c in "\n\t") and c not in BAD_MARKS
    )
    return "".join(c for c in kept if not "\x7f" <= c <= "\x9f").strip()


def _said(row: Row, name: str) -> str:
    value = row.get(name, "")
    return "" if value.upper() in EMPTY else value


def _plan(key: str, rows: list[tuple[int, Row]]) -> tuple[Doc, dict[str, str], list[str]]:
    first = rows[0][1]
    remarks: list[str] = []
    in_key = re.search(r"(\d{1,2})$", key)
    told = _said(first, "Action Plan Number")
    number = int(told) if told.isdecimal() else int(in_key[1]) if in_key else 0
    if told.isdecimal() and in_key and int(in_key[1]) != number:
        remarks.append(_("El plan %(key)s dice ser el número %(number)s.") % {"key": key, "number": told})
    years = [_said(first, name) for name in ("Year Of Submission", "Action Plan End Year")]
    start, end = (year if re.fullmatch(r"\d{4}", year) else "" for year in years)
    member = first["Country/Locality"]
    span = "-".join(year for year in (start, end) if year)
    doc: Doc = {
        "number": number,
        "title": {
            "es": f"Plan de acción {number} de {member}" + (f", {span}" if span else ""),
            "en": f"Action plan {number} of {member}" + (f", {span}" if span else ""),
        },
        "title_origin": {
            "es": "compuesto: la hoja de OGP no trae el título del plan",
            "en": "composed: OGP's table has no plan title",
        },
        "start": start,
        "end": end,
        "duration_raw": _said(first, "Action Plan Duration (Years)")[:120],
        "sources": list(dict.fromkeys(_said(row, "URL") for _n, row in rows if _said(row, "URL"))),
        "commitments": [],
    }
    places: dict[str, str] = {}
    for n, (line, row) in enumerate(rows):
        doc["commitments"].append(_commitment(row))
        pointer, where = f"/commitments/{n}", _("Fila %(n)s") % {"n": line}
        places[pointer] = where
        columns = {"start": "Start Date", "end": "End Date", "title": "Commitment Title", "lead": "Lead Institution"}
        columns |= {
            "supporting": "Supporting Institution(s)",
            "action": "Full Text",
            "code": "Commitment Unique Identifier",
        }
        for field, column in columns.items():
            places[f"{pointer}/{field}"] = _("%(where)s, columna %(column)s") % {"where": where, "column": column}
    return {key: value for key, value in doc.items() if value not in ("", [])}, places, remarks


def _flag(es: str, en: str) -> Doc:
    return {"es": es, "en": en}


def _commitment(row: Row) -> Doc:
    ogp_id = row.get("Commitment Unique Identifier", "")
    flags: list[Doc] = []
    text = _said(row, "Full Text")
    title = " ".join((_said(row, "Commitment Title") or _said(row, "Short Title")).split())
    language = _language(f"{title} {text}")
    doc: Doc = {"ogp_id": ogp_id[:40], "code": CODE.sub("-", ogp_id.lower()).strip("-")}
    if len(title) > 300:
        flags.append(_flag(f"El título completo dice: {title}", f"The whole title says: {title}"))
        title = title[:299] + "…"
    if title:
        doc["title"] = {language: title}
    if text and POINTER.match(text):
        flags.append(_flag(f"La hoja no trae el texto: dice «{text}».", f"The table lacks the text; it says “{text}”."))
    elif text:
        if len(text) > LONGEST_TEXT:
            flags.append(
                _flag("El texto de la fuente es más largo y aquí se corta.", "The source's text is longer; cut here.")
            )
            text = text[: LONGEST_TEXT - 1] + "…"
        doc["action"] = {language: text}
    for field, column in (("start", "Start Date"), ("end", "End Date")):
        words = _said(row, column)
        if not words:
            continue
        doc[field], look = ogp_date(words)
        doc[f"{field}_raw"] = words[:120]
        if look:
            read = doc[field] or "—"
            flags.append(
                _flag(f"{column} dice «{words}»; se leyó: {read}.", f"{column} says “{words}”; read as: {read}.")
            )
    lead = " ".join(_said(row, "Lead Institution").split())
    if lead:
        doc["lead"] = {"name": _name(lead, flags)}
    others = [" ".join(part.split()) for part in re.split(r"[;\n]", _said(row, "Supporting Institution(s)"))]
    doc["supporting"] = [{"name": _name(part, flags)} for part in others if part]
    doc["values"] = [{"key": terms.resolve("ogp_value", name)} for name in VALUES if row.get(name) == "1"]
    doc["policy_areas"] = _policy_areas(row)
    doc["assessments"] = _assessments(row)
    if early := _said(row, "Early Results"):
        doc["early_results"] = {"en": early}
    for word, (es, en) in EMPTY.items():
        names = [name for name in TOLD if row.get(name, "").upper() == word]
        if names:
            flags.append(
                _flag(f"{es} en la hoja de OGP: {', '.join(names)}.", f"{en} in OGP's table: {', '.join(names)}.")
            )
    doc["flags"] = flags
    if url := _said(row, "URL"):
        doc["sources"] = [url[:600]]
    return {key: value for key, value in doc.items() if value not in ("", [], {})}


def _name(words: str, flags: list[Doc]) -> str:
    if len(words) <= 250:
        return words
    flags.append(_flag(f"La institución completa dice: {words}", f"The whole institution says: {words}"))
    return words[:249] + "…"


def _language(text: str) -> str:
    words = terms.fold(text[:2000]).split()
    return "es" if sum(word in SPANISH for word in words) > sum(word in ENGLISH for word in words) else "en"


def _policy_areas(row: Row) -> list[str]:
    found = (terms.resolve("policy_area", name) for name, value in row.items() if value == "1" and name not in VALUES)
    return list(dict.fromkeys(key for key in found if key))


def _assessments(row: Row) -> list[Doc]:
    """What the reports conclude, in the source's word; a level only where it is one."""
    found = []
    for column, by in REPORTS.items():
        words = row.get(column, "")
        if not words:
            continue
        entry: Doc = {"by": by, "words": words}
        if words.upper() in EMPTY:
            es, en = EMPTY[words.upper()]
            entry |= {"words": f"{es}", "note": _flag(es, en)}
        elif level := terms.resolve("completion", words):
            entry |= {"low": level, "high": level}
        found.append(entry)
    return found
