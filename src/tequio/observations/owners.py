"""Which files observations show."""

from tequio.documents.models import Blob
from tequio.observations.models import Observation


def shows(blob: Blob) -> bool:
    """Whether a photo in sight is this file."""
    return (
        Observation.public_rows()
        .filter(photo=blob, photo_sight=Observation.Photo.SHOWN, sight=Observation.Sight.SHOWN)
        .exists()
    )
