"""Answers with a reason, and the batches in which they are released."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.cocreation.models.call import Call
from tequio.cocreation.models.contribution import Contribution
from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.people.models import Role
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Batch(Recorded):
    """Answers that are held and released together, so that nobody hears later than the neighbour."""

    subject = "batch"

    call = models.ForeignKey(Call, models.PROTECT, related_name="batches")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("número"))
    title = I18nCharField(_("título"), max_length=200)
    released_on = models.DateField(_("publicadas"), null=True, blank=True)
    count = models.PositiveIntegerField(_("cuántas respuestas"), default=0)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="batch_number")]

    def __str__(self) -> str:
        return str(self.title)

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/batch/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "number", "title", "released_on", "count", call=self.call.number)

    def is_public(self) -> bool:
        return self.released_on is not None

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Batch]":
        return cls.objects.filter(released_on__isnull=False).select_related("jurisdiction", "call")


class Response(Recorded):
    """A decision on a contribution, with a reason from the list and in words. Private while it is held.

    ``number`` counts the answers to one contribution: 1, and 2 where its author asked for a review. ``decision`` is a key
    of ``contribution_decision`` (standards §8.5), ``reason`` one of ``response_reason``. ``wording`` is how the proposal
    reads once taken up, where that differs: the author's words stay beside it.
    """

    subject = "response"

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="responses")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="responses")
    number = models.PositiveSmallIntegerField(_("número"), default=1)
    decision = models.CharField(_("decisión"), max_length=30)
    reason = models.CharField(_("motivo"), max_length=40)
    text = I18nTextField(_("por qué"))
    wording = models.TextField(_("como quedó redactada"), max_length=3000, blank=True)
    merged_with = models.ForeignKey(Contribution, models.PROTECT, null=True, blank=True, related_name="+")
    drafted_by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    released_on = models.DateField(_("publicada"), null=True, blank=True)

    class Meta:
        ordering = ["contribution", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "number"], name="response_number"),
            models.CheckConstraint(
                condition=~Q(decision="") & ~Q(reason="") & ~Q(text="") & ~Q(text="{}"), name="response_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["contribution"], name="response_held", condition=Q(released_on=None))]

    def __str__(self) -> str:
        return str(_("Respuesta a la aportación %(number)s") % {"number": self.contribution.number})

    def subject_key(self) -> str:
        return f"{self.contribution.jurisdiction.slug}/response/{self.contribution.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "decision", "reason", "text", "wording", "drafted_by", "released_on"),
            contribution=self.contribution.number,
            batch=self.batch.number if self.batch else None,
            merged_with=self.merged_with.number if self.merged_with else None,
        )

    def is_public(self) -> bool:
        return self.released_on is not None

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Response]":
        rows = cls.objects.filter(released_on__isnull=False)
        return rows.select_related("contribution__jurisdiction", "batch", "merged_with", "drafted_by__jurisdiction")
