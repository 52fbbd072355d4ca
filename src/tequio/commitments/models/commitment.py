"""A commitment and the institutions that support it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.common.dates import PartialDateField
from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.people.models import Organisation, Role
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Commitment(Recorded):
    """What one or more institutions promise to do, for whom, by when (OGP Local Form A.6).

    ``code`` is its stable address (``mxjl0002``). Lists that live and die with the commitment are JSON, in the shape of
    the plan document: ``values`` ``[{"key", "reason": {es, en}}]`` · ``policy_areas`` keys · ``sdg_targets``
    ``[{"code", "role"}]`` · ``target_groups`` ``[{es, en}]`` · ``assessments`` what reports say of it, as a level or a
    range of levels with the source's own words ``[{"low", "high", "words", "by", "evaluator", "note": {es, en}, …}]``.
    ``activity_count`` is how many activities the source counts, which may be more than it names.
    """

    subject = "commitment"

    class Status(models.TextChoices):
        DRAFT = "draft", _("Borrador")
        PUBLISHED = "published", _("Publicado")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="commitments")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="commitments")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    code = models.SlugField(max_length=60)
    ogp_id = models.CharField(_("identificador"), max_length=40, blank=True)
    number = models.PositiveSmallIntegerField(default=0)
    title = I18nCharField(_("título"), max_length=300, blank=True)
    title_origin = I18nCharField(max_length=200, blank=True)
    branch = models.CharField(_("poder u orden"), max_length=40, blank=True)
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="commitments_led")
    lead_words = models.CharField(max_length=300, blank=True)
    lead_note = I18nCharField(max_length=400, blank=True)
    head = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="commitments_headed")
    liaison = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="commitments_followed")
    start = PartialDateField(_("inicio"), blank=True)
    end = PartialDateField(_("término"), blank=True)
    start_raw = models.CharField(max_length=120, blank=True)
    end_raw = models.CharField(max_length=120, blank=True)
    problem = I18nTextField(_("problema"), blank=True)
    causes = I18nTextField(_("causas"), blank=True)
    status_quo = I18nTextField(_("situación actual"), blank=True)
    action = I18nTextField(_("acción"), blank=True)
    contribution = I18nTextField(_("contribución"), blank=True)
    early_results = I18nTextField(_("primeros resultados"), blank=True)
    origin = models.CharField(_("origen"), max_length=40, blank=True)
    novelty = models.CharField(_("novedad"), max_length=40, blank=True)
    continues = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="continued_by")
    horizon = models.CharField(_("horizonte"), max_length=20, blank=True)
    values = models.JSONField(default=list, blank=True)
    policy_areas = models.JSONField(default=list, blank=True)
    policy_words = models.CharField(max_length=400, blank=True)
    sector = models.CharField(_("sector"), max_length=60, blank=True)
    challenge_areas = models.JSONField(default=list, blank=True)
    sdg_targets = models.JSONField(default=list, blank=True)
    target_groups = models.JSONField(default=list, blank=True)
    assessments = models.JSONField(default=list, blank=True)
    activity_count = models.PositiveSmallIntegerField(null=True, blank=True)
    unfunded = models.BooleanField(_("sin recurso asignado"), default=False)
    unfunded_reason = I18nTextField(_("por qué no tiene recurso"), blank=True)
    funding_words = I18nTextField(blank=True)
    flags = models.JSONField(default=list, blank=True)
    sources = models.JSONField(default=list, blank=True)
    roadmap_version = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["plan", "number", "code"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "code"], name="commitment_code")]

    def __str__(self) -> str:
        return str(self.title) or self.ogp_id or self.code

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/commitment/{self.code}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("plan", "code", "ogp_id", "number", "title", "title_origin", "branch", "lead", "lead_words", "lead_note"),
            *("head", "liaison", "start", "end", "start_raw", "end_raw", "problem", "causes", "status_quo", "action"),
            *("contribution", "early_results", "origin", "novelty", "continues", "horizon", "values", "policy_areas"),
            *("policy_words", "sector", "challenge_areas", "sdg_targets", "target_groups", "assessments"),
            *("activity_count", "unfunded", "unfunded_reason", "funding_words", "flags", "sources", "roadmap_version"),
            supporting=[link.state() for link in self.supports.all()] if self.pk else [],
        )

    def is_public(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Commitment]":
        return (
            cls.objects.filter(status=cls.Status.PUBLISHED)
            .select_related(
                "jurisdiction",
                "plan__jurisdiction",
                "lead__jurisdiction",
                "head__jurisdiction",
                "liaison__jurisdiction",
                "continues__jurisdiction",
            )
            .prefetch_related("supports__organisation__jurisdiction")
        )


class Support(models.Model):
    """An institution or organisation that supports a commitment. Part of the commitment's state."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="supports")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="supports")
    words = models.CharField(max_length=300, blank=True)
    note = I18nCharField(max_length=400, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["commitment", "organisation"], name="support_once")]

    def __str__(self) -> str:
        return self.organisation.name

    def state(self) -> dict[str, Any]:
        return state_of(self, "organisation", "words", "note")
