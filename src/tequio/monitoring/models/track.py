"""Where each activity stands: the state of verification and what its institution said last."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models import Activity, Commitment
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Said(models.TextChoices):
    """How far along the lead institution says that an activity is. No report at all is no value here."""

    NOT_STARTED = "not_started", _("Sin iniciar")
    IN_PROCESS = "in_process", _("En proceso")
    COMPLETE = "complete", _("Cumplida")


class State(models.TextChoices):
    """Where an activity stands in verification (standards §6.2)."""

    PENDING = "pending", _("Pendiente de reporte")
    REPORTED = "reported", _("Reportada")
    UNDER_REVIEW = "under_review", _("En verificación")
    VERIFIED = "verified", _("Verificada")
    OBSERVED = "observed", _("Observada")
    REJECTED = "rejected", _("No acreditada")
    REOPENED = "reopened", _("Reabierta")


# The look of each state of the five of design §5; a pending activity's depends on its date (``lights``).
STATE_LIGHT = {
    State.VERIFIED: "green",
    State.REPORTED: "blue",
    State.UNDER_REVIEW: "blue",
    State.REOPENED: "blue",
    State.OBSERVED: "amber",
    State.REJECTED: "red",
}


class Track(Recorded):
    """Where an activity stands: the state of verification and what its institution said last.

    An activity without a track has no report and no verification: state ``pending``.
    """

    subject = "track"

    activity = models.OneToOneField(Activity, models.PROTECT, related_name="track")
    state = models.CharField(max_length=20, choices=State.choices, default=State.PENDING)
    said = models.CharField(max_length=20, choices=Said.choices, blank=True)
    said_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.activity}: {self.state}"

    def subject_key(self) -> str:
        return f"{self.activity.jurisdiction.slug}/track/{self.activity.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "activity", "state", "said", "said_on", "decided_on")

    def is_public(self) -> bool:
        return self.activity.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Track]":
        return cls.objects.filter(activity__commitment__status=Commitment.Status.PUBLISHED).select_related(
            "activity__jurisdiction"
        )
