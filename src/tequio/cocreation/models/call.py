"""A call to co-create a plan: its phases, its criteria and its result."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Phase(models.TextChoices):
    """What a call opens and closes, in the order in which it happens."""

    PROBLEMS = "problems", _("Proponer problemas")
    TABLES = "tables", _("Unirse a las mesas")
    CONTRIBUTIONS = "contributions", _("Aportar")
    RESPONSES = "responses", _("Responder con razones")
    PRIORITISATION = "prioritisation", _("Priorizar")
    DRAFTING = "drafting", _("Redactar compromisos")
    ADOPTION = "adoption", _("Adoptar")


class Call(Recorded):
    """An open call, for a plan or for what may become one.

    ``phases`` ``[{"key", "start", "end"}]``: a phase opens and closes what people can do; they may overlap. ``criteria``
    ``[{"key", "label": {es, en}, "weight": integer}]`` are published before anybody scores. ``result`` ``[{"contribution",
    "score", "rank"}]`` is the order frozen when the scoring closed; anybody can compute it again from the scores.
    """

    subject = "process"

    class Status(models.TextChoices):
        DRAFT = "draft", _("Borrador")
        PUBLISHED = "published", _("Publicada")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="cocreation_calls")
    number = models.PositiveSmallIntegerField(_("número"))
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="cocreation_calls")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    title = I18nCharField(_("título"), max_length=200)
    summary = I18nTextField(_("de qué se trata"), blank=True)
    phases = models.JSONField(_("fases"), default=list, blank=True)
    answer_days = models.PositiveSmallIntegerField(_("días hábiles para responder"), default=20)
    criteria = models.JSONField(_("criterios"), default=list, blank=True)
    published_on = models.DateField(_("publicada"), null=True, blank=True)
    scored_on = models.DateField(_("se cerró la calificación"), null=True, blank=True)
    result = models.JSONField(_("resultado"), default=list, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="cocreation_call_number")]

    def __str__(self) -> str:
        return str(self.title)

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/process/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "title", "summary", "phases", "answer_days", "criteria", "published_on", "scored_on", "result"),
            plan=self.plan.number if self.plan else None,
        )

    def is_public(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Call]":
        return cls.objects.filter(status=cls.Status.PUBLISHED).select_related("jurisdiction", "plan__jurisdiction")

    def window(self, phase: str) -> tuple[dt.date, dt.date] | None:
        """The first and the last day of a phase; None where the call does not have it."""
        for row in self.phases:
            if row["key"] == phase:
                return dt.date.fromisoformat(row["start"]), dt.date.fromisoformat(row["end"])
        return None

    def is_open(self, phase: str, today: dt.date) -> bool:
        """Whether the phase covers the day, and the call is public."""
        days = self.window(phase)
        return self.is_public() and days is not None and days[0] <= today <= days[1]

    def timeline(self, today: dt.date) -> list[dict[str, Any]]:
        """The phases for a page: ``label``, ``start``, ``end`` and whether each is ``past``, ``now`` or ``next``."""
        rows = []
        for row in self.phases:
            start, end = dt.date.fromisoformat(row["start"]), dt.date.fromisoformat(row["end"])
            state = "past" if end < today else "now" if start <= today else "next"
            rows.append(
                {"key": row["key"], "label": Phase(row["key"]).label, "start": start, "end": end, "state": state}
            )
        return rows
