"""Files known by their content: a file's name is the SHA-256 of its bytes, so it can neither change nor be swapped."""

from pathlib import Path

from django.conf import settings
from django.db import models

from tequio.documents.types import SUFFIXES


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
    def suffix(self) -> str:
        """The usual ending of a file name for this type."""
        return SUFFIXES.get(self.media_type, ".bin")
