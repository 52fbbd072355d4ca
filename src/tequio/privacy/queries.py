"""Reads about personal data."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from tequio.places.models import Jurisdiction
from tequio.privacy.models import DataRequest, LegalTerms
from tequio.record.models import Act


def requests(jurisdiction: Jurisdiction) -> "QuerySet[DataRequest]":
    """Every request that was received, newest first."""
    return DataRequest.public_rows().filter(jurisdiction=jurisdiction).order_by("-number")


def open_requests(jurisdiction: Jurisdiction) -> "QuerySet[DataRequest]":
    """Those without a decision, the first due first."""
    return requests(jurisdiction).filter(outcome="").order_by("due", "number")


def terms(jurisdiction: Jurisdiction) -> LegalTerms | None:
    """What the law of the place gives, where somebody has written it down."""
    return LegalTerms.objects.filter(jurisdiction=jurisdiction).first()


@dataclass(frozen=True)
class Counted:
    """Requests in all, decided in time and late, waiting and overdue; and values erased, also without a request."""

    total: int
    on_time: int
    late: int
    waiting: int
    overdue: int
    erased: int


def erasures(jurisdiction: Jurisdiction) -> "QuerySet[Act]":
    """The ledger: each act that erased something, for whatever reason, newest first."""
    return (
        Act.objects.filter(jurisdiction=jurisdiction.slug, kind="disclosure.erased")
        .select_related("numbered")
        .order_by("-id")
    )


def counted(jurisdiction: Jurisdiction, today: dt.date) -> Counted:
    """Counts, in two queries."""
    gone = Q(outcome=DataRequest.Outcome.WITHDRAWN)
    rows = requests(jurisdiction).order_by()
    found = rows.aggregate(
        total=Count("pk"),
        on_time=Count("pk", filter=Q(decided_on__lte=F("due")) & ~gone),
        late=Count("pk", filter=Q(decided_on__gt=F("due")) & ~gone),
        waiting=Count("pk", filter=Q(outcome="", due__gte=today)),
        overdue=Count("pk", filter=Q(outcome="", due__lt=today)),
    )
    return Counted(**found, erased=erasures(jurisdiction).count())
