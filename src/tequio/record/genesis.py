"""The first act of every log: its name, its key and the hash of the key that will follow."""

from django.conf import settings
from django.utils import timezone

from tequio.record import keys
from tequio.record.core import canon
from tequio.record.core.merkle import leaf_hash
from tequio.record.entry import SCHEMA, milliseconds, stamp
from tequio.record.models import Act

# The log itself as an object. Its first word is no jurisdiction's: it is the first of the machine addresses.
LOG = "registro/log"
KIND = "log.started"


def first_act() -> Act:
    """Writes the act that stands at position 0."""
    now = milliseconds(timezone.now())
    data = canon.encode(
        {
            "v": SCHEMA,
            "kind": KIND,
            "at": stamp(now),
            "on": LOG,
            "rev": 1,
            "by": {"role": "system"},
            "state": {
                "origin": settings.RECORD_ORIGIN,
                "key": keys.signer().verifier.vkey,
                "next_key_hash": keys.next_key_hash(),
            },
        }
    )
    return Act.objects.create(
        jurisdiction="registro", kind=KIND, on=LOG, rev=1, at=now, entry=data, leaf=leaf_hash(data).hex()
    )
