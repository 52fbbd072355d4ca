"""An activity (or milestone) of a commitment, and the documented pauses of its deadline."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models.commitment import Commitment
from tequio.common.dates import PartialDateField
from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.people.models import Organisation, Role
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Activity(Recorded):
    """A step towards a commitment, with a product that somebody can check and a date.

    ``number`` is its stable address inside the jurisdiction, never used again. ``original_due`` keeps the first promised
    date. ``means_of_verification`` ``[{"type": key, "words": {es, en}}]``. ``weight`` in percent of the commitment; null
    means equal shares. An activity taken out of the road map stays, ``withdrawn``, with its history.
    """

    subject = "activity"

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="activities")
    number = models.PositiveIntegerField()
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="activities")
    order = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("tipo de actividad"), max_length=40, blank=True)
    title = I18nCharField(_("título"), max_length=400, blank=True)
    description = I18nTextField(_("descripción"), blank=True)
    expected_output = I18nTextField(_("producto esperado"), blank=True)
    start = PartialDateField(_("inicio"), blank=True)
    due = PartialDateField(_("fecha compromiso"), blank=True)
    original_due = PartialDateField(_("primera fecha compromiso"), blank=True)
    start_raw = models.CharField(max_length=120, blank=True)
    due_raw = models.CharField(max_length=120, blank=True)
    responsible = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="activities")
    responsible_words = models.CharField(_("responsable"), max_length=300, blank=True)
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="activities_led")
    supporting = models.ManyToManyField(Organisation, blank=True, related_name="activities_supported")
    weight = models.DecimalField(_("peso"), max_digits=5, decimal_places=2, null=True, blank=True)
    means_of_verification = models.JSONField(default=list, blank=True)
    indicator = models.ForeignKey(
        "commitments.Indicator", models.PROTECT, null=True, blank=True, related_name="activities"
    )
    indicator_words = I18nTextField(blank=True)
    horizon = models.CharField(_("horizonte"), max_length=20, blank=True)
    source_status = models.CharField(max_length=40, blank=True)
    source_note = I18nCharField(max_length=400, blank=True)
    flags = models.JSONField(default=list, blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["commitment", "order", "number"]
        verbose_name_plural = "activities"
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="activity_number")]

    def __str__(self) -> str:
        return str(self.title)

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/activity/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "commitment", "order", "kind", "title", "description", "expected_output", "start", "due"),
            *("original_due", "start_raw", "due_raw", "responsible", "responsible_words", "lead", "weight"),
            *("means_of_verification", "indicator", "indicator_words", "horizon", "source_status", "source_note"),
            *("flags", "withdrawn"),
            supporting=sorted(o.subject_key() for o in self.supporting.all()) if self.pk else [],
        )

    def is_public(self) -> bool:
        return self.commitment.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Activity]":
        return (
            cls.objects.filter(commitment__status=Commitment.Status.PUBLISHED)
            .select_related(
                "jurisdiction",
                "commitment__jurisdiction",
                "responsible__jurisdiction",
                "lead__jurisdiction",
                "indicator__commitment__jurisdiction",
            )
            .prefetch_related("supporting__jurisdiction")
        )


class Pause(Recorded):
    """A documented pause of an activity's deadline: days between ``start`` and ``end`` (inclusive) do not count."""

    subject = "pause"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="pauses")
    number = models.PositiveSmallIntegerField()
    start = models.DateField(_("desde"))
    end = models.DateField(_("hasta"), null=True, blank=True)
    reason = I18nTextField(_("motivo"))
    basis = models.CharField(_("sustento"), max_length=300, blank=True)

    class Meta:
        ordering = ["activity", "number"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="pause_number")]

    def __str__(self) -> str:
        return str(self.reason)

    def subject_key(self) -> str:
        return f"{self.activity.jurisdiction.slug}/pause/{self.activity.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "activity", "number", "start", "end", "reason", "basis")

    def is_public(self) -> bool:
        return self.activity.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Pause]":
        return cls.objects.filter(activity__commitment__status=Commitment.Status.PUBLISHED).select_related(
            "activity__jurisdiction"
        )
