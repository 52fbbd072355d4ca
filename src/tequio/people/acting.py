"""From a request to the actor of the record."""

from django.http import HttpRequest

from tequio.people.models import Role
from tequio.record.append import Actor


def actor_of(role: Role) -> Actor:
    """The actor that a role is: organisation, kind of role and office, in Spanish as the record keeps it."""
    office = role.office.name.localize("es") if role.office else ""
    return Actor(organisation=role.organisation.slug if role.organisation else "", role=role.kind, office=office)


def actor_for(request: HttpRequest) -> Actor:
    """The actor of a request whose permission was checked before."""
    return actor_of(request.role)  # type: ignore[attr-defined]
