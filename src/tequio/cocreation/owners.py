"""Which files co-creation shows."""

from tequio.cocreation.models import Attachment, Said
from tequio.documents.models import Blob


def shows(blob: Blob) -> bool:
    """Whether a problem or a contribution in sight shows this file."""
    rows = Attachment.objects.filter(blob=blob, sight=Attachment.Sight.SHOWN)
    shown = Said.Sight.SHOWN
    return rows.filter(problem__sight=shown).exists() or rows.filter(contribution__sight=shown).exists()
