"""Files and their rows against their bytes, for ``record.verify``."""

import hashlib
import os
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tequio.documents.models import Blob
from tequio.documents.types import FILMS, fits
from tequio.record.verify import Fault


def files() -> Iterator[Fault]:
    """A fault for each file that is missing, is no longer what its name says, or whose row says something else."""
    for blob in Blob.objects.order_by("pk").iterator(chunk_size=500):
        name = _("archivo %(sha256)s") % {"sha256": blob.sha256}
        try:
            with blob.path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
                size = file.seek(0, os.SEEK_END)
                file.seek(0)
                # A film is told by its beginning; what else there is weighs at most 10 MB (actions.MAX_BYTES).
                content = file.read(64) if blob.media_type in FILMS else file.read()
        except OSError:
            yield Fault(name, _("no está"))
            continue
        if found != blob.sha256:
            yield Fault(name, _("su contenido cambió"))
        elif blob.size != size or not fits(blob.media_type, content):
            yield Fault(name, _("su ficha no dice su tamaño y tipo"))
