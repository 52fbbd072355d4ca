"""Reads about labs."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from tequio.cocreation.models import Contribution
from tequio.labs.models import Lab, Outreach, Sheet, Stop
from tequio.places.models import Jurisdiction


def public(jurisdiction: Jurisdiction) -> "QuerySet[Lab]":
    """Every published lab with its stops, the newest first."""
    rows = Lab.public_rows().filter(jurisdiction=jurisdiction)
    stops = Prefetch("stops", Stop.objects.select_related("municipality").order_by("day", "number"))
    return rows.prefetch_related(stops).order_by("-number")


def for_work(jurisdiction: Jurisdiction) -> "QuerySet[Lab]":
    """Every lab, drafts too, with its sheets counted."""
    rows = Lab.objects.filter(jurisdiction=jurisdiction).select_related("jurisdiction", "call")
    printed, entered = Count("sheets"), Count("sheets", filter=Q(sheets__entered__isnull=False))
    waiting = Count("sheets", filter=_waits("sheets__"))
    return rows.annotate(printed=printed, entered=entered, waiting=waiting).order_by("-number")


def _waits(path: str = "") -> Q:
    return Q(**{f"{path}entered__isnull": False, f"{path}contribution": None})


def waiting_sheets(jurisdiction: Jurisdiction) -> "QuerySet[Sheet]":
    """Sheets that were entered and are no contribution yet."""
    return Sheet.objects.filter(_waits(), lab__jurisdiction=jurisdiction).select_related("lab__jurisdiction")


def stops_of(lab: Lab) -> "QuerySet[Stop]":
    """The route in order, with how many sheets each stop brought."""
    rows = lab.stops.select_related("municipality", "lab__jurisdiction").order_by("day", "number")
    return rows.annotate(brought=Count("sheets", filter=Q(sheets__contribution__isnull=False)))


def outreach_of(lab: Lab) -> "QuerySet[Outreach]":
    """How people were told, in order."""
    return lab.outreach.select_related("stop__municipality", "lab__jurisdiction").order_by("day", "number")


def brought(lab: Lab) -> "QuerySet[Contribution]":
    """The contributions that the lab's sheets became, the newest first."""
    mine = lab.sheets.filter(contribution__isnull=False).values("contribution")
    rows = Contribution.public_rows().filter(pk__in=mine)
    return rows.select_related("jurisdiction", "answer", "place").order_by("-number")


@dataclass(frozen=True)
class Reach:
    """Promised beside achieved: people in the stops whose number may be told (``untold`` stops have fewer), municipalities,
    and what outreach expected and reached."""

    people: int
    untold: int
    places: int
    told_promised: int
    told_achieved: int
    brought: int
    answered: int


def reach_of(lab: Lab) -> Reach:
    """In three queries."""
    held = lab.stops.filter(status=Stop.Status.HELD)
    counted: dict[str, Any] = held.aggregate(
        people=Sum("attended"),
        untold=Count("pk", filter=Q(few=True)),
        places=Count("municipality", distinct=True),
        elsewhere=Count("place", filter=Q(municipality=None), distinct=True),
    )
    told = lab.outreach.aggregate(promised=Sum("promised"), achieved=Sum("achieved"))
    answers = lab.sheets.filter(contribution__isnull=False).aggregate(
        all=Count("pk"), answered=Count("pk", filter=Q(contribution__closed_on__isnull=False))
    )
    return Reach(
        people=counted["people"] or 0,
        untold=counted["untold"],
        places=counted["places"] + counted["elsewhere"],
        told_promised=told["promised"] or 0,
        told_achieved=told["achieved"] or 0,
        brought=answers["all"],
        answered=answers["answered"],
    )
