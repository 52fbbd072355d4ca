"""Keeps files."""

import datetime as dt
import hashlib
import os
import tempfile
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.documents.clamd import scan
from tequio.documents.contents import look
from tequio.documents.models import Blob, Discard
from tequio.documents.quota import spend

CHUNK = 1 << 16
LONGEST_NAME = 255
MAX_BYTES = 10 * 1024 * 1024  # OGP's own limit for a file in its forms (standards §5)


class Upload(Protocol):
    """What Django hands over for an uploaded file, or any open file with a size."""

    size: int

    def read(self, size: int = -1) -> bytes: ...


@dataclass(frozen=True)
class Kept:
    """A stored file, and what its uploader should know of it before it is published, a sentence each."""

    blob: Blob
    notes: list[str]


def keep(*, upload: Upload, who: str = "") -> Blob:
    """Stores a file under its hash and returns its row; the same bytes twice are one file.

    Raises ``ValidationError`` with one sentence that says what to do: it is empty, over 10 MB, of a type that we do not
    take, or holds what could run, burst or hide (``contents``). Pictures lose what the camera wrote into them.
    """
    return keep_with_notes(upload=upload, who=who).blob


def keep_with_notes(*, upload: Upload, who: str = "") -> Kept:
    """As ``keep``, with the names and other personal traces that the file carries, for its uploader to see.

    ``who`` names the sender for the limit of a day (``quota``). Better not called inside a transaction where there is
    ClamAV: it may take seconds.
    """
    name = str(getattr(upload, "name", "") or "")
    if len(name) > LONGEST_NAME or any(ord(letter) < 32 for letter in name):
        raise ValidationError(_("El nombre del archivo es demasiado largo o trae signos raros. Ponle un nombre corto."))
    content = _read(upload)
    if who:
        spend(who, len(content))
    media_type, looked = look(content)
    scan(content)
    return Kept(store(content=looked.content, media_type=media_type), looked.notes)


def _read(upload: Upload) -> bytes:
    """The bytes, never more than a little above the limit, whatever the sender says of their number."""
    content = bytearray()
    if (upload.size or 0) <= MAX_BYTES:
        while len(content) <= MAX_BYTES and (piece := upload.read(CHUNK)):
            content += piece[: MAX_BYTES + 1]
    if (upload.size or 0) > MAX_BYTES or len(content) > MAX_BYTES:
        raise ValidationError(_("El archivo pesa más de 10 MB. Divídelo o publica una dirección donde esté completo."))
    if not content:
        raise ValidationError(_("El archivo está vacío. Elige otro."))
    return bytes(content)


def store(*, content: bytes, media_type: str) -> Blob:
    """Writes bytes that were looked through to their place, and their row; the first media type of a file stays."""
    blob = Blob(sha256=hashlib.sha256(content).hexdigest(), size=len(content), media_type=media_type)
    _write_once(blob, content)
    Blob.objects.bulk_create([blob], ignore_conflicts=True)
    _write_once(blob, content)  # again: the same file, discarded by somebody else, may have gone between both lines
    return Blob.objects.get(pk=blob.pk)


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
