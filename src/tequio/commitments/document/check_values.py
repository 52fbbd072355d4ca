"""The faults of one value by the type of its field (``fields.py``), and the place where each stands."""

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from tequio.commitments.document import fields
from tequio.common.dates import PartialDate
from tequio.vocabularies import terms

Doc = dict[str, Any]
SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
NAME = re.compile(r"^[a-z][a-z0-9_]*$")
# What sources tell in a shape of their own.
LONGEST_ADDRESS = 500
LARGEST_NUMBER = 2**53  # what every reader of the record's canonical JSON holds exactly
OFFICE_KINDS = ("head", "liaison", "other")
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

    @property
    def key(self) -> str:
        """The name of the field at this place."""
        return self.pointer.rpartition("/")[2]

    def fault(self, words: str, *, known: bool = False) -> Fault:
        return Fault(self.pointer, " › ".join(self.words), words, known)


def field_faults(doc: Doc, table: dict[str, str], names: dict[str, Any], place: Place) -> Iterator[Fault]:
    for key, value in doc.items():
        if key not in table:
            near = difflib.get_close_matches(key, table, 1, 0.7)
            hint = _(" ¿Querías decir «%(near)s»?") % {"near": near[0]} if near else ""
            yield place.into(key, key).fault(_("No conocemos el campo «%(key)s».") % {"key": key} + hint)
            continue
        yield from value_faults(value, table[key], place.into(key, names.get(key, key)))


def value_faults(value: Any, kind: str, place: Place) -> Iterator[Fault]:
    name, _colon, parameter = kind.partition(":")
    if name in ("str", "slug", "url", "preset"):
        yield from _str(value, name, parameter, place)
    elif name == "text":
        yield from _text(value, int(parameter or fields.LONGEST_TEXT), place)
    elif name == "int":
        if isinstance(value, bool) or not isinstance(value, int):
            yield place.fault(_("Debe ser un número entero."))
        elif not 0 <= value < (2**31 if place.key.endswith("_role") else 2**15):
            yield place.fault(_("El número está fuera de lo posible."))
    elif name == "bool":
        if not isinstance(value, bool):
            yield place.fault(_("Debe ser sí o no (true o false)."))
    elif name in ("date", "day"):
        yield from _date(value, name == "day", place)
    elif name == "decimal":
        yield from _decimal(value, place)
    elif name == "choice":
        if not isinstance(value, str) or value not in terms.keys(parameter):
            yield place.fault(_not_in_list(value, parameter))
    elif name == "org":
        yield from _organisation(value, place)
    elif name == "role":
        yield from _role(value, place)
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
        yield from value_faults(item, f"choice:{parameter}", place)
    elif kind == "orgs":
        yield from _organisation(item, place)
    elif kind == "texts":
        yield from _text(item, fields.LONGEST_TEXT, place)
    elif kind == "strs":  # a line, in one language or in two
        yield from _text(item, 600, place) if isinstance(item, dict) else _str(item, "str", "600", place)
    elif kind == "days":
        yield from _date(item, True, place)
    elif kind == "list":
        return
    elif not isinstance(item, dict):
        yield place.fault(_("Debe ser un objeto con sus campos."))
    elif kind == "objects":
        yield from _keys(item, place)
    elif kind == "values":
        yield from value_faults(item.get("key"), "choice:ogp_value", place)
        yield from _text(item.get("reason", {}), fields.LONGEST_TEXT, place)
    elif kind == "sdg":
        if item.get("code") not in terms.keys("sdg_target"):
            yield place.fault(
                _("«%(code)s» no es una meta de los ODS. Escribe una como 16.6.") % {"code": _short(item.get("code"))}
            )
    elif kind == "means":
        yield from value_faults(item.get("type"), "choice:evidence_type", place)
    elif kind == "measures":
        yield from _decimal(item.get("value"), place)
        for key, held in fields.MEASURE.items():
            if key != "value" and item.get(key) not in (None, ""):
                yield from value_faults(item[key], held, place.into(key, key))
        if not item.get("period"):
            yield place.fault(_("Falta el periodo del valor."))
    elif kind == "phases":
        yield from value_faults(item.get("key"), "choice:plan_phase", place)
        for name in ("start", "end"):
            if item.get(name):
                yield from _date(item[name], True, place)
    elif kind == "assessments":
        for name in ("low", "high"):
            if item.get(name) is not None:
                yield from value_faults(item[name], "choice:completion", place)


