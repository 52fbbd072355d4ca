"""Once a day the record seals the state: the root over the last act of every object (``core.state_seal``)."""

from collections.abc import Iterator

from django.db import connection, transaction
from django.utils import timezone

from tequio.record import log_acts
from tequio.record.core import canon, state_seal
from tequio.record.models import Act, Leaf
from tequio.record.sequence import sequence, take_lock, tree_size

ON = f"{log_acts.PLACE}/state"
KIND = "state.sealed"
ACTS, LEAVES = Act._meta.db_table, Leaf._meta.db_table
# The last act on each object among those with a position below a size.
LAST = (
    f"SELECT a.{{on}}, a.rev, a.leaf FROM {ACTS} a JOIN {LEAVES} l ON l.act_id = a.id"  # noqa: S608  our own tables
    f" JOIN (SELECT b.{{on}} AS key, max(b.rev) AS rev FROM {ACTS} b JOIN {LEAVES} m ON m.act_id = b.id"
    " WHERE m.position < %s GROUP BY b.{on}) last ON last.key = a.{on} AND last.rev = a.rev"
    " WHERE l.position < %s"
)


def newest() -> Act | None:
    """The newest seal of the state."""
    return Act.objects.filter(on=ON).order_by("-rev").first()


def last_acts(size: int) -> Iterator[state_seal.Last]:
    """The last act on each object among the first ``size`` acts: key, revision, leaf hash."""
    with connection.cursor() as cursor:
        cursor.execute(LAST.format(on=connection.ops.quote_name("on")), [size, size])
        while rows := cursor.fetchmany(5_000):
            yield from rows


def seal_if_due() -> Act | None:
    """Seals the state when the last seal is of another day and something has happened since; else None."""
    today, last = timezone.localdate().isoformat(), newest()
    said = canon.decode(bytes(last.entry))["state"] if last else {}
    # Behind the last seal stands the seal itself: a day on which nothing else happened needs no new one.
    if said.get("day") == today or tree_size() <= said.get("size", 0) + 1:
        return None
    return seal()


def seal() -> Act:
    """Writes the seal of the state as it stands in the numbered acts."""
    sequence(wait=True)
    with transaction.atomic():
        take_lock(wait=True)
        size = tree_size()
        objects = list(last_acts(size))
        state = {
            "day": timezone.localdate().isoformat(),
            "size": size,
            "objects": len(objects),
            "root": state_seal.root(objects).hex(),
        }
        found = log_acts.write(KIND, ON, state)
    sequence(wait=True)
    return found
