"""An Atom feed of what was observed."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.common.feeds import AtomFeed
from tequio.common.i18n import best
from tequio.observations import queries
from tequio.observations.models import Observation
from tequio.places.models import Jurisdiction

ENTRIES = 50


class Newest(Feed):
    """The newest observations of a jurisdiction."""

    feed_type = AtomFeed

    def get_object(self, request: HttpRequest, **kwargs: str) -> Jurisdiction:
        return request.jurisdiction  # type: ignore[attr-defined]

    def title(self, jurisdiction: Jurisdiction) -> str:
        return _("Gobierno abierto en %(place)s: lo que la gente observa") % {"place": best(jurisdiction.name)[0]}

    def link(self, jurisdiction: Jurisdiction) -> str:
        return reverse("observations:observations", args=[jurisdiction.slug])

    def items(self, jurisdiction: Jurisdiction) -> list[Observation]:
        return list(queries.public(jurisdiction)[:ENTRIES])

    def item_title(self, item: Observation) -> str:
        return f"{item}: {best(item.commitment.title)[0]}"

    def item_description(self, item: Observation) -> str:
        return item.text if item.is_shown else str(item.get_sight_display())

    def item_link(self, item: Observation) -> str:
        return reverse("observations:observation", args=[item.jurisdiction.slug, item.number])

    def item_pubdate(self, item: Observation) -> dt.datetime:
        zone = ZoneInfo(item.jurisdiction.time_zone)
        return dt.datetime.combine(item.published_on or dt.date.min, dt.time(12), zone)

    def item_updateddate(self, item: Observation) -> dt.datetime:
        zone = ZoneInfo(item.jurisdiction.time_zone)
        days = (item.published_on, item.answered_on, item.commented_on, item.moderated_on, item.reviewed_on)
        return dt.datetime.combine(max(day for day in days if day), dt.time(12), zone)
