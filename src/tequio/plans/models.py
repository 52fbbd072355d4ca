"""A Local Action Plan: its dates, phases, vision, endorsements and documents."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from tequio.common.dates import PartialDateField
from tequio.common.i18n import I18nCharField, I18nTextField, text, versions
from tequio.documents.models import Blob
from tequio.people.models import Organisation
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import free_form, state_of


class Plan(Recorded):
    """One cycle of open government in a jurisdiction.

    Lists of small things that live and die with the plan are JSON, in the shape of the plan document (``docs/plan-document.md``):

    - ``phases`` ``[{"key": …, "start": date, "end": date}]``, keys of the vocabulary ``plan_phase``
    - ``forewords`` ``[{"author", "office", "institution", "text": {es, en}}]``
    - ``goals`` ``[{"text": {es, en}}]`` medium-term goals of the strategic vision
    - ``endorsements`` ``[{"organisation", "office", "person", "date", "is_government"}]``
    - ``legend`` ``{"green": {"word": {es, en}, "meaning": {es, en}}, …}``; empty: our default legend
    - ``holidays`` ``["2024-05-01", …]`` days that a deadline in working days does not count
    - ``monitoring``, ``learning``, ``funding``: what the sources tell, as they tell it
    - ``flags`` contradictions of the sources, in words; ``sources`` addresses

    ``submitted_on`` freezes the first version: from then on every change of a commitment makes a road-map version.
    """

    subject = "plan"

    class Status(models.TextChoices):
        DRAFT = "draft", _("Borrador")
        PUBLISHED = "published", _("Publicado")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=80)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    title = I18nCharField(max_length=300)
    title_origin = I18nCharField(max_length=200, blank=True)
    alternative_title = models.CharField(max_length=300, blank=True)
    summary = I18nTextField(blank=True)
    start = PartialDateField(blank=True)
    end = PartialDateField(blank=True)
    start_raw = models.CharField(max_length=120, blank=True)
    end_raw = models.CharField(max_length=120, blank=True)
    duration_raw = models.CharField(max_length=120, blank=True)
    approved_on = PartialDateField(blank=True)
    approved_words = I18nCharField(max_length=400, blank=True)
    approved_note = models.CharField(max_length=400, blank=True)  # in one language, as acts of before tell it
    submitted_on = PartialDateField(blank=True)
    term_name = models.CharField(max_length=150, blank=True)
    term_start = models.DateField(null=True, blank=True)
    term_end = models.DateField(null=True, blank=True)
    phases = models.JSONField(default=list, blank=True)
    forewords = models.JSONField(default=list, blank=True)
    vision = I18nTextField(blank=True)
    achievements = I18nTextField(blank=True)
    challenges = I18nTextField(blank=True)
    goals = models.JSONField(default=list, blank=True)
    plan_contribution = I18nTextField(blank=True)
    administration_alignment = I18nTextField(blank=True)
    endorsements = models.JSONField(default=list, blank=True)
    legend = models.JSONField(default=dict, blank=True)
    thresholds_preset = models.CharField(max_length=40, default="simple")
    due_soon_days = models.PositiveSmallIntegerField(default=30)
    holidays = models.JSONField(default=list, blank=True)
    monitoring = models.JSONField(default=dict, blank=True)
    learning = models.JSONField(default=dict, blank=True)
    funding = models.JSONField(default=dict, blank=True)
    flags = models.JSONField(default=list, blank=True)
    sources = models.JSONField(default=list, blank=True)
    institutions = models.ManyToManyField(Organisation, through="PlanInstitution", related_name="plans")

    class Meta:
        ordering = ["jurisdiction", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="plan_number"),
            models.UniqueConstraint(fields=["jurisdiction", "slug"], name="plan_slug"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def approval(self) -> LazyI18nString:
        """What is said of the approval; of a plan from before it had two languages, in the one that it has."""
        return self.approved_words if versions(self.approved_words) else text(self.approved_note)

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/plan/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "slug", "title", "title_origin", "alternative_title", "summary", "start", "end", "start_raw"),
            *("end_raw", "duration_raw", "approved_on", "approved_words", "approved_note", "submitted_on", "term_name"),
            *(
                "term_start",
                "term_end",
                "phases",
                "forewords",
                "vision",
                "achievements",
                "challenges",
                "goals",
                "plan_contribution",
            ),
            *("administration_alignment", "endorsements", "legend", "thresholds_preset", "due_soon_days", "holidays"),
            *("flags", "sources"),
            monitoring=free_form(self.monitoring),
            learning=free_form(self.learning),
            funding=free_form(self.funding),
            institutions=[link.state() for link in self.institution_links.all()] if self.pk else [],
        )

    def is_public(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Plan]":
        return (
            cls.objects.filter(status=cls.Status.PUBLISHED)
            .select_related("jurisdiction")
            .prefetch_related("institution_links__organisation__jurisdiction")
        )

    @property
    def is_submitted(self) -> bool:
        return bool(self.submitted_on)

    def phase_on(self, day: dt.date) -> str:
        """The key of the phase that ``day`` falls in (the last that has started), empty where no phase has a date."""
        started = [p["key"] for p in self.phases if p.get("start") and p["start"] <= day.isoformat()]
        return started[-1] if started else ""


class PlanInstitution(models.Model):
    """An institution that the plan names, with the words of the source. Part of the plan's state."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="institution_links")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="plan_links")
    words = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.words or self.organisation.name

    def state(self) -> dict[str, Any]:
        return state_of(self, "organisation", "words")


class PlanDocument(Recorded):
    """A document of a plan: a file kept by hash, or an address.

    It is never deleted: a newer one ``replaces`` it and both stay readable, or it is ``withdrawn`` for a public reason, and
    then its file is not served any more. ``kind`` is one of ``Kind``, or the word of a source.
    """

    subject = "document"

    class Kind(models.TextChoices):
        PLAN = "plan", _("El plan")
        ANNEX = "annex", _("Anexo")
        MINUTES = "minutes", _("Acta o minuta")
        REPORT = "report", _("Informe")
        EVALUATION = "evaluation", _("Evaluación")
        OTHER = "other", _("Otro documento")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="documents")
    number = models.PositiveSmallIntegerField()
    title = I18nCharField(_("título"), max_length=250)
    kind = models.CharField(_("tipo"), max_length=40, blank=True)
    date = PartialDateField(_("fecha"), blank=True)
    url = models.URLField(_("dirección"), blank=True, max_length=500)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    withdrawn = models.CharField(_("por qué se retiró"), max_length=400, blank=True)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_document_number")]

    def __str__(self) -> str:
        return str(self.title)

    def subject_key(self) -> str:
        return f"{self.plan.jurisdiction.slug}/document/{self.plan.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        names = ("plan", "number", "title", "kind", "date", "url", "replaces", "withdrawn")
        return state_of(self, *names, file=self.blob_id)

    @property
    def kind_words(self) -> str:
        """Its kind in words; the source's own where it is none of ours."""
        return str(self.Kind(self.kind).label) if self.kind in self.Kind.values else self.kind

    def is_public(self) -> bool:
        return self.plan.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[PlanDocument]":
        rows = cls.objects.filter(plan__status=Plan.Status.PUBLISHED)
        return rows.select_related("plan__jurisdiction", "replaces__plan__jurisdiction")
