"""The first act of every log: its name, its key and the hash of the key that will follow."""

from django.conf import settings

from tequio.record import keys, log_acts
from tequio.record.models import Act

# The log itself as an object.
LOG = f"{log_acts.PLACE}/log"
KIND = "log.started"


def first_act() -> Act:
    """Writes the act that stands at position 0."""
    return log_acts.write(
        KIND,
        LOG,
        {
            "origin": settings.RECORD_ORIGIN,
            "key": keys.signer().verifier.vkey,
            "next_key_hash": keys.next_key_hash(),
        },
    )
