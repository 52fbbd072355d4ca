"""Atom feeds of bills: what steps they took and what was answered; of one bill also what people say."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.common.access import here
from tequio.common.feeds import AtomFeed
from tequio.common.i18n import best
from tequio.lawmaking import queries
from tequio.lawmaking.models import Bill, BillStep, Fate, Hearing, Remark
from tequio.lawmaking.topics import sponsor_name, topic_name

ENTRIES = 50
Entry = BillStep | Fate | Hearing | Remark


def _day(item: Entry) -> dt.date:
    if isinstance(item, BillStep | Fate):
        return item.on
    return (item.published_on if isinstance(item, Remark) else item.cancelled_on or item.day) or dt.date.min


class Bills(Feed):
    """Every bill of a place: each step, answer and session, newest first."""

    feed_type = AtomFeed
    said = False  # whether single opinions are told too

    def get_object(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        place = here(request)
        return {
            "rows": queries.bills(place),
            "title": _("Leyes que se están haciendo en %(place)s") % {"place": best(place.name)[0]},
            "link": reverse("lawmaking:bills", args=[place.slug]),
        }

    def title(self, obj: dict[str, Any]) -> str:
        return str(obj["title"])

    def link(self, obj: dict[str, Any]) -> str:
        return str(obj["link"])

    def items(self, obj: dict[str, Any]) -> list[Entry]:
        rows: QuerySet[Bill] = obj["rows"].order_by().values("pk")
        found: list[Entry] = [*queries.steps(obj["rows"])[:ENTRIES]]
        found += Fate.public_rows().filter(bill__in=rows).order_by("-on", "-pk")[:ENTRIES]
        found += Hearing.public_rows().filter(bill__in=rows).order_by("-pk")[:ENTRIES]
        if self.said:
            shown = Remark.public_rows().filter(bill__in=rows, sight=Remark.Sight.SHOWN)
            found += shown.order_by("-published_on", "-number")[:ENTRIES]
        return sorted(found, key=lambda row: (_day(row), row.subject_key()), reverse=True)[:ENTRIES]

    def item_title(self, item: Entry) -> str:
        about = best(item.bill.plain_title)[0] or item.bill.title
        return f"{self._what(item)}: {about}"

    def _what(self, item: Entry) -> str:
        if isinstance(item, BillStep):
            return str(item.get_stage_display())
        if isinstance(item, Fate):
            words = ngettext("Se respondió %(n)s opinión", "Se respondieron %(n)s opiniones", item.count)
            return words % {"n": item.count}
        if isinstance(item, Hearing):
            return _("Sesión cancelada") if item.is_off else _("La discuten")
        return str(item.get_kind_display())

    def item_description(self, item: Entry) -> str:
        if isinstance(item, Fate):
            return f"{item.get_decision_display()}. {best(item.reason)[0]}"
        if isinstance(item, Hearing):
            return ". ".join(filter(None, (item.who, item.where, best(item.words)[0], item.reason)))
        return (item.text or item.wording) if isinstance(item, Remark) else best(item.words)[0]

    def item_link(self, item: Entry) -> str:
        slug, code = item.bill.jurisdiction.slug, item.bill.code
        if isinstance(item, Remark):
            parent = item.parent or item
            return reverse("lawmaking:remark", args=[slug, code, parent.number])
        if isinstance(item, Hearing):
            return item.page
        page = reverse("lawmaking:bill", args=[slug, code])
        return page + (f"#paso-{item.number}" if isinstance(item, BillStep) else f"#respuesta-{item.number}")

    def item_guid(self, item: Entry) -> str:
        return f"tequio:{item.subject_key()}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Entry) -> dt.datetime:
        return dt.datetime.combine(_day(item), dt.time(12), ZoneInfo(item.bill.jurisdiction.time_zone))

    item_updateddate = item_pubdate


class OneBill(Bills):
    """One bill, with what people say of it."""

    said = True

    def get_object(self, request: HttpRequest, code: str = "", **kwargs: Any) -> dict[str, Any]:
        bill = get_object_or_404(queries.bills(here(request)), code=code)
        return {
            "rows": queries.bills(here(request)).filter(pk=bill.pk),
            "title": best(bill.plain_title)[0] or bill.title,
            "link": reverse("lawmaking:bill", args=[here(request).slug, code]),
        }


class OneTopic(Bills):
    """The bills on one subject."""

    def get_object(self, request: HttpRequest, topic: str = "", **kwargs: Any) -> dict[str, Any]:
        place = here(request)
        name = topic_name(place.slug, topic)
        if not name:
            raise Http404
        return {
            "rows": queries.on_topic(queries.bills(place), topic),
            "title": _("Iniciativas sobre %(topic)s") % {"topic": name},
            "link": reverse("lawmaking:topic", args=[place.slug, topic]),
        }


class OneSponsor(Bills):
    """The bills of one deputy."""

    def get_object(self, request: HttpRequest, sponsor: str = "", **kwargs: Any) -> dict[str, Any]:
        place = here(request)
        name = sponsor_name(place.slug, sponsor)
        if not name:
            raise Http404
        return {
            "rows": queries.by_sponsor(queries.bills(place), sponsor),
            "title": _("Iniciativas de %(name)s") % {"name": name},
            "link": reverse("lawmaking:sponsor", args=[place.slug, sponsor]),
        }
