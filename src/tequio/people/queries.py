"""Reads about people: institutions, and who holds which role today."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from tequio.people.models import Account, Office, Organisation, Role
from tequio.places.models import Jurisdiction
from tequio.vocabularies import terms

DEMO_DOMAIN = "@ejemplo.invalid"  # a domain that cannot exist (RFC 2606), so that no mail of the demo reaches anybody
FORUM = ("poc", "secretariat", "seat_head", "seat_liaison")  # the roles that make up the local secretariat's forum


def in_force(roles: QuerySet[Role], day: dt.date) -> QuerySet[Role]:
    """Those of ``roles`` whose dates cover ``day``."""
    return roles.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day))


def roles_held(account: Account, jurisdiction: Jurisdiction | None = None) -> QuerySet[Role]:
    """The roles that ``account`` holds today, in one jurisdiction or in all."""
    roles = in_force(Role.objects.filter(person__account=account), timezone.localdate())
    if jurisdiction is not None:
        roles = roles.filter(jurisdiction=jurisdiction)
    return roles.select_related("jurisdiction", "organisation", "office", "person").order_by("jurisdiction", "number")


def acting_role(account: Account, jurisdiction: Jurisdiction, chosen: int | None) -> Role | None:
    """The role to act in: the chosen one if it is held today, else the first."""
    roles = list(roles_held(account, jurisdiction))
    return next((role for role in roles if role.number == chosen), roles[0] if roles else None)


def demo_accounts() -> QuerySet[Role]:
    """The roles whose holders are the invented people of practice jurisdictions, for the sign-in page of a trial."""
    invented = Role.objects.filter(jurisdiction__is_practice=True, person__account__email__endswith=DEMO_DOMAIN)
    return (
        in_force(invented, timezone.localdate())
        .filter(person__account__is_active=True, person__account__is_staff=False)
        .select_related("jurisdiction", "person__account", "organisation", "office")
        .order_by("jurisdiction__order", "jurisdiction__slug", "number")
    )


def demo_role(jurisdiction: str, number: int) -> Role | None:
    """The role of an invented person; none for any other."""
    return demo_accounts().filter(jurisdiction__slug=jurisdiction, number=number).first()


def by_sector(jurisdiction: Jurisdiction) -> list[tuple[str, list[Organisation]]]:
    """The institutions that stand for themselves (not merged into another), by sector in the list's order."""
    groups: dict[str, list[Organisation]] = {}
    for row in standing(jurisdiction):
        groups.setdefault(row.sector, []).append(row)
    order = [*terms.keys("sector"), ""]
    order += sorted(set(groups) - set(order))
    return [(terms.label("sector", key), groups[key]) for key in order if key in groups]


def standing(jurisdiction: Jurisdiction) -> QuerySet[Organisation]:
    """The institutions that stand for themselves: dissolved ones too, merged ones not."""
    rows = Organisation.objects.filter(jurisdiction=jurisdiction).filter(Q(replaced_by=None) | Q(dissolved=True))
    return rows.select_related("jurisdiction").order_by("name")


def searched(jurisdiction: Jurisdiction, words: str) -> list[Organisation]:
    """Institutions whose name, acronym or other words hold ``words``, accents and case apart."""
    rows = list(standing(jurisdiction))
    wanted = terms.fold(words)
    if not wanted:
        return rows
    return [
        row
        for row in rows
        if any(wanted in terms.fold(text) for text in (row.name, row.acronym, *(a["words"] for a in row.aliases)))
    ]


def names_of(jurisdiction: str, slugs: Collection[str]) -> dict[str, Any]:
    """The names of some organisations of a jurisdiction, by slug; those that are not there are left out."""
    rows = Organisation.objects.filter(jurisdiction__slug=jurisdiction, slug__in=slugs)
    return dict(rows.values_list("slug", "name"))


def public_roles(organisation: Organisation, today: dt.date) -> list[Role]:
    """The organisation's roles that are not over, with their holders where these are public."""
    rows = organisation.roles.filter(Q(until=None) | Q(until__gte=today))
    return list(rows.select_related("office", "person", "organisation", "jurisdiction"))


def offices_without_a_role(organisation: Organisation, roles: list[Role]) -> list[Office]:
    """Posts of which we know only that they exist: no source names who holds them, none says that they are vacant."""
    told = {role.office_id for role in roles}
    return [office for office in organisation.offices.all() if office.pk not in told]


@dataclass
class Seat:
    """What the directory of the secretariat tells of one organisation."""

    organisation: Organisation | None
    roles: list[Role] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)


def directory(jurisdiction: Jurisdiction, today: dt.date) -> list[Seat]:
    """Who makes up the local secretariat, by organisation: the roles of its forum that are not over, and the posts of
    those organisations of which no source names the holder. Costs the same two queries for any number of them."""
    roles = Role.objects.filter(jurisdiction=jurisdiction, kind__in=FORUM).filter(Q(until=None) | Q(until__gte=today))
    seats: dict[int | None, Seat] = {}
    for role in roles.select_related("office", "person", "organisation", "jurisdiction").order_by("number"):
        seats.setdefault(role.organisation_id, Seat(role.organisation)).roles.append(role)
    for office in Office.objects.filter(organisation__in=[key for key in seats if key]):
        seat = seats[office.organisation_id]
        if office.pk not in {role.office_id for role in seat.roles}:
            seat.offices.append(office)
    return list(seats.values())


def roles_of(jurisdiction: Jurisdiction) -> QuerySet[Role]:
    """All roles ever granted here, the newest first within their kind."""
    rows = Role.objects.filter(jurisdiction=jurisdiction)
    return rows.select_related("jurisdiction", "organisation", "office", "person__account").order_by("-number")
