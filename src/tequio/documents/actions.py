"""Keeps files."""

import datetime as dt
import hashlib
import os
import tempfile
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.documents.models import Blob, Discard
from tequio.documents.types import media_type_of

MAX_BYTES = 10 * 1024 * 1024  # OGP's own limit for a file in its forms (standards §5)


class Upload(Protocol):
    """What Django hands over for an uploaded file, or any open file with a size."""

    size: int

    def read(self, size: int = -1) -> bytes: ...


def keep(*, upload: Upload) -> Blob:
    """Stores a file under its hash and returns its row; the same bytes twice are one file.

    Raises ``ValidationError`` when it is empty, over 10 MB, or of a type that we do not take.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(_("El archivo pesa más de 10 MB. Divídelo o publica una dirección donde esté completo."))
    content = upload.read(MAX_BYTES + 1)
    if not content:
        raise ValidationError(_("El archivo está vacío. Elige otro."))
    media_type = media_type_of(content)
    if media_type is None:
        raise ValidationError(
            _(
                "No reconocemos este archivo. Aceptamos PDF, imágenes PNG, JPG o WebP, texto, y documentos, "
                "hojas y presentaciones de oficina sin macros."
            )
        )
    sha256 = hashlib.sha256(content).hexdigest()
    blob = Blob(sha256=sha256, size=len(content), media_type=media_type)
    _write_once(blob, content)
    Blob.objects.bulk_create([blob], ignore_conflicts=True)
    _write_once(blob, content)  # again: the same file, discarded by somebody else, may have gone between both lines
    return Blob.objects.get(pk=sha256)


def discard(*, blob: Blob) -> None:
    """Has the file deleted after the days of grace (``TEQUIO_DISCARD_DAYS``), unless something names it by then."""
    due = timezone.now() + dt.timedelta(days=settings.DISCARD_DAYS)
    Discard.objects.get_or_create(blob=blob, defaults={"due": due})


def discard_due() -> int:
    """Deletes the files whose day has come, row and bytes; one that something names stays. Returns how many went."""
    gone = 0
    for row in Discard.objects.filter(due__lte=timezone.now()).select_related("blob").order_by("due")[:100]:
        blob, path = row.blob, row.blob.path
        try:
            with transaction.atomic():
                blob.delete()
        except ProtectedError:
            row.delete()
            continue
        path.unlink(missing_ok=True)
        gone += 1
    return gone


def _write_once(blob: Blob, content: bytes) -> None:
    """The file is whole under its name or not there at all, even when the process is killed half-way."""
    if blob.path.exists():
        return
    blob.path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=blob.path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(name, 0o644)
    os.replace(name, blob.path)
