"""Finds every fault of a plan document at once, each with its place and in plain words."""

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from tequio.commitments.document import fields, labels
from tequio.commitments.document.normal import normalise, versions_of
from tequio.common.dates import PartialDate
from tequio.vocabularies import terms

Doc = dict[str, Any]
SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
NAME = re.compile(r"^[a-z][a-z0-9_]*$")
# What sources tell in a shape of their own.
FREE_FORM = {"/monitoring", "/learning", "/funding"}
BAD_MARKS = {"\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}


@dataclass(frozen=True)
class Fault:
    """Something wrong at a place. ``place`` is a JSON pointer into the normalised document, ``path`` the same in words.

    A ``known`` fault is a contradiction of the source: it can be loaded as flagged, never mended.
    """

    place: str
    path: str
    words: str
    known: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {self.words}" if self.path else self.words


class Place:
    """Where we are in the document, as pointer and in words."""

    def __init__(self, pointer: str = "", words: tuple[str, ...] = ()) -> None:
        self.pointer, self.words = pointer, words

    def into(self, key: str | int, words: Any) -> "Place":
        return Place(f"{self.pointer}/{key}", (*self.words, str(words)))

    def fault(self, words: str, *, known: bool = False) -> Fault:
        return Fault(self.pointer, " › ".join(self.words), words, known)


def check(document: Any) -> list[Fault]:
    """All faults of a plan, in reading order; an empty list means that it can be loaded."""
    plan = normalise(document)
    place = Place("", ())
    if not isinstance(plan, dict):
        return [place.fault(_("Debe ser un plan: un objeto con número, título y compromisos."))]
    return list(_plan(plan, place))


def check_commitment(document: Doc, plan: Doc) -> list[Fault]:
    """The faults of one commitment inside a plan (dates of the plan, for containment)."""
    return list(_commitment(document, Place("", ()), plan))


def _plan(plan: Doc, place: Place) -> Iterator[Fault]:
    yield from _fields(plan, fields.PLAN, labels.PLAN, place)
    if not isinstance(plan.get("number"), int) or plan["number"] < 1:
        yield place.into("number", labels.PLAN["number"]).fault(_("Falta el número de plan: 1, 2, 3…"))
    if not versions_of(plan.get("title")):
        yield place.into("title", labels.PLAN["title"]).fault(_("Falta el título del plan."))
    yield from _order(plan, "start", "end", labels.PLAN, place)
    yield from _within(plan, {"start": plan.get("term_start"), "end": plan.get("term_end")}, labels.PLAN, place, _("la administración"))
    yield from _phases(plan, place)
    yield from _same_organisation_twice(plan.get("institutions"), place.into("institutions", labels.PLAN["institutions"]), known=True)
    seen: dict[str, int] = {}
    commitments = plan.get("commitments", [])
    for n, item in enumerate(commitments if isinstance(commitments, list) else []):
        name = item.get("ogp_id") or item.get("code") or n + 1 if isinstance(item, dict) else n + 1
        here = Place(f"/commitments/{n}", (_("Compromiso %(name)s") % {"name": name},))
        if not isinstance(item, dict):
            yield here.fault(_("Debe ser un compromiso: un objeto con clave y título."))
            continue
        code = item.get("code")
        if not code:
            yield here.into("code", labels.COMMITMENT["code"]).fault(_("Falta la clave del compromiso, por ejemplo «agua-1»."))
        elif isinstance(code, str) and code in seen:
            yield here.into("code", labels.COMMITMENT["code"]).fault(
                _("La clave «%(code)s» ya la usa el compromiso %(n)s.") % {"code": code, "n": seen[code] + 1}
            )
        elif isinstance(code, str):
            seen[code] = n
        yield from _commitment(item, here, plan)


def _commitment(doc: Doc, place: Place, plan: Doc) -> Iterator[Fault]:
    yield from _fields(doc, fields.COMMITMENT, labels.COMMITMENT, place)
    yield from _order(doc, "start", "end", labels.COMMITMENT, place)
    yield from _within(doc, plan, labels.COMMITMENT, place, _("el plan"))
    if doc.get("supporting"):
        yield from _same_organisation_twice(
            doc["supporting"], place.into("supporting", labels.COMMITMENT["supporting"]), known=True
        )
    for part, table in fields.PARTS.items():
        names, noun = labels.PARTS[part]
        items = doc.get(part, [])
        numbers: set[int] = set()
        for n, item in enumerate(items if isinstance(items, list) else []):
            here = place.into(f"{part}/{n}", f"{noun} {n + 1}")
            if not isinstance(item, dict):
                yield here.fault(_("Debe ser un objeto con sus campos."))
                continue
            yield from _fields(item, table, names, here)
            number = item.get("number")
            if part != "activities" and isinstance(number, int):
                if number in numbers:
                    yield here.into("number", names["number"]).fault(_("El número %(n)s está repetido.") % {"n": number})
                numbers.add(number)
    yield from _activities(doc, place)
    yield from _indicators(doc, place)
    yield from _money(doc, place)


def _activities(doc: Doc, place: Place) -> Iterator[Fault]:
    items = [item for item in _list(doc, "activities")]
    weights = [(n, _decimal(item.get("weight"))) for n, item in enumerate(items) if item.get("weight") is not None]
    known = [weight for _n, weight in weights if weight is not None]
    if known and len(known) == len(items) and sum(known) != 100:
        total = format(sum(known).normalize(), "f")
        yield place.into("activities", labels.COMMITMENT["activities"]).fault(
            _("Los pesos suman %(total)s; deben sumar 100.") % {"total": total}
        )
    if known and len(known) < len(items):
        yield place.into("activities", labels.COMMITMENT["activities"]).fault(
            _("Unas actividades tienen peso y otras no. Pon peso a todas o a ninguna.")
        )
    indicators = {item.get("number", n) for n, item in enumerate(_list(doc, "indicators"), 1)}
    for n, item in enumerate(items):
        here = place.into(f"activities/{n}", f"{labels.PARTS['activities'][1]} {n + 1}")
        if not versions_of(item.get("title")):
            yield here.into("title", labels.ACTIVITY["title"]).fault(_("Falta el título de la actividad."))
        yield from _order(item, "start", "due", labels.ACTIVITY, here)
        yield from _within(item, doc, labels.ACTIVITY, here, _("el compromiso"), end="due")
        if isinstance(item.get("indicator"), int) and item["indicator"] not in indicators:
            yield here.into("indicator", labels.ACTIVITY["indicator"]).fault(
                _("No hay un indicador con el número %(n)s.") % {"n": item["indicator"]}
            )


def _indicators(doc: Doc, place: Place) -> Iterator[Fault]:
    for n, item in enumerate(_list(doc, "indicators")):
        here = place.into(f"indicators/{n}", f"{labels.PARTS['indicators'][1]} {n + 1}")
        if not versions_of(item.get("name")):
            yield here.into("name", labels.INDICATOR["name"]).fault(_("Falta el nombre del indicador."))
        bands = item.get("thresholds", {}).get("bands") if isinstance(item.get("thresholds"), dict) else None
        previous = None
        for band in bands or []:
            start = _decimal(band.get("from")) if isinstance(band, dict) else None
            if start is None:
                continue
            if previous is not None and start < previous:
                yield here.into("thresholds", labels.INDICATOR["thresholds"]).fault(
                    _("Los umbrales se enciman: ordénalos de menor a mayor, sin que uno empiece antes de que acabe el anterior.")
                )
            previous = _decimal(band.get("to")) or start


def _money(doc: Doc, place: Place) -> Iterator[Fault]:
    for n, item in enumerate(_list(doc, "money")):
        here = place.into(f"money/{n}", f"{labels.PARTS['money'][1]} {n + 1}")
        for name in ("earmarked", "released", "spent"):
            amount = _decimal(item.get(name))
            if amount is not None and amount < 0:
                yield here.into(name, labels.MONEY[name]).fault(_("Una cantidad no puede ser negativa."))
    if doc.get("unfunded") is True and _list(doc, "money"):
        yield place.into("unfunded", labels.COMMITMENT["unfunded"]).fault(
            _("Dice que no tiene recurso y también lista recursos. Quita una de las dos cosas.")
        )


def _phases(plan: Doc, place: Place) -> Iterator[Fault]:
    before = ""
    for n, phase in enumerate(_list(plan, "phases")):
        start = phase.get("start") or ""
        if start and before and start < before:
            yield place.into(f"phases/{n}", labels.PLAN["phases"]).fault(
                _("La fase «%(phase)s» empieza antes que la anterior.") % {"phase": terms.label("plan_phase", phase.get("key", ""))}
            )
        before = start or before


# --- one field ------------------------------------------------------------------------------------------------


def _fields(doc: Doc, table: dict[str, str], names: dict[str, Any], place: Place) -> Iterator[Fault]:
    for key, value in doc.items():
        if key not in table:
            near = difflib.get_close_matches(key, table, 1, 0.7)
            hint = _(" ¿Querías decir «%(near)s»?") % {"near": near[0]} if near else ""
            yield place.into(key, key).fault(_("No conocemos el campo «%(key)s».") % {"key": key} + hint)
            continue
        yield from _value(value, table[key], place.into(key, names.get(key, key)))


def _value(value: Any, kind: str, place: Place) -> Iterator[Fault]:
    name, _colon, parameter = kind.partition(":")
    if name in ("str", "slug", "url", "preset"):
        yield from _str(value, name, parameter, place)
    elif name == "text":
        yield from _text(value, int(parameter or fields.LONGEST_TEXT), place)
    elif name == "int":
        if isinstance(value, bool) or not isinstance(value, int):
            yield place.fault(_("Debe ser un número entero."))
        elif not 0 <= value < 2**31:
            yield place.fault(_("El número está fuera de lo posible."))
    elif name == "bool":
        if not isinstance(value, bool):
            yield place.fault(_("Debe ser sí o no (true o false)."))
    elif name in ("date", "day"):
        yield from _date(value, name == "day", place)
    elif name == "decimal":
        if _decimal(value) is None:
            yield place.fault(_("«%(value)s» no es un número. Escribe solo cifras y, si hace falta, un punto decimal.") % {"value": _short(value)})
    elif name == "choice":
        if not isinstance(value, str) or value not in terms.keys(parameter):
            yield place.fault(_not_in_list(value, parameter))
    elif name == "org":
        yield from _organisation(value, place)
    elif name == "object":
        if not isinstance(value, dict):
            yield place.fault(_("Debe ser un objeto con sus campos."))
        elif place.pointer not in FREE_FORM:
            yield from _keys(value, place)
    elif not isinstance(value, list):
        yield place.fault(_("Debe ser una lista."))
    else:
        for n, item in enumerate(value):
            yield from _item(item, name, parameter, Place(f"{place.pointer}/{n}", (*place.words, str(n + 1))))


def _item(item: Any, kind: str, parameter: str, place: Place) -> Iterator[Fault]:
    if kind == "choices":
        yield from _value(item, f"choice:{parameter}", place)
    elif kind == "orgs":
        yield from _organisation(item, place)
    elif kind == "texts":
        yield from _text(item, fields.LONGEST_TEXT, place)
    elif kind == "strs":
        yield from _str(item, "str", "600", place)
    elif kind == "days":
        yield from _date(item, True, place)
    elif kind == "list":
        return
    elif not isinstance(item, dict):
        yield place.fault(_("Debe ser un objeto con sus campos."))
    elif kind == "objects":
        yield from _keys(item, place)
    elif kind == "values":
        yield from _value(item.get("key"), "choice:ogp_value", place)
        yield from _text(item.get("reason", {}), fields.LONGEST_TEXT, place)
    elif kind == "sdg":
        if item.get("code") not in terms.keys("sdg_target"):
            yield place.fault(_("«%(code)s» no es una meta de los ODS. Escribe una como 16.6.") % {"code": _short(item.get("code"))})
    elif kind == "means":
        yield from _value(item.get("type"), "choice:evidence_type", place)
    elif kind == "measures":
        if _decimal(item.get("value")) is None:
            yield place.fault(_("«%(value)s» no es un número. Escribe solo cifras y, si hace falta, un punto decimal.") % {"value": _short(item.get("value"))})
        yield from _date(item.get("period", ""), False, place)
    elif kind == "phases":
        yield from _value(item.get("key"), "choice:plan_phase", place)
        for name in ("start", "end"):
            if item.get(name):
                yield from _date(item[name], True, place)
    elif kind == "assessments":
        for name in ("low", "high"):
            if item.get(name) is not None:
                yield from _value(item[name], "choice:completion", place)


def _keys(value: Any, place: Place) -> Iterator[Fault]:
    """The names of fields inside an object of our own are plain, for they enter the record."""
    if isinstance(value, list):
        for n, item in enumerate(value):
            yield from _keys(item, place.into(n, n + 1))
    elif isinstance(value, dict):
        for key, item in value.items():
            if not NAME.match(str(key)):
                yield place.into(key, key).fault(_("Usa solo minúsculas sin acento, cifras y guion bajo en el nombre del campo."))
            yield from _keys(item, place.into(key, key))


def _str(value: Any, kind: str, parameter: str, place: Place) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield place.fault(_("Debe ser un texto."))
        return
    if parameter and len(value) > int(parameter):
        yield place.fault(_("Tiene %(n)s caracteres; caben %(max)s.") % {"n": len(value), "max": parameter})
    if kind == "slug" and not SLUG.match(value):
        yield place.fault(_("Usa solo minúsculas sin acento, cifras y guiones, como «agua-1»."))
    if kind == "preset" and value not in fields.PRESETS:
        yield place.fault(_("Debe ser uno de: %(list)s.") % {"list": ", ".join(fields.PRESETS)})
    if kind == "url" and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).netloc):
        yield place.fault(_("Escribe la dirección completa, como https://ejemplo.org/documento.pdf."))
    yield from _marks(value, place)


