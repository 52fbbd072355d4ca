"""Whether two copies of a record are one: the same tree at the size that both have, the same state, the same mirror."""

from dataclasses import dataclass
from pathlib import Path

from tequio.mirror.folder import MANIFEST
from tequio.record import state_seal, tree
from tequio.record.core import canon, merkle
from tequio.record.core import state_seal as core
from tequio.record.sequence import tree_size
from tequio.succession import bag
from tequio.succession.check import check, entries
from tequio.succession.export import PAGES


@dataclass(frozen=True)
class Side:
    """One copy. ``roots`` are the root of the tree and that of the state, at a size that both have."""

    name: str
    size: int
    root: str
    state: str
    mirror: str = ""


@dataclass(frozen=True)
class Identity:
    """Two copies compared at ``size`` acts."""

    size: int
    one: Side
    other: Side

    @property
    def same_root(self) -> bool:
        return self.one.root == self.other.root

    @property
    def same_state(self) -> bool:
        return self.one.state == self.other.state

    @property
    def same_mirror(self) -> bool | None:
        """None where one of the two has no mirror to compare."""
        return self.one.mirror == self.other.mirror if self.one.mirror and self.other.mirror else None

    @property
    def holds(self) -> bool:
        return self.same_root and self.same_state and self.same_mirror is not False


def compare(one: Path | None, other: Path | None) -> Identity:
    """Compares two bundles, or a bundle with this installation (None)."""
    size = min(_size(one), _size(other))
    return Identity(size, _side(one, size), _side(other, size))


def _size(place: Path | None) -> int:
    return tree_size() if place is None else check(place).size


def _side(place: Path | None, size: int) -> Side:
    if place is None:
        objects = core.root(state_seal.last_acts(size)).hex()
        return Side("aquí", size, tree.root(size).hex(), objects)
    hashes, last = [], {}
    for _position, entry in zip(range(size), entries(place / bag.DATA, check(place).size), strict=False):
        leaf, said = merkle.leaf_hash(entry), canon.decode(entry)
        hashes.append(leaf)
        last[said["on"]] = (said["rev"], leaf.hex())
    objects = core.root((on, rev, leaf) for on, (rev, leaf) in last.items()).hex()
    return Side(str(place), size, merkle.root_of(hashes).hex(), objects, _mirror(place))


def _mirror(place: Path) -> str:
    """The hash of the manifest of the portal as files, where the bundle has one beside it."""
    path = place / bag.DATA / PAGES / MANIFEST
    return bag.digest(path) if path.exists() else ""
