"""What changed between two versions, whose words those were, and which provisions of two texts say the same."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.legaltext.models.provisions import Lineage, Provision
from tequio.legaltext.models.texts import Expression
from tequio.people.models import Role
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Alignment(models.Model):
    """Which provision of the old version became which of the new one; ``method`` names the rules and their version."""

    old = models.ForeignKey(Expression, models.PROTECT, related_name="alignments_from")
    new = models.OneToOneField(Expression, models.PROTECT, related_name="alignment")
    method = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"


class Change(models.Model):
    """Something that is not the same in the new version. Several old provisions for a merge, several new for a split.

    ``score`` is the likeness of the words, 0 to 100. ``decided_by`` is whoever settled a doubt; nobody where the rules
    were sure. Provisions that stayed as they were have no row.
    """

    class Kind(models.TextChoices):
        MOVED = "moved", _("Cambió de lugar")
        RENUMBERED = "renumbered", _("Cambió de número")
        REWORDED = "reworded", _("Cambió su texto")
        SPLIT = "split", _("Se dividió")
        MERGED = "merged", _("Se juntó")
        ADDED = "added", _("Es nuevo")
        REPEALED = "repealed", _("Se derogó")
        REMOVED = "removed", _("Ya no está")

    alignment = models.ForeignKey(Alignment, models.PROTECT, related_name="changes")
    order = models.PositiveIntegerField()
    kind = models.CharField(_("qué cambió"), max_length=12, choices=Kind.choices)
    also = models.JSONField(default=list, blank=True)  # further kinds: renumbered and reworded at once
    score = models.PositiveSmallIntegerField(default=0)
    decided_by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    old = models.ManyToManyField(Provision, related_name="changes_after")
    new = models.ManyToManyField(Provision, related_name="changes_before")

    class Meta:
        ordering = ["alignment", "order"]
        constraints = [models.UniqueConstraint(fields=["alignment", "order"], name="change_order")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.order}"


class Link(Recorded):
    """Two provisions of two texts that say the same: a law and its summary, a sentence and its plain annex."""

    subject = "text-link"

    number = models.PositiveIntegerField(unique=True)
    one = models.ForeignKey(Lineage, models.PROTECT, related_name="+")
    other = models.ForeignKey(Lineage, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.one} = {self.other}"

    def subject_key(self) -> str:
        return f"{self.one.work.jurisdiction.slug}/text-link/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            "number",
            "made_by",
            one={"work": self.one.work.subject_key(), "lineage": self.one.key},
            other={"work": self.other.work.subject_key(), "lineage": self.other.key},
        )

    def is_public(self) -> bool:
        return self.one.work.is_public() and self.other.work.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Link]":
        return cls.objects.filter(
            one__work__published_on__isnull=False, other__work__published_on__isnull=False
        ).select_related("one__work__jurisdiction", "other__work__jurisdiction", "made_by__jurisdiction")


class Origin(Recorded):
    """Words of a version that somebody outside had proposed: characters ``start`` to ``end`` of the provision at ``path``.

    ``side`` is ``new`` for words that came in, ``gone`` for words struck (then ``path`` is in the version superseded).
    ``contribution`` is the key of what was proposed, opaque here; ``score`` the share of the proposal's words found, 0 to
    100. Suggestions are private; a person confirms or rejects, with a reason.
    """

    subject = "origin"

    class Side(models.TextChoices):
        NEW = "new", _("Palabras que entraron")
        GONE = "gone", _("Palabras que salieron")

    class Verdict(models.TextChoices):
        SUGGESTED = "suggested", _("Por confirmar")
        CONFIRMED = "confirmed", _("Confirmado")
        REJECTED = "rejected", _("Descartado")

    expression = models.ForeignKey(Expression, models.PROTECT, related_name="origins")
    number = models.PositiveIntegerField()
    path = models.CharField(max_length=200)
    side = models.CharField(_("qué pasó con las palabras"), max_length=4, choices=Side.choices, default=Side.NEW)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.TextField(_("palabras"))
    contribution = models.CharField(_("aportación"), max_length=200, db_index=True)
    score = models.PositiveSmallIntegerField(_("parecido"), default=0)
    verdict = models.CharField(_("veredicto"), max_length=10, choices=Verdict.choices, default=Verdict.SUGGESTED)
    decided_by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("decidido"), null=True, blank=True)
    reason = models.TextField(_("motivo"), blank=True)

    class Meta:
        ordering = ["expression", "number"]
        constraints = [models.UniqueConstraint(fields=["expression", "number"], name="origin_number")]

    def __str__(self) -> str:
        return self.words[:80]

    def subject_key(self) -> str:
        return f"{self.expression.jurisdiction.slug}/origin/{self.expression.work.code}.{self.expression.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("expression", "number", "path", "side", "start", "end", "words", "contribution", "score", "verdict"),
            *("decided_by", "decided_on", "reason"),
        )

    def is_public(self) -> bool:
        return self.verdict == self.Verdict.CONFIRMED and self.expression.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Origin]":
        return cls.objects.filter(
            verdict=cls.Verdict.CONFIRMED, expression__status=Expression.Status.PUBLISHED
        ).select_related("expression__work__jurisdiction", "decided_by__jurisdiction")
