"""What an institution reports on an activity, and the report it is still writing."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models import Activity, Commitment, Evidence
from tequio.common.i18n import I18nTextField
from tequio.documents.models import Blob
from tequio.monitoring.models.track import Said
from tequio.people.models import Role
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Report(Recorded):
    """An institution's report on an activity, with its evidence, and its one answer to what the committee saw in it."""

    subject = "report"

    class Cut(models.TextChoices):
        FIRST = "first", _("Primer avance")
        SECOND = "second", _("Segundo avance")
        FINAL = "final", _("Resultado final")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    said = models.CharField(_("avance"), max_length=20, choices=Said.choices)
    cut = models.CharField(_("corte"), max_length=10, choices=Cut.choices, blank=True)
    text = I18nTextField(_("qué se hizo"), blank=True)
    on = models.DateField(_("fecha"))
    by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="reports")
    by_words = models.CharField(max_length=250, blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="reports")
    reply = I18nTextField(_("respuesta a las miradas"), blank=True)
    reply_on = models.DateField(null=True, blank=True)
    reply_by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="look_replies")

    class Meta:
        ordering = ["activity", "number"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="report_number")]

    def __str__(self) -> str:
        return f"{self.activity} · {self.number}"

    @property
    def public_evidence(self) -> list[Evidence]:
        """The evidence that anybody may see."""
        return [piece for piece in self.evidence.all() if not piece.personal_data]

    def subject_key(self) -> str:
        return f"{self.activity.jurisdiction.slug}/report/{self.activity.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        # Evidence held back for personal data is not named here, so that nothing of it reaches the record.
        pieces = [piece.subject_key() for piece in self.public_evidence] if self.pk else []
        return state_of(
            self,
            *("activity", "number", "said", "cut", "text", "on", "by", "by_words", "reply", "reply_on", "reply_by"),
            evidence=sorted(pieces),
        )

    def is_public(self) -> bool:
        return self.activity.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Report]":
        return (
            cls.objects.filter(activity__commitment__status=Commitment.Status.PUBLISHED)
            .select_related("activity__jurisdiction", "by__jurisdiction", "reply_by__jurisdiction")
            .prefetch_related("evidence__commitment__jurisdiction")
        )


class ReportDraft(models.Model):
    """A report that somebody of the institution is writing, private until it is sent; one for each activity.

    ``document`` is what the form holds; ``revision`` grows with each save, so that two people do not overwrite each other
    (0: only files so far). ``links`` ``{address: {"file": DraftFile} or {"code", "words", "blocks"}}`` says what archiving each
    address gave. ``discarded`` is when it was thrown away; then it can be taken up again until it is purged.
    """

    KEPT_DAYS = 30  # how long a discarded draft can be taken up again

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="report_draft")
    document = models.JSONField(default=dict)
    links = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    discarded = models.DateTimeField(null=True, blank=True)
    edited = models.DateTimeField(auto_now=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-edited"]

    def __str__(self) -> str:
        return f"{self.activity} · {self.revision}"

    @property
    def stamp(self) -> str:
        """What a form remembers of the draft that it shows: which one, and how often it was saved."""
        return f"{self.pk}.{self.revision}"


class DraftFile(models.Model):
    """A file of a report that is still being written, kept at once and private. ``name`` is what its uploader calls it,
    ``notes`` the personal traces that were found in it, a sentence each."""

    MOST = 60  # files of one draft

    draft = models.ForeignKey(ReportDraft, models.CASCADE, related_name="files")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255, blank=True)
    notes = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.name or self.blob_id


class UnarchivedLink(models.Model):
    """An address handed in as evidence while its site did not answer: it is asked again until there is a copy."""

    evidence = models.OneToOneField(Evidence, models.CASCADE, related_name="unarchived")
    tries = models.PositiveIntegerField(default=0)
    due = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.evidence)