def _text(value: Any, longest: int, place: Place) -> Iterator[Fault]:
    if not isinstance(value, dict) or not set(value) <= {"es", "en"} or not all(isinstance(v, str) for v in value.values()):
        yield place.fault(_("Debe ser un texto, o un objeto con «es» y «en»."))
        return
    for language, words in value.items():
        if len(words) > longest:
            yield place.fault(
                _("El texto (%(language)s) tiene %(n)s caracteres; caben %(max)s.")
                % {"language": language, "n": len(words), "max": longest}
            )
        yield from _marks(words, place)


def _marks(value: str, place: Place) -> Iterator[Fault]:
    bad = [c for c in value if (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\r\t") or c in BAD_MARKS]
    if bad:
        yield place.fault(_("Tiene un carácter invisible que no se puede guardar (%(code)s). Bórralo y escríbelo de nuevo.") % {"code": f"U+{ord(bad[0]):04X}"})


def _date(value: Any, whole: bool, place: Place) -> Iterator[Fault]:
    try:
        found = PartialDate(value if isinstance(value, str) else "?")
    except ValueError:
        found = None
    if not found or (whole and len(found) != 10):
        example = "2024-09-30" if whole else _("2024-09-30, o 2024-09, o 2024")
        yield place.fault(_("«%(value)s» no es una fecha que exista. Escríbela como %(example)s.") % {"value": _short(value), "example": example})


def _organisation(value: Any, place: Place) -> Iterator[Fault]:
    if not isinstance(value, dict) or not isinstance(value.get("name"), str) or not value["name"].strip():
        yield place.fault(_("Debe ser el nombre de una institución."))
        return
    for key in value.keys() - fields.ORGANISATION:
        yield place.into(key, key).fault(_("No conocemos el campo «%(key)s».") % {"key": key})
    if len(value["name"]) > 250:
        yield place.fault(_("Tiene %(n)s caracteres; caben %(max)s.") % {"n": len(value["name"]), "max": 250})
    yield from _marks(value["name"], place)
    if "note" in value:
        yield from _text(value["note"], 400, place)
    if value.get("sector"):
        yield from _value(value["sector"], "choice:sector", place)


def _same_organisation_twice(values: Any, place: Place, *, known: bool) -> Iterator[Fault]:
    seen: set[str] = set()
    for item in values if isinstance(values, list) else []:
        name = terms.fold(item["name"]) if isinstance(item, dict) and isinstance(item.get("name"), str) else ""
        if name and name in seen:
            yield place.fault(_("«%(name)s» aparece dos veces.") % {"name": item["name"]}, known=known)
        seen.add(name)


def _order(doc: Doc, start: str, end: str, names: dict[str, Any], place: Place) -> Iterator[Fault]:
    first, last = _partial(doc.get(start)), _partial(doc.get(end))
    if first and last and last.last < first.first:  # type: ignore[operator]
        yield place.into(end, names[end]).fault(
            _("Termina (%(end)s) antes de empezar (%(start)s).") % {"end": last, "start": first}, known=True
        )


def _within(doc: Doc, outer: Doc, names: dict[str, Any], place: Place, whole: str, end: str = "end") -> Iterator[Fault]:
    """Containment, read generously: an imprecise date counts as any day it may mean."""
    opens, closes = _partial(outer.get("start")), _partial(outer.get("end"))
    if opens and closes and closes.last < opens.first:  # type: ignore[operator]
        return  # the outer dates contradict themselves: said once, there
    for name in ("start", end):
        value = _partial(doc.get(name))
        if not value:
            continue
        if opens and value.last < opens.first:  # type: ignore[operator]
            yield place.into(name, names[name]).fault(
                _("%(value)s es antes de que empiece %(whole)s (%(limit)s).") % {"value": value, "whole": whole, "limit": opens}, known=True
            )
        elif closes and value.first > closes.last:  # type: ignore[operator]
            yield place.into(name, names[name]).fault(
                _("%(value)s es después de que termina %(whole)s (%(limit)s).") % {"value": value, "whole": whole, "limit": closes}, known=True
            )


def _partial(value: Any) -> PartialDate | None:
    if isinstance(value, dt.date):
        return PartialDate(value)
    try:
        return PartialDate(value) if isinstance(value, str) and value else None
    except ValueError:
        return None


def _decimal(value: Any) -> Decimal | None:
    if not isinstance(value, str):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _list(doc: Doc, name: str) -> list[Doc]:
    value = doc.get(name, [])
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _not_in_list(value: Any, scheme: str) -> str:
    known = terms.keys(scheme)
    near = difflib.get_close_matches(str(value), known, 1, 0.6)
    if near:
        return _("«%(value)s» no está en la lista. ¿Querías decir «%(near)s»?") % {"value": _short(value), "near": near[0]}
    return _("«%(value)s» no está en la lista. Puede ser: %(list)s.") % {
        "value": _short(value),
        "list": ", ".join(known[:12]) + ("…" if len(known) > 12 else ""),
    }


def _short(value: Any) -> str:
    words = str(value)
    return words if len(words) <= 60 else words[:57] + "…"
