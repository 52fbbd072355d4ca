"""Cosignatures against their keys and seals, for ``record.verify``."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tequio.record.core import cosignature
from tequio.record.core.note import Note
from tequio.record.verify import Fault
from tequio.witnesses.models import Cosignature


def cosignatures() -> Iterator[Fault]:
    """A fault for each cosignature that no longer verifies under its witness's key."""
    rows = Cosignature.objects.select_related("checkpoint", "witness").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        try:
            seen = cosignature.read(Note.parse(row.checkpoint.note + row.line), [row.witness.key])
            holds = [(one.time, one.line) for one in seen] == [(row.time, row.line)]
        except ValueError:
            holds = False
        if not holds:
            yield Fault(
                _("firma de %(witness)s bajo el sello %(seal)s")
                % {"witness": row.witness.slug, "seal": row.checkpoint_id},
                _("no vale"),
            )
