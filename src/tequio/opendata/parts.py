"""What the public tables are made of: rows read in parts, and how a value becomes cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from tequio.common.i18n import versions
from tequio.places.models import Jurisdiction

Cells = dict[str, Any]
BATCH = 200


@dataclass(frozen=True)
class Rows:
    """``query`` gives the public objects of a jurisdiction in their order, ``cells`` those of some of them."""

    query: Callable[[Jurisdiction], QuerySet[Any]]
    cells: Callable[[Sequence[Any], Jurisdiction], Iterator[Cells]]

    def part(self, jurisdiction: Jurisdiction, start: int, stop: int) -> Iterator[Cells]:
        """The rows from ``start`` to before ``stop``."""
        return self.cells(list(self.query(jurisdiction)[start:stop]), jurisdiction)

    def every(self, jurisdiction: Jurisdiction) -> Iterator[Cells]:
        """All rows, a batch in memory at a time."""
        objects = self.query(jurisdiction).iterator(chunk_size=BATCH)
        while batch := list(islice(objects, BATCH)):
            yield from self.cells(batch, jurisdiction)


def each(cells: Callable[[Any, Jurisdiction], Cells]) -> Callable[[Sequence[Any], Jurisdiction], Iterator[Cells]]:
    """Cells of one object at a time."""

    def of_batch(batch: Sequence[Any], jurisdiction: Jurisdiction) -> Iterator[Cells]:
        return (cells(obj, jurisdiction) for obj in batch)

    return of_batch


def text_cells(name: str, value: Any) -> Cells:
    """A text in two languages as two cells."""
    found = versions(value)
    return {f"{name}_es": found.get("es"), f"{name}_en": found.get("en")}


def page_url(name: str, jurisdiction: Jurisdiction, **kwargs: Any) -> str:
    """The address of a page below a jurisdiction, without the host."""
    return reverse(name, kwargs={"jurisdiction": jurisdiction.slug, **kwargs})


def known(value: Any) -> str | None:
    """A date or a decimal as text; None where it is not known."""
    return None if value is None or value == "" else str(value)
