"""Reads about notices: what is new for somebody, and the log of mails."""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from tequio.notices.models import Delivery, Follow, Follower, Happening, Reminded
from tequio.people.models import Account
from tequio.places.models import Jurisdiction

SHOWN = 99  # unread notices are counted up to here
MONTH = dt.timedelta(days=30)


def follower_for(account: Account, jurisdiction: Jurisdiction) -> Follower | None:
    """The account as a follower, if it ever followed something here."""
    return Follower.objects.filter(account=account, jurisdiction=jurisdiction).select_related("account").first()


def happenings(follower: Follower) -> QuerySet[Happening, Any]:
    """What happened to the things followed since each is followed, each act once, newest first: position and thing."""
    mine = Follow.objects.filter(follower=follower)
    after = mine.filter(key=OuterRef("key"), since__lt=OuterRef("position"))
    rows = Happening.objects.filter(Exists(after), key__in=mine.values("key"))
    return rows.values("position", "about").distinct().order_by("-position")


def unread(account: Account, jurisdiction: Jurisdiction) -> int:
    """How many acts the person has not seen yet, at most ``SHOWN``; one query."""
    mine = Follow.objects.filter(follower__account=account, follower__jurisdiction=jurisdiction)
    after = mine.filter(key=OuterRef("key"), since__lt=OuterRef("position"), follower__read_to__lt=OuterRef("position"))
    rows = Happening.objects.filter(Exists(after), key__in=mine.values("key"))
    return len(rows.values_list("position", flat=True).distinct()[:SHOWN])


def reminders(account: Account, jurisdiction: Jurisdiction) -> list[Reminded]:
    """The newest reminders to the person in their roles here."""
    rows = Reminded.objects.filter(
        person__account=account, person__jurisdiction=jurisdiction, created__gt=timezone.now() - 2 * MONTH
    )
    return list(rows.order_by("-created", "due", "pk")[:20])


def deliveries(jurisdiction: Jurisdiction, state: str = "") -> QuerySet[Delivery]:
    """The mails of a jurisdiction, newest first."""
    rows = Delivery.objects.filter(jurisdiction=jurisdiction)
    if state:
        rows = rows.filter(state=state)
    return rows.select_related("follower__account", "person__account").order_by("-created", "-pk")


def counts(jurisdiction: Jurisdiction) -> dict[str, int]:
    """How many mails of the last thirty days are in each state."""
    rows = Delivery.objects.filter(jurisdiction=jurisdiction, created__gt=timezone.now() - MONTH)
    return dict(rows.values_list("state").annotate(n=Count("pk")).order_by("state"))


def stopped(jurisdiction: Jurisdiction) -> int:
    """How many addresses we no longer write to, because their server refuses."""
    return Follower.objects.filter(jurisdiction=jurisdiction, stopped__isnull=False).count()


def masked(address: str) -> str:
    """An address of which only the first letters are shown: ``s•••@e•••.mx``."""
    name, at, domain = address.partition("@")
    if not at:
        return ""
    return f"{name[:1]}•••@{domain[:1]}•••{domain[domain.rfind('.') :]}"
