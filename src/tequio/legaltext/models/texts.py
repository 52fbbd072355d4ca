"""A legal text as an idea (the law) and as it read on a day (a version of it)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import I18nCharField
from tequio.documents.models import Blob
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Work(Recorded):
    """A law, a regulation, rules of operation, an agreement, a bill: the text whatever its wording.

    ``title`` is the official one, in the language of the text; ``plain_title`` says the same as people speak.
    ``aliases`` are other numbers it is known by (``["7/LXIII"]``). Private until one of its versions is published.
    """

    subject = "work"

    class Kind(models.TextChoices):
        LAW = "law", _("Ley")
        REGULATION = "regulation", _("Reglamento")
        RULES = "rules", _("Reglas de operación")
        AGREEMENT = "agreement", _("Acuerdo")
        DECREE = "decree", _("Decreto")
        BILL = "bill", _("Iniciativa")
        SENTENCE = "sentence", _("Sentencia")
        OTHER = "other", _("Otro texto")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="works")
    code = models.SlugField(_("clave"), max_length=80)
    kind = models.CharField(_("qué es"), max_length=20, choices=Kind.choices, default=Kind.LAW)
    title = models.CharField(_("título oficial"), max_length=500)
    plain_title = I18nCharField(_("título en palabras llanas"), max_length=200, blank=True)
    number = models.CharField(_("número"), max_length=60, blank=True)
    date = models.DateField(_("fecha de origen"), null=True, blank=True)
    aliases = models.JSONField(_("otras claves"), default=list, blank=True)
    source_url = models.URLField(_("dónde está publicado"), max_length=500, blank=True)
    published_on = models.DateField(_("publicado aquí"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "code"], name="work_code")]

    def __str__(self) -> str:
        return self.title

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/work/{self.code}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self, *("code", "kind", "title", "plain_title", "number", "date", "aliases", "source_url", "published_on")
        )

    def is_public(self) -> bool:
        return self.published_on is not None

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Work]":
        return cls.objects.filter(published_on__isnull=False).select_related("jurisdiction")


class Expression(Recorded):
    """A text as it read on ``date``: a version. Drafts are private and may change; once published it never does.

    ``file`` is its exact text as canonical JSON (``stored.canonical``), known by the SHA-256 that the record holds;
    its provisions stand in ``Provision``, whose rows no statement may change or delete. ``supersedes`` is the version
    that it was compared with and whose provisions it carries on. ``summary`` counts what changed against it:
    ``{"counts": {"reworded": 3}, "joined": [{"kind": "split", "old": [paths], "new": [paths]}]}``.
    """

    subject = "expression"

    class Status(models.TextChoices):
        DRAFT = "draft", _("Borrador")
        PUBLISHED = "published", _("Publicada")

    class Stage(models.TextChoices):
        INITIATIVE = "initiative", _("Iniciativa")
        OPINION = "opinion", _("Dictamen")
        DECREE = "decree", _("Decreto")
        IN_FORCE = "in_force", _("Texto vigente")

    work = models.ForeignKey(Work, models.PROTECT, related_name="expressions")
    number = models.PositiveSmallIntegerField(_("versión"))
    date = models.DateField(_("fecha"))
    language = models.CharField(max_length=5, default="es")
    stage = models.CharField(_("etapa"), max_length=12, choices=Stage.choices, default=Stage.IN_FORCE)
    name = models.CharField(_("nombre de la versión"), max_length=160, blank=True)
    status = models.CharField(_("estado"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    published_on = models.DateField(_("publicada"), null=True, blank=True, editable=False)
    file = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    articles = models.PositiveIntegerField(_("artículos"), default=0, editable=False)
    provisions_count = models.PositiveIntegerField(_("disposiciones"), default=0, editable=False)
    summary = models.JSONField(_("resumen de cambios"), default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["work", "-date", "-number"]
        constraints = [models.UniqueConstraint(fields=["work", "number"], name="expression_number")]
        indexes = [models.Index(fields=["work", "status", "-date"], name="expression_of_work")]

    def __str__(self) -> str:
        return self.name or str(_("Versión %(number)s") % {"number": self.number})

    def subject_key(self) -> str:
        return f"{self.work.jurisdiction.slug}/expression/{self.work.code}.{self.number}"

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Where it applies; what rules ask of an object."""
        return self.work.jurisdiction

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("work", "number", "date", "language", "stage", "name", "supersedes", "published_on"),
            *("articles", "provisions_count", "summary"),
            file=self.file_id,
        )

    def is_public(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Expression]":
        return cls.objects.filter(status=cls.Status.PUBLISHED).select_related(
            "work__jurisdiction", "supersedes__work__jurisdiction"
        )
