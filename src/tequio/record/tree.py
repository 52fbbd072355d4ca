"""Reads the tree from its tiles: roots and proofs."""

from collections.abc import Callable

from tequio.record.core import merkle
from tequio.record.core.proof import Proof
from tequio.record.core.tiles import HASH_BYTES, LEVEL_STEP, WIDTH
from tequio.record.models import Checkpoint, Tile


def reader() -> Callable[[int, int], bytes]:
    """A function that gives the hash of a perfect subtree, reading each tile once."""
    tiles: dict[tuple[int, int], bytes] = {}

    def node(level: int, index: int) -> bytes:
        tile_level, rest = divmod(level, LEVEL_STEP)
        start = index << rest
        place, offset = divmod(start, WIDTH)
        if (tile_level, place) not in tiles:
            tiles[tile_level, place] = bytes(Tile.objects.get(level=tile_level, index=place).data)
        data = tiles[tile_level, place]
        span = [data[n * HASH_BYTES : (n + 1) * HASH_BYTES] for n in range(offset, offset + (1 << rest))]
        return span[0] if rest == 0 else merkle.root_of(span)

    return node


def root(size: int) -> bytes:
    """The root of the first ``size`` acts."""
    return merkle.root(reader(), size)


def inclusion(position: int, size: int) -> list[bytes]:
    """The path from the act at ``position`` to the root of ``size`` acts."""
    return merkle.inclusion_proof(reader(), position, size)


def consistency(old: int, new: int) -> list[bytes]:
    """The hashes that show that the tree of ``new`` acts grew out of that of ``old``."""
    return merkle.consistency_proof(reader(), old, new)


def proof(position: int) -> Proof | None:
    """The stand-alone proof of an act under the newest checkpoint that covers it; None while none does."""
    sealed = Checkpoint.objects.filter(size__gt=position).order_by("-id").first()
    if sealed is None:
        return None
    return Proof(position, tuple(inclusion(position, sealed.size)), sealed.note)
