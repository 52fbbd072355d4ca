"""Which files belong to a public bill."""

from django.db.models import Q

from tequio.documents.models import Blob
from tequio.lawmaking.models import Bill


def shows(blob: Blob) -> bool:
    """Whether a public bill names the file: its film, or the picture before it."""
    return Bill.objects.filter(Q(film=blob) | Q(poster=blob), status=Bill.Status.PUBLISHED).exists()