def _keys(value: Any, place: Place) -> Iterator[Fault]:
    """The names of fields inside an object of our own are plain, for they enter the record."""
    if isinstance(value, list):
        for n, item in enumerate(value):
            yield from _keys(item, place.into(n, n + 1))
    elif isinstance(value, dict):
        for key, item in value.items():
            if not NAME.match(str(key)):
                yield place.into(key, key).fault(
                    _("Usa solo minúsculas sin acento, cifras y guion bajo en el nombre del campo.")
                )
            yield from _keys(item, place.into(key, key))
            if key == "url" and item and not place.pointer.startswith("/documents/"):  # checked as fields
                yield from value_faults(item, "url", place.into(key, key))
    elif isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        yield place.fault(_("El número está fuera de lo posible."))
    elif isinstance(value, str):
        yield from _marks(value, place)


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
    if kind == "url":
        if not _is_address(value):
            yield place.fault(_("Escribe la dirección completa, como https://ejemplo.org/documento.pdf."))
        if len(value) > LONGEST_ADDRESS:
            yield place.fault(_("Tiene %(n)s caracteres; caben %(max)s.") % {"n": len(value), "max": LONGEST_ADDRESS})
    yield from _marks(value, place)


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _decimal(value: Any, place: Place) -> Iterator[Fault]:
    number = decimal_of(value)
    if number is None:
        yield place.fault(
            _("«%(value)s» no es un número. Escribe solo cifras y, si hace falta, un punto decimal.")
            % {"value": _short(value)}
        )
        return
    digits, behind = fields.DIGITS.get(place.key, fields.USUAL_DIGITS)
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > behind:
        yield place.fault(_("Tiene más de %(n)s decimales.") % {"n": behind})
    elif number.adjusted() + 1 > digits - behind:
        yield place.fault(_("El número está fuera de lo posible."))


def _text(value: Any, longest: int, place: Place) -> Iterator[Fault]:
    if (
        not isinstance(value, dict)
        or not set(value) <= {"es", "en"}
        or not all(isinstance(v, str) for v in value.values())
    ):
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
        yield place.fault(
            _("Tiene un carácter invisible que no se puede guardar (%(code)s). Bórralo y escríbelo de nuevo.")
            % {"code": f"U+{ord(bad[0]):04X}"}
        )


def _date(value: Any, whole: bool, place: Place) -> Iterator[Fault]:
    try:
        found = PartialDate(value if isinstance(value, str) else "?")
    except ValueError:
        found = None
    if not found or (whole and len(found) != 10):
        example = "2024-09-30" if whole else _("2024-09-30, o 2024-09, o 2024")
        yield place.fault(
            _("«%(value)s» no es una fecha que exista. Escríbela como %(example)s.")
            % {"value": _short(value), "example": example}
        )


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
    # What stands in addresses and links is checked like everywhere else: an institution's slug never changes.
    kinds = {"slug": "slug", "website": "url", "sector": "choice:sector", "branch": "choice:branch"}
    for key, kind in kinds.items():
        if value.get(key):
            yield from value_faults(value[key], kind, place.into(key, key))


def decimal_of(value: Any) -> Decimal | None:
    if not isinstance(value, str):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _not_in_list(value: Any, scheme: str) -> str:
    known = terms.keys(scheme)
    near = difflib.get_close_matches(str(value), known, 1, 0.6)
    if near:
        return _("«%(value)s» no está en la lista. ¿Querías decir «%(near)s»?") % {
            "value": _short(value),
            "near": near[0],
        }
    return _("«%(value)s» no está en la lista. Puede ser: %(list)s.") % {
        "value": _short(value),
        "list": ", ".join(known[:12]) + ("…" if len(known) > 12 else ""),
    }


def _short(value: Any) -> str:
    words = str(value)
    return words if len(words) <= 60 else words[:57] + "…"


def _role(value: Any, place: Place) -> Iterator[Fault]:
    if not isinstance(value, dict) or set(value) - {"kind", "organisation", "office", "office_kind"}:
        yield place.fault(_("Di el papel con los campos kind, organisation, office y office_kind."))
        return
    yield from value_faults(value.get("kind"), "choice:role", place)
    if value.get("office_kind", "other") not in OFFICE_KINDS:
        yield place.fault(_("La clase de cargo es head, liaison u other."))
    for name in ("organisation", "office"):
        if name in value:
            yield from _str(value[name], "str", "200", place)
