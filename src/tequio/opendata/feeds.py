"""An Atom feed of what happened, and a calendar of deadlines."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from tequio.common.feeds import AtomFeed
from tequio.common.i18n import best
from tequio.monitoring.models import State
from tequio.opendata.rows import board_rows
from tequio.places.models import Jurisdiction
from tequio.plans.deadlines import MET, obligations
from tequio.plans.queries import public_plans
from tequio.record.models import Act
from tequio.record.queries import Told

ENTRIES = 50


class Latest(Feed):
    """The latest public acts of a jurisdiction, newest first."""

    feed_type = AtomFeed

    def get_object(self, request: HttpRequest, **kwargs: Any) -> Jurisdiction:
        return request.jurisdiction  # type: ignore[attr-defined]

    def title(self, jurisdiction: Jurisdiction) -> str:
        return _("Gobierno abierto en %(place)s: lo más reciente") % {"place": best(jurisdiction.name)[0]}

    def link(self, jurisdiction: Jurisdiction) -> str:
        return reverse("record:acts", args=[jurisdiction.slug])

    def items(self, jurisdiction: Jurisdiction) -> list[Told]:
        acts = Act.objects.filter(jurisdiction=jurisdiction.slug, numbered__isnull=False).select_related("numbered")
        return [Told(act, act.numbered.position, False) for act in acts.order_by("-numbered__position")[:ENTRIES]]

    def item_title(self, item: Told) -> str:
        title = best(item.title)[0]
        # An object that has only a number is called by its key: "mxjl0002.1" says more than "1".
        return f"{item.words}: {item.act.on.split('/', 2)[2] if title.isdigit() else title}"

    def item_description(self, item: Told) -> str:
        return str(item.entry.get("why", ""))

    def item_link(self, item: Told) -> str:
        return reverse("record:act", args=[item.act.jurisdiction, item.number])

    def item_pubdate(self, item: Told) -> dt.datetime:
        return item.act.at

    item_updateddate = item_pubdate


def deadlines(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The deadlines of all activities still to be verified, and what each running plan must still do, as iCalendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tequio//tequio//ES")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Plazos de gobierno abierto"))
    place: Jurisdiction = request.jurisdiction  # type: ignore[attr-defined]
    for row in board_rows(place):
        for step in row.steps:
            if step.deadline.due is None or step.standing.state == State.VERIFIED:
                continue
            calendar.add_component(
                _event(
                    f"{jurisdiction}-actividad-{step.activity.number}",
                    step.deadline.due,
                    _("Vence: %(title)s") % {"title": best(step.activity.title)[0]},
                    best(row.commitment.title)[0],
                    reverse("commitments:activity", args=[jurisdiction, step.activity.number]),
                )
            )
    today = timezone.localdate()
    for plan in public_plans(place):
        for duty in obligations(plan, today):
            if duty.due is None or duty.due < today or duty.state == MET:
                continue
            calendar.add_component(
                _event(
                    f"{jurisdiction}-plan-{plan.number}-{duty.key}-{duty.place}",
                    duty.due,
                    _("Le toca al plan: %(what)s") % {"what": duty.label},
                    f"{best(plan.title)[0]}. {duty.rule}",
                    reverse("plans:plan", args=[jurisdiction, plan.number]) + "#obligaciones",
                )
            )
    calendar.add("x-published-ttl", "P1D")
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{jurisdiction}-plazos.ics"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _event(name: str, due: dt.date, summary: str, description: str, path: str) -> Event:
    """A whole day in the calendar. ``name`` stays the same for ever, so that a calendar that comes again moves it."""
    event = Event()
    event.add("uid", f"{name}@{settings.BASE_URL.split('://', 1)[-1]}")
    # A calendar wants a stamp; the start of the due day keeps the file the same from one minute to the next.
    event.add("dtstamp", dt.datetime.combine(due, dt.time(), dt.UTC))
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("summary", summary)
    event.add("description", description)
    event.add("url", settings.BASE_URL + path)
    return event
