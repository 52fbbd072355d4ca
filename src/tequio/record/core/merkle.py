"""Merkle trees of RFC 6962 (2.1), proofs checked by the iterative algorithms of RFC 9162 (2.1.3, 2.1.4)."""

from collections.abc import Callable, Sequence
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

# Gives the root of the perfect subtree of 2^level leaves that starts at leaf index * 2^level.
Node = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256 of 0x00 and the entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of 0x01 and the two children."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root of a tree with these leaf hashes."""
    stack: list[tuple[int, bytes]] = []
    for leaf in leaves:
        level, value = 0, leaf
        while stack and stack[-1][0] == level:
            value = node_hash(stack.pop()[1], value)
            level += 1
        stack.append((level, value))
    return fold([value for _, value in stack])


def fold(peaks: Sequence[bytes]) -> bytes:
    """The root over perfect subtrees, largest first."""
    if not peaks:
        return EMPTY_ROOT
    value = peaks[-1]
    for peak in reversed(peaks[:-1]):
        value = node_hash(peak, value)
    return value


def split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1


def subtree(node: Node, start: int, size: int) -> bytes:
    """The hash of leaves ``start`` to ``start + size`` (a subtree as RFC 6962 cuts them)."""
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    k = split(size)
    return node_hash(subtree(node, start, k), subtree(node, start + k, size - k))


def root(node: Node, size: int) -> bytes:
    """The root of the first ``size`` leaves."""
    return subtree(node, 0, size) if size else EMPTY_ROOT


def inclusion_proof(node: Node, index: int, size: int) -> list[bytes]:
    """The hashes that lead from leaf ``index`` to the root of ``size`` leaves (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError("no such leaf in this tree")
    path: list[bytes] = []
    start = 0
    while size > 1:
        k = split(size)
        if index - start < k:
            path.append(subtree(node, start + k, size - k))
            size = k
        else:
            path.append(subtree(node, start, k))
            start, size = start + k, size - k
    return path[::-1]


def consistency_proof(node: Node, old: int, new: int) -> list[bytes]:
    """The hashes that show that the tree of ``new`` leaves grew out of that of ``old`` (RFC 6962, 2.1.2)."""
    if not 0 < old <= new:
        raise ValueError("the old tree must be the smaller one and not empty")
    path: list[bytes] = []
    start, size, whole = 0, new, True
    while old != size:
        k = split(size)
        if old <= k:
            path.append(subtree(node, start + k, size - k))
            size = k
        else:
            path.append(subtree(node, start, k))
            start, size, old, whole = start + k, size - k, old - k, False
    if not whole:
        path.append(subtree(node, start, size))
    return path[::-1]


def _all_hashes(*hashes: bytes) -> bool:
    return all(len(value) == HASH_BYTES for value in hashes)


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether ``proof`` leads from the leaf hash at ``index`` to the root of ``size`` leaves."""
    if not 0 <= index < size or not _all_hashes(leaf, expected, *proof):
        return False
    fn, sn, value = index, size - 1, leaf
    for sibling in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            value = node_hash(sibling, value)
            while not fn & 1 and fn:
                fn >>= 1
                sn >>= 1
        else:
            value = node_hash(value, sibling)
        fn >>= 1
        sn >>= 1
    return sn == 0 and value == expected


def verify_consistency(size1: int, size2: int, proof: Sequence[bytes], root1: bytes, root2: bytes) -> bool:
    """Whether ``proof`` shows that the second tree grew out of the first."""
    if not 1 <= size1 <= size2 or not _all_hashes(root1, root2, *proof):
        return False
    if size1 == size2:
        return not proof and root1 == root2
    if not proof:
        return False
    path = list(proof)
    if size1 & (size1 - 1) == 0:
        path.insert(0, root1)
    fn, sn = size1 - 1, size2 - 1
    while fn & 1:
        fn >>= 1
        sn >>= 1
    fr = sr = path[0]
    for sibling in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(sibling, fr), node_hash(sibling, sr)
            while not fn & 1 and fn:
                fn >>= 1
                sn >>= 1
        else:
            sr = node_hash(sr, sibling)
        fn >>= 1
        sn >>= 1
    return sn == 0 and fr == root1 and sr == root2
