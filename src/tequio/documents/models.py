"""Files known by their content: a file's name is the SHA-256 of its bytes, so it can neither change nor be swapped."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.documents.types import LABELS, SUFFIXES


class Blob(models.Model):
    """A stored file. ``size`` in bytes; ``media_type`` is found from the content, never believed from the sender."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256

    @property
    def path(self) -> Path:
        """Where the bytes lie on this installation."""
        return Path(settings.BLOB_ROOT) / "sha256" / self.sha256[:2] / self.sha256

    @property
    def label(self) -> str:
        """What people call this type: "PDF", "Foto o imagen"."""
        return str(LABELS.get(self.media_type, _("Archivo")))

    @property
    def suffix(self) -> str:
        """The usual ending of a file name for this type."""
        return SUFFIXES.get(self.media_type, ".bin")


class Capture(models.Model):
    """What an address answered when it was archived: where it led, the copy, and the answer's HTTP status."""

    url = models.CharField(max_length=500, db_index=True)
    final_url = models.CharField(max_length=2000)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    status = models.PositiveSmallIntegerField()
    captured = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-captured"]

    def __str__(self) -> str:
        return self.url


class LinkState(models.TextChoices):
    """What became of an address since it was first seen."""

    OK = "ok", _("sigue igual")
    MOVED = "moved", _("se movió")
    CHANGED = "changed", _("cambió")
    GONE = "gone", _("ya no está")


class LinkCheck(models.Model):
    """When an address that public objects name is to be looked at again. Private: what is found is told by their acts.

    ``first`` is what it showed at the first look, for objects without a copy of their own; ``failures`` the days in a row
    on which there was nothing, the last of them ``failed_on``.
    """

    url = models.CharField(max_length=500, unique=True)
    first = models.ForeignKey(Capture, models.PROTECT, null=True, related_name="+")
    failures = models.PositiveSmallIntegerField(default=0)
    failed_on = models.DateField(null=True)
    due = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.url


class Discard(models.Model):
    """A file that is deleted when its day comes, unless something names it by then."""

    blob = models.OneToOneField(Blob, models.CASCADE, related_name="discard")
    due = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.blob_id
