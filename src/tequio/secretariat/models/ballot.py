"""How each seat voted; in a secret ballot only that it did."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.meetings.models import Delegation, Seat, SeatHolder
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of
from tequio.secretariat import deciding
from tequio.secretariat.models.decision import Decision


class How(models.TextChoices):
    """How a vote, an objection or a conflict was said, where not by its seat on its own device."""

    ROOM = "room", _("De viva voz o a mano alzada; lo anotó el Secretariado")


class Ballot(Recorded):
    """One seat's vote on a decision, public as it is cast.

    ``holder`` is who cast it: the head, or whoever the head delegated to (``delegation``). Recorded ballots hold their
    ``choice`` and may change until the decision closes; their ``reason`` stands in the record as an erasable value. In a
    secret ballot both stay empty for ever: the choice went into the ``Urn`` and is nowhere else. ``how`` is ``room`` where
    the secretariat wrote the vote down as the hand was raised; the seat itself may change it.
    """

    subject = "ballot"

    class Choice(models.TextChoices):
        FOR = deciding.FOR, _("A favor")
        AGAINST = deciding.AGAINST, _("En contra")
        ABSTAIN = deciding.ABSTAIN, _("Abstención")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="ballots")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="ballots")
    holder = models.ForeignKey(SeatHolder, models.PROTECT, related_name="ballots")
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, blank=True, related_name="ballots")
    choice = models.CharField(_("voto"), max_length=10, choices=Choice.choices, blank=True)
    reason = models.TextField(_("razón"), max_length=1000, blank=True)
    how = models.CharField(_("cómo se emitió"), max_length=10, choices=How.choices, blank=True)
    cast_on = models.DateField(_("emitido el"))

    class Meta:
        ordering = ["decision", "seat__number"]
        constraints = [models.UniqueConstraint(fields=["decision", "seat"], name="secretariat_ballot_once")]

    def __str__(self) -> str:
        return str(_("Voto de %(seat)s") % {"seat": self.seat})

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.decision.jurisdiction

    def subject_key(self) -> str:
        return f"{self.decision.jurisdiction.slug}/ballot/{self.decision.number}.{self.seat.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "decision", "seat", "holder", "delegation", "choice", "how", "cast_on")

    def hidden_state(self) -> dict[str, str]:
        return {"reason": self.reason} if self.reason else {}

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Ballot]":
        return cls.objects.select_related(
            *("decision__jurisdiction", "seat__body__jurisdiction", "holder__seat__body__jurisdiction"),
            "delegation__giver__seat__body__jurisdiction",
        )


class Urn(models.Model):
    """The choices of a secret ballot, as one heap of counts by house, while it is open. Private; burnt at closing.

    No row of any table holds a choice beside a seat, an order or a time. All counts stand in one column that each
    vote writes whole, so that the rows of the database do not tell which count went up with whose vote.
    """

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="urn")
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(_("Urna"))
