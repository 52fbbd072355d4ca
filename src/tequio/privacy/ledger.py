"""The ledger of erasures: what the acts say of each, in words. Never what was erased."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tequio.record import subjects
from tequio.record.models import Act


@dataclass(frozen=True)
class Line:
    """An act that erased: when, on which object, which fields, by which basis."""

    number: int | None
    at: Any
    about: str
    url: str | None
    fields: list[str]
    count: int
    basis: str


def lines(acts: Iterable[Act]) -> list[Line]:
    """The acts as lines, in the same order and without further queries."""
    found = []
    for row in acts:
        said = json.loads(bytes(row.entry))
        gone = said.get("erased", [])
        _place, subject, name = row.on.split("/", 2)
        found.append(
            Line(
                number=getattr(getattr(row, "numbered", None), "position", None),
                at=row.at,
                about=f"{subjects.label(subject)} {name}",
                url=subjects.url(row.on),
                fields=sorted({str(one.get("field", "")) for one in gone}),
                count=len(gone),
                basis=str(said.get("basis", "")),
            )
        )
    return found
