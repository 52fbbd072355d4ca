"""Files and their rows against their bytes, for ``record.verify``."""

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tequio.documents.models import Blob
from tequio.documents.types import fits
from tequio.record.verify import Fault


def files() -> Iterator[Fault]:
    """A fault for each file that is missing, is no longer what its name says, or whose row says something else."""
    for blob in Blob.objects.order_by("pk").iterator(chunk_size=500):
        name = _("archivo %(sha256)s") % {"sha256": blob.sha256}
        try:
            content = blob.path.read_bytes()  # at most 10 MB (actions.MAX_BYTES)
        except OSError:
            yield Fault(name, _("no está"))
            continue
        if hashlib.sha256(content).hexdigest() != blob.sha256:
            yield Fault(name, _("su contenido cambió"))
        elif blob.size != len(content) or not fits(blob.media_type, content):
            yield Fault(name, _("su ficha no dice su tamaño y tipo"))
