"""Reads about people: who holds which role today."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from tequio.people.models import Account, Organisation, Role
from tequio.places.models import Jurisdiction
from tequio.vocabularies import terms


def roles_held(account: Account, jurisdiction: Jurisdiction | None = None) -> QuerySet[Role]:
    """The roles that ``account`` holds today, in one jurisdiction or in all."""
    today = timezone.localdate()
    roles = Role.objects.filter(person__account=account).filter(
        Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gte=today)
    )
    if jurisdiction is not None:
        roles = roles.filter(jurisdiction=jurisdiction)
    return roles.select_related("jurisdiction", "organisation", "office", "person")


def acting_role(account: Account, jurisdiction: Jurisdiction, chosen: int | None) -> Role | None:
    """The role to act in: the chosen one if it is held today, else the first."""
    roles = list(roles_held(account, jurisdiction))
    return next((role for role in roles if role.number == chosen), roles[0] if roles else None)


DEMO_DOMAIN = "@ejemplo.invalid"  # a domain that cannot exist (RFC 2606), so that no mail of the demo reaches anybody


def demo_accounts() -> QuerySet[Role]:
    """The roles whose holders are the invented people of practice jurisdictions, for the sign-in page of a trial."""
    return (
        Role.objects.filter(jurisdiction__is_practice=True, person__account__email__endswith=DEMO_DOMAIN, until=None)
        .select_related("jurisdiction", "person__account", "organisation", "office")
        .order_by("jurisdiction", "number")
    )


def demo_account(email: str) -> Account | None:
    """The account of an invented person; none for any other address."""
    role = demo_accounts().filter(person__account__email=email.lower()).first()
    return role.person.account if role and role.person else None


def by_sector(jurisdiction: Jurisdiction) -> list[tuple[str, list[Organisation]]]:
    """The institutions that stand for themselves (not merged into another), by sector in the list's order."""
    rows = Organisation.objects.filter(jurisdiction=jurisdiction).filter(Q(replaced_by=None) | Q(dissolved=True))
    groups: dict[str, list[Organisation]] = {}
    for row in rows.order_by("name"):
        groups.setdefault(row.sector, []).append(row)
    order = [*terms.keys("sector"), ""]
    return [(terms.label("sector", key), groups[key]) for key in order if key in groups]


def public_roles(organisation: Organisation, today: dt.date) -> list[Role]:
    """The organisation's roles that are not over, with their holders where these are public."""
    rows = organisation.roles.filter(Q(until=None) | Q(until__gte=today))
    return list(rows.select_related("office", "person", "organisation", "jurisdiction"))
