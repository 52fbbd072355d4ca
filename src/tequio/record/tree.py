"""Reads the tree from its tiles: roots and proofs."""

from collections.abc import Iterable

from django.db.models import BinaryField, Case, Q, When
from django.db.models.functions import Substr

from tequio.common.moment import remembered
from tequio.record import attest
from tequio.record.core import merkle
from tequio.record.core.proof import Proof
from tequio.record.core.tiles import HASH_BYTES, LEVEL_STEP, WIDTH
from tequio.record.models import Checkpoint, Tile


class Reader:
    """Gives the hashes of perfect subtrees. ``near`` are leaves whose tiles, at every level, come in one query."""

    def __init__(self, size: int, near: Iterable[int] = ()) -> None:
        self._tiles: dict[tuple[int, int], bytes] = {}
        places: set[tuple[int, int]] = set()
        for leaf in {*near, size - 1} if size else ():
            level, index = 0, leaf // WIDTH
            while size >> LEVEL_STEP * level:
                places.add((level, index))
                level, index = level + 1, index // WIDTH
        if places:
            self._tiles.update(_tiles(size, tuple(sorted(places))))

    def __call__(self, level: int, index: int) -> bytes:
        tile_level, rest = divmod(level, LEVEL_STEP)
        place, offset = divmod(index << rest, WIDTH)
        if (tile_level, place) not in self._tiles:
            self._tiles[tile_level, place] = bytes(Tile.objects.get(level=tile_level, index=place).data)
        data = self._tiles[tile_level, place]
        span = [data[n * HASH_BYTES : (n + 1) * HASH_BYTES] for n in range(offset, offset + (1 << rest))]
        return span[0] if rest == 0 else merkle.root_of(span)


@remembered
def _tiles(size: int, places: tuple[tuple[int, int], ...]) -> dict[tuple[int, int], bytes]:
    """These tiles, each as wide as the tree of this size has it: what it says of old acts never changes."""
    wanted, widths = Q(), []
    for level, index in places:
        here = Q(level=level, index=index)
        wanted |= here
        widths.append(When(here, then=HASH_BYTES * min(WIDTH, (size >> LEVEL_STEP * level) - index * WIDTH)))
    data = Substr("data", 1, Case(*widths), output_field=BinaryField())
    rows = Tile.objects.filter(wanted).values_list("level", "index", data)
    return {(level, index): bytes(cut) for level, index, cut in rows}


def root(size: int) -> bytes:
    """The root of the first ``size`` acts."""
    return merkle.root(Reader(size), size)


def inclusion(position: int, size: int) -> list[bytes]:
    """The path from the act at ``position`` to the root of ``size`` acts."""
    return merkle.inclusion_proof(Reader(size, [position]), position, size)


def consistency(old: int, new: int) -> list[bytes]:
    """The hashes that show that the tree of ``new`` acts grew out of that of ``old``."""
    return merkle.consistency_proof(Reader(new, [old - 1] if old else []), old, new)


@remembered
def proof(position: int) -> Proof | None:
    """The stand-alone proof of an act; None while no checkpoint covers it.

    Under the first checkpoint with the act in it that enough witnesses confirmed, else under the first of all: once it is
    confirmed, its proof stays as it is (decision 30).
    """
    sealed = attest.first_attested(position) or Checkpoint.objects.filter(size__gt=position).order_by("id").first()
    if sealed is None:
        return None
    return Proof(position, tuple(inclusion(position, sealed.size)), attest.cosigned(sealed))
