"""The public pages of bills that belong in every copy."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tequio.common.i18n import versions
from tequio.lawmaking import queries
from tequio.lawmaking.models import Remark
from tequio.mirror.registry import View
from tequio.places.models import Jurisdiction

Args = dict[str, Any]
Each = Callable[..., Callable[[], Iterator[Args]]]

ASKING = ("lawmaking:say", "lawmaking:reword", "lawmaking:reply", "lawmaking:endorse")


def _bills(place: Jurisdiction) -> Iterable[Args]:
    return [{"code": bill.code} for bill in queries.bills(place)]


def _videos(place: Jurisdiction) -> Iterable[Args]:
    return [{"code": bill.code} for bill in queries.bills(place) if bill.has_video]


def _captions(place: Jurisdiction) -> Iterable[Args]:
    return [
        {"code": bill.code, "language": language}
        for bill in queries.bills(place)
        for language, words in versions(bill.captions).items()
        if words
    ]


def _remarks(place: Jurisdiction) -> Iterable[Args]:
    rows = Remark.public_rows().filter(jurisdiction=place, bill__status="published").exclude(kind=Remark.Kind.REPLY)
    return [{"code": code, "number": number} for code, number in rows.values_list("bill__code", "number")]


def views(each: Each) -> list[View]:
    """The views, each with the arguments of its pages."""
    return [
        View("lawmaking:bills", each(), ("etapa", "tema"), ("pagina",)),
        View("lawmaking:bill", each(_bills)),
        View("lawmaking:video", each(_videos)),
        View("lawmaking:captions", each(_captions)),
        View("lawmaking:remarks", each(_bills), ("orden", "tipo", "estado", "pregunta"), ("pagina",)),
        View("lawmaking:remark", each(_remarks), (), ("pagina",)),
        View("lawmaking:words", each(_bills), (), ("pagina",)),
        View("lawmaking:summary", each(_bills), (), ("pagina",)),
        View("lawmaking:summary_docx", each(_bills)),
    ]
