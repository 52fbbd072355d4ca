"""Who may vote in the place of a seat's head."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.meetings.models.body import SeatHolder
from tequio.meetings.models.session import Session
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Delegation(Recorded):
    """The head of a seat lets its liaison or alternate vote: in one ``session``, or in all between two dates.

    ``giver`` is the head's row and ``taker`` the other's, both of the same seat. ``basis`` names the letter. Withdrawn
    from ``withdrawn_on`` on.
    """

    subject = "delegation"

    giver = models.ForeignKey(SeatHolder, models.PROTECT, related_name="delegations_given")
    taker = models.ForeignKey(SeatHolder, models.PROTECT, related_name="delegations_taken")
    number = models.PositiveSmallIntegerField()
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="delegations")
    since = models.DateField(_("desde"), null=True, blank=True)
    until = models.DateField(_("hasta"), null=True, blank=True)
    basis = models.CharField(_("sustento"), max_length=300, blank=True)
    withdrawn_on = models.DateField(_("retirada"), null=True, blank=True)

    class Meta:
        ordering = ["giver", "number"]
        constraints = [models.UniqueConstraint(fields=["giver", "number"], name="delegation_number")]

    def __str__(self) -> str:
        return str(_("Delegación de voto de %(seat)s") % {"seat": self.giver.seat})

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.giver.jurisdiction

    def covers(self, session: Session, day: dt.date) -> bool:
        """Whether the taker may vote by it in ``session``, held on ``day``."""
        if self.withdrawn_on is not None and self.withdrawn_on <= day:
            return False
        if self.session_id is not None:
            return self.session_id == session.pk
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def subject_key(self) -> str:
        seat = self.giver.seat
        return (
            f"{seat.body.jurisdiction.slug}/delegation/{seat.body.slug}.{seat.number}.{self.giver.number}.{self.number}"
        )

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "giver", "taker", "number", "session", "since", "until", "basis", "withdrawn_on")

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Delegation]":
        return cls.objects.select_related(
            "giver__seat__body__jurisdiction", "taker__seat__body__jurisdiction", "session__jurisdiction"
        )
