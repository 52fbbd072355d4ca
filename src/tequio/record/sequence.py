"""Numbers committed acts without gaps and builds the tree over them."""

import logging
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Max

from tequio.record import genesis, hold, kinds
from tequio.record.core.merkle import root_of
from tequio.record.core.tiles import HASH_BYTES, WIDTH
from tequio.record.models import Act, Leaf, Tile

LOCK = 7_203_355_197_841_221  # any number of our own; names the sequencer's advisory lock in PostgreSQL
BATCH = 2_048
# How far behind the newest numbered act a late commit is looked for at once; ``thorough`` looks everywhere.
RECENT = 20_000

log = logging.getLogger(__name__)


def tree_size() -> int:
    """How many acts have their number."""
    last = Leaf.objects.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def sequence(*, wait: bool = False, thorough: bool = False) -> int:
    """Numbers every committed act and returns how many. ``wait`` waits for another sequencer instead of leaving the
    work to it; ``thorough`` also looks for acts that committed long after younger ones."""
    if hold.behind() is not None:
        return 0
    total = 0
    while True:
        acts = _number_batch(wait=wait, thorough=thorough)
        if acts:
            _tell(acts)
        total += len(acts)
        if len(acts) < BATCH:
            return total


def _tell(acts: Sequence[Act]) -> None:
    """Calls the hooks. One that fails is logged: numbering goes on, and what the hook keeps can be built anew."""
    for hook in kinds.on_sequenced:
        try:
            with transaction.atomic():
                hook(acts)
        except Exception:
            log.exception("a function that follows the record failed on acts up to %s", acts[-1].pk)


@transaction.atomic
def _number_batch(*, wait: bool, thorough: bool) -> Sequence[Act]:
    if not take_lock(wait):
        return []
    size = tree_size()
    waiting = Act.objects.filter(numbered=None)
    if size and not thorough:
        newest = Leaf.objects.filter(position=size - 1).values_list("act_id", flat=True).get()
        waiting = waiting.filter(id__gt=newest - RECENT)
    acts = list(waiting.order_by("id")[:BATCH])
    if acts and size == 0:
        acts.insert(0, genesis.first_act())
    if acts:
        Leaf.objects.bulk_create(
            [Leaf(position=size + n, act=act, hash=act.leaf) for n, act in enumerate(acts)], batch_size=500
        )
        extend_tiles(size, [bytes.fromhex(act.leaf) for act in acts])
    return acts


def take_lock(wait: bool) -> bool:
    """Takes the sequencer's lock until the transaction ends. SQLite's IMMEDIATE transactions hold the only one."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def extend_tiles(size: int, hashes: Sequence[bytes]) -> None:
    """Appends leaf hashes to a tree of ``size`` leaves; a tile that fills up passes its root to the level above."""
    level, place, pending = 0, size, list(hashes)
    while pending:
        index, held = divmod(place, WIDTH)
        data = b""
        if held:
            data = bytes(Tile.objects.get(level=level, index=index).data)[: held * HASH_BYTES]
        changed: list[Tile] = []
        above: list[bytes] = []
        first_above = index
        while pending:
            room = WIDTH - len(data) // HASH_BYTES
            data += b"".join(pending[:room])
            pending = pending[room:]
            changed.append(Tile(level=level, index=index, data=data))
            if len(data) == WIDTH * HASH_BYTES:
                above.append(root_of([data[n : n + HASH_BYTES] for n in range(0, len(data), HASH_BYTES)]))
            index, data = index + 1, b""
        Tile.objects.bulk_create(
            changed, update_conflicts=True, update_fields=["data"], unique_fields=["level", "index"], batch_size=200
        )
        level, place, pending = level + 1, first_above, above
