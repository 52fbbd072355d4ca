"""Keeps files."""

import hashlib
import os
import tempfile
from typing import Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.documents.models import Blob
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
    return Blob.objects.get(pk=sha256)


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
