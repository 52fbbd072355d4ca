"""The public pages of legal texts that belong in every copy."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tequio.legaltext import queries
from tequio.legaltext.models import Provision
from tequio.mirror.registry import View
from tequio.places.models import Jurisdiction

Args = dict[str, Any]
Each = Callable[..., Callable[[], Iterator[Args]]]

ASKING = ("legaltext:choose",)


def _works(place: Jurisdiction) -> Iterable[Args]:
    return [{"code": work.code} for work in queries.public_works(place)]


def _versions(place: Jurisdiction) -> Iterable[Args]:
    return [{"code": row.work.code, "number": row.number} for row in queries.every_version(place)]


def _pairs(place: Jurisdiction) -> Iterable[Args]:
    """Each version with the one that it was compared with; other pairs are as many as their square."""
    rows = queries.every_version(place)
    return [
        {"code": row.work.code, "number": row.number, "other": row.supersedes.number} for row in rows if row.supersedes
    ]


def _units(place: Jurisdiction) -> Iterator[Args]:
    for row in queries.every_version(place):
        units = Provision.objects.filter(expression=row).exclude(unit="").order_by("order")
        for path, unit in units.values_list("path", "unit"):
            if path == unit:
                yield {"code": row.work.code, "number": row.number, "place": path}


def views(each: Each) -> list[View]:
    """The views, each with the arguments of its pages."""
    return [
        View("legaltext:texts", each(), ("clase",), ("pagina",)),
        View("legaltext:glossary", each()),
        View("legaltext:method", each()),
        View("legaltext:work", each(_works)),
        View("legaltext:expression", each(_versions), (), ("pagina",)),
        View("legaltext:whole", each(_versions)),
        View("legaltext:provision", each(_units)),
        View("legaltext:compare", each(_pairs), ("que", "vista"), ("pagina",)),
        *(View(f"legaltext:{name}", each(_versions)) for name in ("akn", "docx", "pdf", "text", "json")),
    ]
