"""The seats of Jalisco's Local Technical Secretariat as the source names them: offices and sectors, no person, no session."""

from typing import Any

from django.db import transaction

from tequio.meetings.actions import add_seat, found_body
from tequio.meetings.models import Body
from tequio.people.models import Office
from tequio.places.models import Jurisdiction
from tequio.record.append import SYSTEM

SLUG = "secretariado-tecnico-local"
MEMBER = "integrante del Secretariado Técnico Local"  # as the notes of the actors say


@transaction.atomic
def load_seats(jurisdiction: Jurisdiction, actors: list[dict[str, Any]]) -> None:
    """Makes the body and a seat for each office of a member, once. Who holds them no source says, so nobody does."""
    if Body.objects.filter(jurisdiction=jurisdiction, slug=SLUG).exists():
        return
    body = found_body(
        jurisdiction=jurisdiction,
        kind=Body.Kind.SECRETARIAT,
        slug=SLUG,
        name={
            "es": "Secretariado Técnico Local de Gobierno Abierto de Jalisco",
            "en": "Local Technical Secretariat of Open Government of Jalisco",
        },
        by=SYSTEM,
    )
    members = {actor["name"]: actor for actor in actors if any(MEMBER in note["es"] for note in actor["notes"])}
    offices = Office.objects.filter(organisation__jurisdiction=jurisdiction, organisation__name__in=members)
    for office in offices.select_related("organisation__jurisdiction").order_by("organisation__pk", "pk"):
        organisation = office.organisation
        add_seat(
            body=body,
            name=office.name,
            sector=organisation.sector or "other",
            organisation=organisation,
            office=office,
            basis="; ".join(members[organisation.name]["sources"])[:300],
            by=SYSTEM,
        )
