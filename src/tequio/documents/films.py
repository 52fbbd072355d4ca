"""Keeps films: the same store as other files, a limit of their own, and never whole in memory."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.documents.clamd import scan_stream
from tequio.documents.contents import films
from tequio.documents.models import Blob
from tequio.documents.quota import spend

CHUNK = 1 << 20
MOST_A_DAY = 6  # films of the largest size from one account


@dataclass(frozen=True)
class KeptFilm:
    """A stored film: its length in seconds where it says so, and whether something that its maker wrote in it was emptied."""

    blob: Blob
    seconds: int | None
    emptied: bool


def megabytes() -> int:
    """The most that a film may weigh (``TEQUIO_FILM_MB``), in megabytes of 1,048,576 bytes."""
    return int(settings.FILM_MB)


def keep_film(*, upload: Any, who: str) -> KeptFilm:
    """Stores a film under its hash. Better not called inside a transaction: it takes as long as the disk does.

    Raises ``ValidationError`` with one sentence that says what to do. What a phone wrote beside pictures and sound is stored as
    zeros, so the hash is that of the copy kept here (``contents.films``).
    """
    size, most = int(upload.size or 0), megabytes() << 20
    if size > most:
        raise ValidationError(
            _(
                "El video pesa más de %(most)s MB. Expórtalo más chico (720p basta para un teléfono) o pega una dirección."
            )
            % {"most": megabytes()}
        )
    if not size:
        raise ValidationError(_("El archivo está vacío. Elige otro."))
    file: IO[bytes] = upload.file
    if file.seek(0, os.SEEK_END) != size:  # the form was cut before its end
        raise ValidationError(_("El video no llegó completo. Súbelo de nuevo."))
    looked = films.look(file, size)
    spend(f"film {who}", size, MOST_A_DAY * most)
    file.seek(0)
    scan_stream(file)
    return KeptFilm(_store(file, size, looked), looked.seconds, bool(looked.blanks))


def _store(file: IO[bytes], size: int, looked: films.Film) -> Blob:
    root = Path(settings.BLOB_ROOT) / "sha256"
    root.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=root, prefix=".film-")
    try:
        with os.fdopen(handle, "w+b") as out:
            file.seek(0)
            while piece := file.read(CHUNK):
                out.write(piece)
            for start, length in looked.blanks:
                _zeros(out, start, length)
            for start, head in looked.heads.items():
                out.seek(start)
                out.write(head)
            out.seek(0)
            sha256 = hashlib.file_digest(out, "sha256").hexdigest()
            os.fsync(out.fileno())
        os.chmod(name, 0o644)
        blob = Blob(sha256=sha256, size=size, media_type=looked.media_type)
        blob.path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(name, blob.path)
    finally:
        Path(name).unlink(missing_ok=True)
    Blob.objects.bulk_create([blob], ignore_conflicts=True)
    if not blob.path.exists():  # the same film, discarded by somebody else, went between both lines
        raise ValidationError(_("El video no llegó completo. Súbelo de nuevo."))
    return Blob.objects.get(pk=blob.pk)


def _zeros(out: IO[bytes], start: int, length: int) -> None:
    out.seek(start)
    nothing = bytes(min(length, CHUNK))
    while length > 0:
        out.write(nothing[:length])
        length -= len(nothing)
