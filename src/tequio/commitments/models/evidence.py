"""Evidence: a document, page, list or picture that shows that something was done."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models.activity import Activity
from tequio.commitments.models.commitment import Commitment
from tequio.common.dates import PartialDateField
from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.documents.models import Blob, LinkState
from tequio.documents.types import HTML
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Evidence(Recorded):
    """A piece of evidence, with its place (page, quoted passage) so that anybody finds what it proves.

    ``personal_data`` holds the piece back from the public until a redacted copy replaces it. ``captured`` is the day on
    which ``blob`` was archived from ``url``; without it ``blob`` is a file that somebody handed in, and ``url`` where it
    comes from. ``link_state`` is what the weekly check found at ``url``, first on the day ``link_checked``.
    """

    subject = "evidence"

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="evidence")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="evidence")
    number = models.PositiveIntegerField()
    title = I18nCharField(_("título"), max_length=300)
    kind = models.CharField(_("tipo"), max_length=40, blank=True)
    date = PartialDateField(_("fecha"), blank=True)
    source = models.CharField(_("fuente"), max_length=250, blank=True)
    author = models.CharField(_("autoría"), max_length=250, blank=True)
    url = models.URLField(_("dirección"), blank=True, max_length=500)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    page = models.CharField(_("página"), max_length=40, blank=True)
    quote = models.TextField(_("pasaje citado"), blank=True)
    licence = models.CharField(_("licencia"), max_length=120, blank=True)
    personal_data = models.BooleanField(_("contiene datos personales"), default=False)
    note = I18nTextField(blank=True)
    captured = models.DateField(_("copia guardada el"), null=True, blank=True)
    link_state = models.CharField(_("estado del enlace"), max_length=10, choices=LinkState.choices, blank=True)
    link_checked = models.DateField(_("estado del enlace desde"), null=True, blank=True)

    class Meta:
        ordering = ["commitment", "number"]
        verbose_name_plural = "evidence"
        constraints = [models.UniqueConstraint(fields=["commitment", "number"], name="evidence_number")]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_page(self) -> bool:
        """Whether its file is an archived web page: read as text, never shown as a page."""
        return self.blob is not None and self.blob.media_type == HTML

    def subject_key(self) -> str:
        return f"{self.commitment.jurisdiction.slug}/evidence/{self.commitment.code}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("commitment", "activity", "number", "title", "kind", "date", "source", "author", "url", "page", "quote"),
            *("licence", "note", "captured", "link_state", "link_checked"),
            file=self.blob_id,
        )

    def is_public(self) -> bool:
        return not self.personal_data and self.commitment.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Evidence]":
        return cls.objects.filter(personal_data=False, commitment__status=Commitment.Status.PUBLISHED).select_related(
            "commitment__jurisdiction", "activity__jurisdiction"
        )
