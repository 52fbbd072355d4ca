"""What meetings put on the pages of people: the secretariat's seats, and what an organisation sits in and answers for."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from tequio.meetings import queries
from tequio.meetings.models import Agreement, Seat
from tequio.people.models import Organisation
from tequio.places.models import Jurisdiction

Filled = tuple[str, dict[str, Any]]
SHOWN = 5


def of_directory(request: HttpRequest, jurisdiction: Jurisdiction) -> Filled | None:
    """The seats of the secretariat in office, where it is a body."""
    today = timezone.localdate()
    body = queries.secretariat_of(jurisdiction, today)
    if body is None:
        return None
    return "meetings/parts/directory.html", {"body": body, "groups": queries.seats_by_sector(body, today)}


def of_organisation(request: HttpRequest, organisation: Organisation) -> Filled | None:
    """The seats of an organisation, and the agreements that it answers for."""
    seats = list(Seat.objects.filter(organisation=organisation, until=None).select_related("body__jurisdiction"))
    agreements = queries.public_agreements(organisation.jurisdiction)
    own = agreements.filter(organisation=organisation) | agreements.filter(seat__organisation=organisation)
    rows = list(own.filter(state=Agreement.State.OPEN)[:SHOWN])
    if not seats and not rows:
        return None
    return "meetings/parts/organisation.html", {"seats": seats, "agreements": rows, "today": timezone.localdate()}
