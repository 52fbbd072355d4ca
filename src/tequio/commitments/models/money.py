"""Money of a commitment: earmarked, released, spent."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models.commitment import Commitment
from tequio.common.i18n import I18nTextField
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Money(Recorded):
    """A line of resources. Amounts in ``currency`` (ISO 4217); null means that no source says.

    ``stages`` ``[{"stage": key, "amount": text}]`` are Mexico's accounting stages (aprobado … pagado);
    ``classifications`` ``[{"scheme", "level", "code", "description"}]`` the budget classifications.
    """

    subject = "money"

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="money")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("tipo de recurso"), max_length=20, default="money")
    fiscal_year = models.PositiveSmallIntegerField(_("ejercicio"), null=True, blank=True)
    earmarked = models.DecimalField(_("etiquetado"), max_digits=16, decimal_places=2, null=True, blank=True)
    released = models.DecimalField(_("entregado"), max_digits=16, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField(_("ejercido"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("moneda"), max_length=3, default="MXN")
    source = models.CharField(_("fuente de financiamiento"), max_length=200, blank=True)
    budget_line = models.CharField(_("partida"), max_length=120, blank=True)
    stages = models.JSONField(default=list, blank=True)
    classifications = models.JSONField(default=list, blank=True)
    note = I18nTextField(blank=True)

    class Meta:
        ordering = ["commitment", "number"]
        constraints = [models.UniqueConstraint(fields=["commitment", "number"], name="money_number")]

    def __str__(self) -> str:
        return f"{self.source} {self.fiscal_year or ''}".strip()

    def subject_key(self) -> str:
        return f"{self.commitment.jurisdiction.slug}/money/{self.commitment.code}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("commitment", "number", "kind", "fiscal_year", "earmarked", "released", "spent", "currency", "source"),
            *("budget_line", "stages", "classifications", "note"),
        )

    def is_public(self) -> bool:
        return self.commitment.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Money]":
        return cls.objects.filter(commitment__status=Commitment.Status.PUBLISHED).select_related(
            "commitment__jurisdiction"
        )
