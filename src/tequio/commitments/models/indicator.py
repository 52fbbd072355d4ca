"""An indicator with the Mexican *ficha técnica*, and its values over time."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models.commitment import Commitment
from tequio.common.dates import PartialDateField
from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.people.models import Organisation
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Indicator(Recorded):
    """How a result is measured (ficha técnica del indicador, OGP and Mexican practice; see standards §9.1).

    ``variables`` ``[{"symbol", "name": {es, en}, "unit", "source"}]`` · ``targets`` ``[{"period", "value", "note"}]`` ·
    ``means`` ``[{"document", "unit", "frequency", "url"}]`` · ``thresholds`` ``{"preset": key}`` or
    ``{"version": n, "bands": [{"light", "from", "to"}]}``; values and targets are decimals written as text.
    ``attainment_method``: ``ratio`` (value ÷ target) or ``from_baseline``.
    """

    subject = "indicator"

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="indicators")
    number = models.PositiveSmallIntegerField()
    name = I18nCharField(_("nombre"), max_length=250)
    level = models.CharField(_("nivel"), max_length=20, blank=True)
    definition = I18nTextField(_("definición"), blank=True)
    method = I18nTextField(_("método de cálculo"), blank=True)
    variables = models.JSONField(default=list, blank=True)
    unit = models.CharField(_("unidad de medida"), max_length=80, blank=True)
    frequency = models.CharField(_("frecuencia"), max_length=20, blank=True)
    kind = models.CharField(_("tipo"), max_length=20, blank=True)
    dimension = models.CharField(_("dimensión"), max_length=20, blank=True)
    accumulation = models.CharField(_("acumulación"), max_length=20, blank=True)
    direction = models.CharField(_("tendencia esperada"), max_length=20, blank=True)
    disaggregation = models.JSONField(default=list, blank=True)
    collection_period = models.CharField(max_length=120, blank=True)
    availability = models.CharField(max_length=120, blank=True)
    responsible_unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    responsible_words = models.CharField(max_length=300, blank=True)
    baseline_value = models.DecimalField(_("línea base"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("año de la línea base"), null=True, blank=True)
    baseline_note = I18nTextField(blank=True)
    no_baseline_reason = I18nTextField(_("por qué no hay línea base"), blank=True)
    targets = models.JSONField(default=list, blank=True)
    means = models.JSONField(default=list, blank=True)
    assumptions = I18nTextField(_("supuestos"), blank=True)
    thresholds = models.JSONField(default=dict, blank=True)
    attainment_method = models.CharField(max_length=20, default="ratio")
    cremaa = models.JSONField(default=dict, blank=True)
    remarks = I18nTextField(blank=True)

    class Meta:
        ordering = ["commitment", "number"]
        constraints = [models.UniqueConstraint(fields=["commitment", "number"], name="indicator_number")]

    def __str__(self) -> str:
        return str(self.name)

    def subject_key(self) -> str:
        return f"{self.commitment.jurisdiction.slug}/indicator/{self.commitment.code}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *(
                "commitment",
                "number",
                "name",
                "level",
                "definition",
                "method",
                "variables",
                "unit",
                "frequency",
                "kind",
            ),
            *("dimension", "accumulation", "direction", "disaggregation", "collection_period", "availability"),
            *("responsible_unit", "responsible_words", "baseline_value", "baseline_year", "baseline_note"),
            *("no_baseline_reason", "targets", "means", "assumptions", "thresholds", "attainment_method", "cremaa"),
            "remarks",
        )

    def is_public(self) -> bool:
        return self.commitment.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Indicator]":
        return cls.objects.filter(commitment__status=Commitment.Status.PUBLISHED).select_related(
            "commitment__jurisdiction", "responsible_unit__jurisdiction"
        )


class IndicatorValue(Recorded):
    """One measured value of an indicator. ``verified`` only by the Follow-up Committee."""

    subject = "value"

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values")
    number = models.PositiveSmallIntegerField()
    period = PartialDateField(_("periodo"))
    value = models.DecimalField(_("valor"), max_digits=18, decimal_places=4)
    note = I18nTextField(blank=True)
    evidence_words = models.CharField(max_length=300, blank=True)
    evidence_url = models.URLField(blank=True, max_length=500)
    reported_by = models.CharField(max_length=200, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["indicator", "period", "number"]
        constraints = [models.UniqueConstraint(fields=["indicator", "number"], name="value_number")]

    def __str__(self) -> str:
        return f"{self.period}: {self.value}"

    def subject_key(self) -> str:
        commitment = self.indicator.commitment
        return f"{commitment.jurisdiction.slug}/value/{commitment.code}.{self.indicator.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("indicator", "number", "period", "value", "note", "evidence_words", "evidence_url", "reported_by"),
            "verified",
        )

    def is_public(self) -> bool:
        return self.indicator.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[IndicatorValue]":
        return cls.objects.filter(indicator__commitment__status=Commitment.Status.PUBLISHED).select_related(
            "indicator__commitment__jurisdiction"
        )
