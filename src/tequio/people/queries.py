"""Reads about people: who holds which role today."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from tequio.people.models import Account, Role
from tequio.places.models import Jurisdiction


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
