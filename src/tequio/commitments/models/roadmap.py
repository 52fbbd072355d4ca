"""Road-map versions: every state of a commitment since it was submitted, with the reason of each change."""

from hashlib import sha256
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models.commitment import Commitment
from tequio.record.models import Recorded
from tequio.record.state import free_form, state_of


class RoadmapVersion(Recorded):
    """A commitment with its activities, indicators and money as they stood, in the form of the plan document.

    Version 1 is the signed first version and stays public beside the current one.
    """

    subject = "roadmap"

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    document = models.JSONField()
    made_on = models.DateField(_("fecha"))
    reason = models.TextField(_("motivo"), blank=True)
    requested_by = models.CharField(_("quién lo pidió"), max_length=250, blank=True)
    decision = models.CharField(_("decisión que lo aprueba"), max_length=300, blank=True)
    decided_on = models.DateField(_("fecha de la decisión"), null=True, blank=True)

    class Meta:
        ordering = ["commitment", "number"]
        constraints = [models.UniqueConstraint(fields=["commitment", "number"], name="roadmap_number")]

    def __str__(self) -> str:
        return f"{self.commitment} · {self.number}"

    def subject_key(self) -> str:
        return f"{self.commitment.jurisdiction.slug}/roadmap/{self.commitment.code}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        # The whole document may be longer than an act; its fingerprint pins every character of it.
        return state_of(
            self,
            *("commitment", "number", "made_on", "reason", "requested_by", "decision", "decided_on"),
            document_sha256=sha256(free_form(self.document).encode()).hexdigest(),
        )

    def is_public(self) -> bool:
        return self.commitment.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[RoadmapVersion]":
        return cls.objects.filter(commitment__status=Commitment.Status.PUBLISHED).select_related(
            "commitment__jurisdiction"
        )
