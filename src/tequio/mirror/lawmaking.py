"""The public pages of bills that belong in every copy."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tequio.common.i18n import versions
from tequio.lawmaking import queries
from tequio.lawmaking.models import Remark
from tequio.lawmaking.panels import KEYS as PANELS
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


def _topics(place: Jurisdiction) -> Iterable[Args]:
    known = {topic for found in queries.bills(place).values_list("topics", flat=True) for topic in found}
    return [{"topic": topic} for topic in sorted(known)]


def _sponsors(place: Jurisdiction) -> Iterable[Args]:
    known = {row["name"] for found in queries.bills(place).values_list("sponsors", flat=True) for row in found}
    return [{"sponsor": name} for name in sorted({queries.sponsor_slug(name) for name in known})]


def _panels(place: Jurisdiction) -> Iterable[Args]:
    return [{"code": bill.code, "panel": key} for bill in queries.bills(place) for key in PANELS]


def views(each: Each) -> list[View]:
    """The views, each with the arguments of its pages."""
    return [
        View("lawmaking:bills", each(), ("etapa", "tema"), ("pagina",)),
        View("lawmaking:bill", each(_bills)),
        View("lawmaking:video", each(_videos)),
        View("lawmaking:captions", each(_captions)),
        View("lawmaking:remarks", each(_bills), ("orden", "tipo", "estado", "pregunta", "lugar"), ("pagina",)),
        View("lawmaking:remark", each(_remarks), (), ("pagina",)),
        View("lawmaking:words", each(_bills), (), ("pagina",)),
        View("lawmaking:summary", each(_bills), (), ("pagina",)),
        View("lawmaking:summary_docx", each(_bills)),
        View("lawmaking:topic", each(_topics), (), ("pagina",)),
        View("lawmaking:sponsor", each(_sponsors), (), ("pagina",)),
        View("lawmaking:figures", each(_bills)),
        View("lawmaking:figure_csv", each(_panels)),
        View("lawmaking:feed", each()),
        View("lawmaking:bill_feed", each(_bills)),
        View("lawmaking:topic_feed", each(_topics)),
        View("lawmaking:sponsor_feed", each(_sponsors)),
        View("lawmaking:calendar", each()),
        View("lawmaking:bill_calendar", each(_bills)),
    ]
