"""The shape of a public table: its columns and how its rows are read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from tequio.opendata.parts import Cells, Rows
from tequio.places.models import Jurisdiction


@dataclass(frozen=True)
class Column:
    """A column: its name, kind (``text``, ``integer``, ``decimal``, ``date``, ``boolean``, ``url``) and meaning."""

    name: str
    kind: str
    meaning: str | Promise


@dataclass(frozen=True)
class Table:
    """A public table. ``name`` in addresses of downloads, ``api`` in those of the API; ``rows`` of one jurisdiction."""

    name: str
    api: str
    title: str | Promise
    meaning: str | Promise
    columns: tuple[Column, ...]
    rows: Rows

    def count(self, jurisdiction: Jurisdiction) -> int:
        """How many rows there are."""
        return self.rows.query(jurisdiction).count()

    def cells(self, jurisdiction: Jurisdiction) -> Iterator[Cells]:
        """All rows with exactly the table's columns, empty where nothing is known; read in batches."""
        return map(self.exactly, self.rows.every(jurisdiction))

    def part(self, jurisdiction: Jurisdiction, start: int, stop: int) -> list[Cells]:
        """Some rows; the others are not read."""
        return [self.exactly(row) for row in self.rows.part(jurisdiction, start, stop)]

    def exactly(self, row: Cells) -> Cells:
        """A row with the table's columns alone, in their order."""
        return {column.name: row.get(column.name) for column in self.columns}


def both(name: str, meaning: Any) -> tuple[Column, Column]:
    return Column(f"{name}_es", "text", meaning), Column(f"{name}_en", "text", meaning)


def column(name: str, kind: str, meaning: Any) -> Column:
    return Column(name, kind, meaning)
