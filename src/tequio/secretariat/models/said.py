"""What seats say about a decision beside voting: objections to a consensus, and conflicts of interest."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.meetings.models import Seat, SeatHolder
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of
from tequio.secretariat.models.ballot import How
from tequio.secretariat.models.decision import Decision


class Objection(Recorded):
    """A seat does not go along with a consensus, and says why. It stands until the seat takes it back."""

    subject = "objection"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="objections")
    number = models.PositiveSmallIntegerField()
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="objections")
    holder = models.ForeignKey(SeatHolder, models.PROTECT, related_name="objections")
    reason = models.TextField(_("por qué objeta"), max_length=1000)
    how = models.CharField(_("cómo se dijo"), max_length=10, choices=How.choices, blank=True)
    raised_on = models.DateField(_("presentada el"))
    withdrawn_on = models.DateField(_("retirada el"), null=True, blank=True)

    class Meta:
        ordering = ["decision", "number"]
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="objection_number")]

    def __str__(self) -> str:
        return str(_("Objeción de %(seat)s") % {"seat": self.seat})

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.decision.jurisdiction

    def subject_key(self) -> str:
        return f"{self.decision.jurisdiction.slug}/objection/{self.decision.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "decision", "number", "seat", "holder", "how", "raised_on", "withdrawn_on")

    def hidden_state(self) -> dict[str, str]:
        return {"reason": self.reason} if self.reason else {}

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Objection]":
        return cls.objects.select_related(
            "decision__jurisdiction", "seat__body__jurisdiction", "holder__seat__body__jurisdiction"
        )


class ConflictDeclared(Recorded):
    """Somebody of a seat says that they have an interest in what is decided: the seat counts on no side of it."""

    subject = "recusal"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="conflicts")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="conflicts")
    holder = models.ForeignKey(SeatHolder, models.PROTECT, related_name="conflicts")
    reason = models.TextField(_("en qué consiste"), max_length=1000)
    how = models.CharField(_("cómo se dijo"), max_length=10, choices=How.choices, blank=True)
    declared_on = models.DateField(_("declarado el"))

    class Meta:
        ordering = ["decision", "seat__number"]
        constraints = [models.UniqueConstraint(fields=["decision", "seat"], name="recusal_once")]

    def __str__(self) -> str:
        return str(_("Conflicto de interés de %(seat)s") % {"seat": self.seat})

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.decision.jurisdiction

    def subject_key(self) -> str:
        return f"{self.decision.jurisdiction.slug}/recusal/{self.decision.number}.{self.seat.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "decision", "seat", "holder", "how", "declared_on")

    def hidden_state(self) -> dict[str, str]:
        return {"reason": self.reason} if self.reason else {}

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[ConflictDeclared]":
        return cls.objects.select_related(
            "decision__jurisdiction", "seat__body__jurisdiction", "holder__seat__body__jurisdiction"
        )
