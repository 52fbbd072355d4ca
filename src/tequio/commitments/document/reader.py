"""Reads the plans of a file: JSON (a plan, or several in an array), the spreadsheet, or OGP's CSV."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.commitments.document.check import Fault
from tequio.commitments.document.ogp_csv import WrongTable, from_ogp_csv
from tequio.commitments.document.xlsx import NotASpreadsheet, from_xlsx

LARGEST = 30_000_000  # bytes of a file; OGP's whole spreadsheet of all members is under 20 MB
DEEPEST = 20  # levels of objects and lists inside one another; our own form needs six


@dataclass(frozen=True)
class Found:
    """A plan that a file holds. ``places`` says where the file's own cells hold what a pointer means; ``remarks`` what the
    reader of the file understood in its own way and a person should look at."""

    document: Any
    places: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def say(self, fault: Fault) -> str:
        """The fault as one sentence with its place in the file."""
        pointer = fault.place
        while pointer:
            if pointer in self.places:
                return f"{self.places[pointer]}: {fault.words}"
            pointer = pointer.rpartition("/")[0]
        return str(fault)


class Unreadable(ValidationError):  # noqa: N818  it reads as a fact, like FaultsFound
    """The file is not what it says it is; nothing in it was looked at. ``messages`` has the sentences."""


def read(name: str, data: bytes, *, member: str = "") -> list[Found]:
    """The plans of a file, by the end of its name. ``member``: whose rows of OGP's CSV. Raises ``Unreadable``."""
    if len(data) > LARGEST:
        raise Unreadable(_("El archivo pesa más de %(n)s MB. Divídelo.") % {"n": LARGEST // 1_000_000})
    kind = PurePath(name).suffix.lower()
    if kind == ".json":
        return read_json(data)
    if kind == ".xlsx":
        try:
            return [Found(*from_xlsx(data))]
        except NotASpreadsheet as error:
            raise Unreadable(error.sentences) from error
    if kind == ".csv" and member:
        try:
            return [
                Found(plan, places, tuple(remarks)) for plan, places, remarks in from_ogp_csv(text_from(data), member)
            ]
        except WrongTable as error:
            raise Unreadable(str(error)) from error
    raise Unreadable(_("«%(name)s» no es un archivo .json, .xlsx ni .csv.") % {"name": PurePath(name).name})


def text_from(data: bytes) -> str:
    """The text of a file in UTF-8, with or without its mark. Raises ``Unreadable``."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("El archivo no está en UTF-8 (byte %(n)s). Guárdalo de nuevo con esa codificación.")
            % {"n": error.start + 1}
        ) from error


def read_json(data: bytes) -> list[Found]:
    """The plans of a JSON file."""
    text = text_from(data)
    try:
        found = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise Unreadable(
            _("El archivo no es JSON: hay algo mal escrito en la línea %(line)s, columna %(column)s.")
            % {"line": error.lineno, "column": error.colno}
        ) from error
    except (RecursionError, ValueError) as error:  # ValueError: a number with more digits than Python reads
        raise Unreadable(_("El archivo no se puede leer: sus objetos o números son demasiado grandes.")) from error
    if _depth(found) > DEEPEST:
        raise Unreadable(_("El archivo no se puede leer: sus objetos o números son demasiado grandes."))
    plans = found if isinstance(found, list) else [found]
    if not plans:
        raise Unreadable(_("El archivo no trae ningún plan."))
    return [Found(plan) for plan in plans]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Unreadable(
                _("El campo «%(key)s» aparece dos veces en el mismo objeto. Deja uno.") % {"key": key[:60]}
            )
        found[key] = value
    return found


def _constant(word: str) -> NoReturn:
    raise Unreadable(_("«%(word)s» no es un número que se pueda guardar.") % {"word": word})


def _depth(value: Any) -> int:
    deepest, row = 0, [value]
    while row:
        deepest += 1
        row = [item for thing in row for item in _inside(thing)]
        if deepest > DEEPEST:
            break
    return deepest


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
