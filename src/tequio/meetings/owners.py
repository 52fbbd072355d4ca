"""Which files belong to a public object of meetings."""

from tequio.documents.models import Blob
from tequio.meetings.models import Body, Minutes, Session, SessionDocument


def shows(blob: Blob) -> bool:
    """Whether a body, a document of a called session, or approved minutes name the file."""
    return (
        Minutes.objects.filter(pdf=blob, state=Minutes.State.APPROVED).exists()
        or SessionDocument.objects.filter(blob=blob, published_on__isnull=False)
        .exclude(session__state=Session.State.DRAFT)
        .exists()
        or Body.objects.filter(founding_act=blob).exists()
        or Body.objects.filter(rules_document=blob).exists()
    )
