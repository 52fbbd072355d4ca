"""A commitment drafted together, who brought what to it, and the scores by which contributions are put in order."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.cocreation.models.call import Call
from tequio.cocreation.models.contribution import Contribution
from tequio.cocreation.models.table import Table
from tequio.commitments.models import Commitment
from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.people.models import Role
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of

# The parts that people draft together, in the names of the plan document.
FIELDS = {
    "title": _("Título"),
    "problem": _("Problema que atiende"),
    "causes": _("Causas"),
    "status_quo": _("Cómo está hoy"),
    "action": _("Qué se hará"),
    "contribution": _("Cómo ayuda a resolverlo"),
}


class JointDraft(Recorded):
    """A commitment on its way. ``version`` is the newest of its versions; ``code`` names the commitment it became a draft
    of, and ``decision`` the key in the record of the decision that adopted it."""

    subject = "jointdraft"

    class Status(models.TextChoices):
        OPEN = "open", _("En redacción")
        SENT = "sent", _("Lista para adoptarse")
        ADOPTED = "adopted", _("Adoptada")

    call = models.ForeignKey(Call, models.PROTECT, related_name="drafts")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    table = models.ForeignKey(Table, models.PROTECT, null=True, blank=True, related_name="drafts")
    number = models.PositiveSmallIntegerField(_("número"))
    title = I18nCharField(_("título"), max_length=200)
    status = models.CharField(_("estado"), max_length=10, choices=Status.choices, default=Status.OPEN)
    version = models.PositiveSmallIntegerField(_("versión"), default=0)
    code = models.SlugField(_("clave del compromiso"), max_length=60, blank=True)
    commitment = models.ForeignKey(
        Commitment, models.SET_NULL, null=True, blank=True, related_name="joint_drafts", editable=False
    )
    decision = models.CharField(_("decisión"), max_length=200, blank=True)
    adopted_on = models.DateField(_("adoptada"), null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="jointdraft_number")]

    def __str__(self) -> str:
        return str(self.title)

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/jointdraft/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "title", "status", "version", "code", "decision", "adopted_on"),
            call=self.call.number,
            table=self.table.number if self.table else None,
        )

    def is_public(self) -> bool:
        return self.call.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[JointDraft]":
        rows = cls.objects.filter(call__status=Call.Status.PUBLISHED)
        return rows.select_related("jurisdiction", "call", "table")


class DraftVersion(Recorded):
    """One wording of a draft, whole: ``fields`` ``{name: {es, en}}`` in the names of ``FIELDS``, and why it changed."""

    subject = "draftversion"

    draft = models.ForeignKey(JointDraft, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("número"))
    fields = models.JSONField(_("texto"), default=dict)
    why = I18nTextField(_("por qué cambió"), blank=True)
    made_by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    made_on = models.DateField(_("fecha"))

    class Meta:
        ordering = ["draft", "-number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draftversion_number")]

    def __str__(self) -> str:
        return str(_("Versión %(number)s") % {"number": self.number})

    def subject_key(self) -> str:
        return f"{self.draft.jurisdiction.slug}/draftversion/{self.draft.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "number", "fields", "why", "made_by", "made_on", draft=self.draft.number)

    def is_public(self) -> bool:
        return self.draft.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[DraftVersion]":
        rows = cls.objects.filter(draft__call__status=Call.Status.PUBLISHED)
        return rows.select_related("draft__jurisdiction", "draft__call", "made_by__jurisdiction")


class Credit(Recorded):
    """A line of the ledger: a contribution fed a draft. ``field`` and ``words`` are those of the draft that came from it,
    confirmed by a person; empty while only the link is known."""

    subject = "credit"

    draft = models.ForeignKey(JointDraft, models.PROTECT, related_name="credits")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="credits")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("número"))
    field = models.CharField(_("parte del compromiso"), max_length=40, blank=True)
    words = models.TextField(_("palabras que vinieron de ella"), blank=True)
    confirmed_by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_on = models.DateField(_("confirmado"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="credit_number"),
            models.UniqueConstraint(fields=["draft", "contribution", "field"], name="credit_once"),
        ]

    def __str__(self) -> str:
        return str(_("Aporte %(number)s") % {"number": self.number})

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/credit/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "field", "words", "confirmed_by", "confirmed_on"),
            draft=self.draft.number,
            contribution=self.contribution.number,
        )

    def is_public(self) -> bool:
        return self.draft.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Credit]":
        rows = cls.objects.filter(draft__call__status=Call.Status.PUBLISHED)
        return rows.select_related(
            "jurisdiction", "draft__call", "contribution__jurisdiction", "confirmed_by__jurisdiction"
        )


class Score(Recorded):
    """What one seat or participant gives a contribution: ``points`` ``{criterion: 1 to 5}``. Public with its sector."""

    subject = "score"

    call = models.ForeignKey(Call, models.PROTECT, related_name="scores")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="scores")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    sector = models.CharField(_("sector"), max_length=40)
    points = models.JSONField(_("puntos"), default=dict)
    scored_on = models.DateField(_("fecha"))

    class Meta:
        ordering = ["contribution", "role"]
        constraints = [models.UniqueConstraint(fields=["contribution", "role"], name="score_once")]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.sector}"

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/score/{self.contribution.number}.{self.role.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("role", "sector", "points", "scored_on"),
            call=self.call.number,
            contribution=self.contribution.number,
        )

    def is_public(self) -> bool:
        return self.call.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Score]":
        rows = cls.objects.filter(call__status=Call.Status.PUBLISHED)
        return rows.select_related("jurisdiction", "call", "contribution", "role__jurisdiction")
