"""Reads about observations."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from tequio.commitments.models import Activity, Commitment, Evidence
from tequio.observations.models import Observation
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan

ALIVE = (Observation.Sight.SHOWN, Observation.Sight.HELD)


def every() -> "QuerySet[Observation]":
    """Everything that was observed on this installation, newest first, with what its pages show."""
    rows = Observation.public_rows().filter(commitment__plan__status=Plan.Status.PUBLISHED)
    rows = rows.select_related(
        *("jurisdiction", "commitment__jurisdiction", "commitment__plan", "activity__jurisdiction", "place", "photo"),
        *("evidence__commitment__jurisdiction", "answered_by__office", "answered_by__organisation__jurisdiction"),
        *("answered_by__jurisdiction", "answered_by__person", "commented_by__jurisdiction", "commented_by__office"),
        *("commented_by__organisation__jurisdiction", "commented_by__person"),
    )
    return rows.order_by("-published_on", "-number")


def public(jurisdiction: Jurisdiction) -> "QuerySet[Observation]":
    """Everything that was observed in a jurisdiction, newest first."""
    return every().filter(jurisdiction=jurisdiction)


def about(obj: Commitment | Activity | Evidence) -> "QuerySet[Observation]":
    """What was observed of an object: of a commitment, also what was observed of its parts."""
    rows = public(obj.jurisdiction if not isinstance(obj, Evidence) else obj.commitment.jurisdiction)
    if isinstance(obj, Evidence):
        return rows.filter(evidence=obj)
    return rows.filter(activity=obj) if isinstance(obj, Activity) else rows.filter(commitment=obj)


def _waits(today: dt.date) -> tuple[Q, Q]:
    open_now = Q(answered_on=None, sight__in=ALIVE)
    return open_now & Q(due__gte=today), open_now & Q(due__lt=today)


def state_filter(state: str, today: dt.date) -> Q:
    """The rows in a state that readers may ask for; all of them for anything else."""
    waiting, overdue = _waits(today)
    return {
        "esperando": waiting,
        "vencida": overdue,
        "a-tiempo": Q(answered_on__lte=F("due")),
        "tarde": Q(answered_on__gt=F("due")),
        "oculta": Q(moderated_on__isnull=False),
    }.get(state, Q())


@dataclass(frozen=True)
class Clock:
    """How the committee answers: all that was observed, answered on time and late, waiting in time and overdue."""

    total: int
    on_time: int
    late: int
    waiting: int
    overdue: int

    @property
    def late_in_all(self) -> int:
        """Answered late, or not yet although the date is past."""
        return self.late + self.overdue


def clock_of(rows: "QuerySet[Observation]", today: dt.date) -> Clock:
    """Counts in one query."""
    waiting, overdue = _waits(today)
    counted = rows.order_by().aggregate(
        total=Count("pk"),
        on_time=Count("pk", filter=Q(answered_on__lte=F("due"))),
        late=Count("pk", filter=Q(answered_on__gt=F("due"))),
        waiting=Count("pk", filter=waiting),
        overdue=Count("pk", filter=overdue),
    )
    return Clock(**counted)


def moderated(jurisdiction: Jurisdiction) -> "QuerySet[Observation]":
    """What was hidden at some time, whether or not it came back."""
    return public(jurisdiction).filter(moderated_on__isnull=False).order_by("-moderated_on", "-number")


def open_for_committee(jurisdiction: Jurisdiction) -> "QuerySet[Observation]":
    """What waits for members: to be answered, looked at, or decided again."""
    look = Q(sight=Observation.Sight.HELD) | Q(photo_sight=Observation.Photo.WAITING)
    again = Q(appealed_on__isnull=False, reviewed_on=None) & ~Q(sight=Observation.Sight.WITHDRAWN)
    # A flag is the last line of a list, which databases do not filter alike; those that have lines are few.
    flagged = Q(sight=Observation.Sight.SHOWN) & ~Q(moderation=[])
    return public(jurisdiction).filter(Q(answered_on=None, sight__in=ALIVE) | look | again | flagged)


def target(obj: Observation) -> Any:
    """What was observed: the piece of evidence, the activity or the commitment."""
    return obj.evidence or obj.activity or obj.commitment
