"""The compliance manual: by which measure, evidence and clock an activity counts as done."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.plans.models import Plan
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Manual(Recorded):
    """One published version of a plan's compliance manual. Versions never change; a new one replaces the last.

    ``rules`` ``[{"institution": slug or "", "activity_kind": key or "", "metric": {es, en}, "accepted": [evidence types],
    "minimum": how many pieces, "deadline": {"days": n, "calendar": "natural" or "working", "from": "due"}, "note": {es, en}}]``.
    The most particular rule wins: institution and kind, then institution, then kind, then the general one.
    """

    subject = "manual"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="manuals")
    version = models.PositiveSmallIntegerField()
    in_force_from = models.DateField(_("en vigor desde"))
    rules = models.JSONField(default=list)
    reason = models.CharField(_("motivo del cambio"), max_length=400, blank=True)

    class Meta:
        ordering = ["plan", "-version"]
        constraints = [models.UniqueConstraint(fields=["plan", "version"], name="manual_version")]

    def __str__(self) -> str:
        return f"{self.plan} · {self.version}"

    def subject_key(self) -> str:
        return f"{self.plan.jurisdiction.slug}/manual/{self.plan.number}.{self.version}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "plan", "version", "in_force_from", "rules", "reason")

    def is_public(self) -> bool:
        return self.plan.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Manual]":
        return cls.objects.filter(plan__status=Plan.Status.PUBLISHED).select_related("plan__jurisdiction")
