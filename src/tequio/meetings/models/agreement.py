"""What a session agreed on, whose it is, and what became of it."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.meetings.models.agenda import AgendaItem
from tequio.meetings.models.body import Body, Seat
from tequio.meetings.models.session import Session
from tequio.people.models import Organisation
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Agreement(Recorded):
    """An agreement with an owner and a day (TQ-3). Public when the minutes that hold it are approved (``agreed_on``).

    The owner is a seat or an organisation. ``notes`` ``[{"on", "text", "by", "state"}]`` is its follow-up, by whoever
    answers for it; ``by`` is the key of a role.
    """

    subject = "agreement"

    class State(models.TextChoices):
        OPEN = "open", _("Por cumplir")
        DONE = "done", _("Cumplido")
        DROPPED = "dropped", _("Sin efecto")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="agreements")
    number = models.PositiveIntegerField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="agreements")
    session = models.ForeignKey(Session, models.PROTECT, related_name="agreements")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="agreements")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("acuerdo"), max_length=2000)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="agreements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="agreements")
    due = models.DateField(_("para cuándo"), null=True, blank=True)
    state = models.CharField(_("estado"), max_length=10, choices=State.choices, default=State.OPEN)
    agreed_on = models.DateField(_("aprobado el"), null=True, blank=True)
    closed_on = models.DateField(_("cerrado el"), null=True, blank=True)
    notes = models.JSONField(_("seguimiento"), default=list, blank=True)

    class Meta:
        ordering = ["session", "order", "number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="agreement_number")]
        indexes = [models.Index(fields=["body", "state", "due"], name="agreement_due")]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 90 else self.text[:89].rstrip() + "…"

    @property
    def owner(self) -> str:
        """Whose it is, in words."""
        if self.seat:
            return str(self.seat)
        return self.organisation.name if self.organisation else ""

    def is_late(self, today: dt.date) -> bool:
        """Whether it is past its day and not done, or was done after it."""
        if self.due is None or self.state == self.State.DROPPED:
            return False
        return (self.closed_on or today) > self.due

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/agreement/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "body", "session", "item", "order", "text", "seat", "organisation", "due", "state"),
            *("agreed_on", "closed_on", "notes"),
        )

    def is_public(self) -> bool:
        return self.agreed_on is not None

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Agreement]":
        return cls.objects.filter(agreed_on__isnull=False).select_related(
            *("jurisdiction", "body__jurisdiction", "session__jurisdiction", "item__jurisdiction"),
            *("seat__body__jurisdiction", "organisation__jurisdiction"),
        )
