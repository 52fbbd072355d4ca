"""The rules of decision of a body, version after version."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.meetings.models import Body
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of
from tequio.secretariat import deciding


class Matter(models.TextChoices):
    """What a decision is about; rules may ask for more in some matters."""

    COMMITMENT = "commitment", _("Adoptar un compromiso")
    PLAN = "plan", _("Adoptar un plan")
    RULES = "rules", _("Cambiar estas reglas")
    PERSON = "person", _("Elegir a una persona")
    OTHER = "other", _("Otro asunto")


class DecisionRules(Recorded):
    """One version of the rules of a body, public from the day it was proposed.

    ``data`` is in the shape of ``deciding.Rules``. The first version is laid down by the secretariat from the operating
    rules; each later one comes into force (``since``) by a decision of the body itself, under the rules it replaces.
    """

    subject = "decisionrules"

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Propuesta")
        IN_FORCE = "in_force", _("Vigente")
        REPLACED = "replaced", _("Ya no rige")
        REJECTED = "rejected", _("No se aprobó")

    body = models.ForeignKey(Body, models.PROTECT, related_name="decision_rules")
    version = models.PositiveSmallIntegerField()
    data = models.JSONField(_("reglas"))
    why = models.TextField(_("por qué"), max_length=1000, blank=True)
    state = models.CharField(_("estado"), max_length=10, choices=State.choices)
    proposed_on = models.DateField(_("propuestas el"))
    since = models.DateField(_("rigen desde"), null=True, blank=True)
    until = models.DateField(_("rigieron hasta"), null=True, blank=True)

    class Meta:
        ordering = ["body", "-version"]
        constraints = [models.UniqueConstraint(fields=["body", "version"], name="decision_rules_version")]
        verbose_name_plural = "decision rules"

    def __str__(self) -> str:
        return str(_("Reglas de decisión, versión %(version)s") % {"version": self.version})

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.body.jurisdiction

    @property
    def rules(self) -> deciding.Rules:
        """The rules, ready to be asked."""
        return deciding.read(self.data)

    def subject_key(self) -> str:
        return f"{self.body.jurisdiction.slug}/decisionrules/{self.body.slug}.{self.version}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "body", "version", "data", "why", "state", "proposed_on", "since", "until")

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[DecisionRules]":
        return cls.objects.select_related("body__jurisdiction")
