"""Acts of the log about itself: they have no row of their own, so their after-image is all that there is."""

from typing import Any

from django.utils import timezone

from tequio.record import hold
from tequio.record.core import canon
from tequio.record.core.merkle import leaf_hash
from tequio.record.entry import SCHEMA, milliseconds, stamp
from tequio.record.models import Act

# Their keys begin like the machine addresses, a word that no jurisdiction may have.
PLACE = "registro"


def write(kind: str, on: str, state: dict[str, Any]) -> Act:
    """The next act on ``on`` (``registro/…``), by the system. The caller holds the sequencer's lock or a transaction."""
    hold.need_none()
    now = milliseconds(timezone.now())
    last = Act.objects.filter(on=on).order_by("-rev").first()
    entry: dict[str, Any] = {
        "v": SCHEMA,
        "kind": kind,
        "at": stamp(now),
        "on": on,
        "rev": last.rev + 1 if last else 1,
        "by": {"role": "system"},
        "state": state,
    }
    if last:
        entry["prev"] = last.leaf
    data = canon.encode(entry)
    leaf = leaf_hash(data).hex()
    return Act.objects.create(jurisdiction=PLACE, kind=kind, on=on, rev=entry["rev"], at=now, entry=data, leaf=leaf)
