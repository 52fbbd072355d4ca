"""The municipalities of Mexico with INEGI's codes: from ``data/municipalities.csv`` into the table, and back to check."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tequio.places.models import Municipality
from tequio.record.verify import Fault

FILE = Path(__file__).parent / "data" / "municipalities.csv"
COLUMNS = ("code", "name", "state_code", "state_name")


def in_file(path: Path = FILE) -> dict[str, tuple[str, ...]]:
    """What the file says: by code, the columns of ``COLUMNS``."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: tuple(row[name] for name in COLUMNS) for row in csv.DictReader(lines)}


def load(model: Any, path: Path = FILE) -> int:
    """Makes the table say what the file says; gives how many rows were written or removed.

    ``model``: the table's model, historical in a migration. A code that the file no longer has leaves the table.
    """
    wanted = in_file(path)
    there = {row[0]: row for row in model.objects.values_list(*COLUMNS)}
    fresh = [dict(zip(COLUMNS, row, strict=True)) for code, row in wanted.items() if there.get(code) != row]
    model.objects.bulk_create(
        [model(**row) for row in fresh],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "state_code", "state_name"],
    )
    gone = sorted(set(there) - set(wanted))
    for start in range(0, len(gone), 500):
        model.objects.filter(code__in=gone[start : start + 500]).delete()
    return len(fresh) + len(gone)


def check() -> Iterator[Fault]:
    """A fault for each municipality that the table and the file tell differently, for ``record.verify``."""
    wanted = in_file()
    there = {row[0]: row for row in Municipality.objects.values_list(*COLUMNS)}
    for code in sorted(set(wanted) | set(there)):
        if code not in there:
            yield Fault(_("municipio %(code)s") % {"code": code}, _("falta en la base de datos"))
        elif code not in wanted:
            yield Fault(_("municipio %(code)s") % {"code": code}, _("no está en el catálogo"))
        elif wanted[code] != there[code]:
            yield Fault(_("municipio %(code)s") % {"code": code}, _("no dice lo mismo que el catálogo"))
