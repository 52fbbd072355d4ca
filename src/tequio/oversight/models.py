"""What became of a commitment after its plan ended, and into whose hands it passed."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models import Commitment
from tequio.common.i18n import I18nTextField
from tequio.people.models import Organisation, Role
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Check(Recorded):
    """A look at a commitment some months after its plan's end (DL-12). One person writes it, another confirms it; until
    then it is private and has no ``number``.

    ``months`` after the end; ``evidence`` ``[{"key", "title", "url", "sha256"}]`` is the list looked at, as it was on
    that day. ``returned`` is what whoever was asked to confirm it wants changed; private.
    """

    subject = "check"

    class Result(models.TextChoices):
        MAINTAINED = "maintained", _("Se mantiene")
        WEAKENED = "weakened", _("Se debilitó")
        REVERSED = "reversed", _("Se revirtió")
        ORPHANED = "orphaned", _("Quedó sin responsable")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="checks")
    number = models.PositiveSmallIntegerField(null=True, editable=False)
    months = models.PositiveSmallIntegerField(_("meses después del plan"))
    result = models.CharField(_("resultado"), max_length=12, choices=Result.choices)
    text = I18nTextField(_("qué se encontró"))
    evidence = models.JSONField(_("evidencia"), default=list, blank=True)
    on = models.DateField(_("fecha"))
    by = models.ForeignKey(Role, models.PROTECT, related_name="+", verbose_name=_("quién revisó"))
    confirmed_by = models.ForeignKey(
        Role, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("quién confirmó")
    )
    confirmed_on = models.DateField(_("confirmada"), null=True, blank=True)
    returned = models.TextField(blank=True)

    class Meta:
        ordering = ["commitment", "months"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "months"], name="check_once"),
            models.UniqueConstraint(fields=["commitment", "number"], name="check_number"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} · {self.months}"

    @property
    def colour(self) -> str:
        """The light of its result."""
        return {"maintained": "green", "weakened": "amber", "reversed": "red", "orphaned": "grey"}[self.result]

    def subject_key(self) -> str:
        return f"{self.commitment.jurisdiction.slug}/check/{self.commitment.code}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("commitment", "number", "months", "result", "text", "evidence", "on", "by", "confirmed_by"),
            "confirmed_on",
        )

    def is_public(self) -> bool:
        return self.confirmed_on is not None and self.commitment.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Check]":
        return cls.objects.filter(
            confirmed_on__isnull=False, commitment__status=Commitment.Status.PUBLISHED
        ).select_related("commitment__jurisdiction", "by__jurisdiction", "confirmed_by__jurisdiction")


class Handover(Recorded):
    """A commitment passes into the care of another institution. Who promised it stays on the commitment for ever."""

    subject = "handover"

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="handovers")
    number = models.PositiveSmallIntegerField()
    to = models.ForeignKey(
        Organisation, models.PROTECT, related_name="commitments_received", verbose_name=_("quién la recibe")
    )
    on = models.DateField(_("fecha"))
    reason = I18nTextField(_("motivo"))
    basis = models.CharField(_("sustento"), max_length=300, blank=True)

    class Meta:
        ordering = ["commitment", "number"]
        constraints = [models.UniqueConstraint(fields=["commitment", "number"], name="handover_number")]

    def __str__(self) -> str:
        return f"{self.commitment} → {self.to}"

    def subject_key(self) -> str:
        return f"{self.commitment.jurisdiction.slug}/handover/{self.commitment.code}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "commitment", "number", "to", "on", "reason", "basis")

    def is_public(self) -> bool:
        return self.commitment.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Handover]":
        return cls.objects.filter(commitment__status=Commitment.Status.PUBLISHED).select_related(
            "commitment__jurisdiction", "to__jurisdiction"
        )
