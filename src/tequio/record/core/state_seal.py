"""The seal of the state: one number for how every object stood, so that a restored record can be compared as a whole and
anybody can prove that an act is the latest on its object.

The leaves are the lines ``<object key>\\n<revision>\\n<leaf hash in hex>\\n``, one for each object, sorted by key as bytes;
the root over them is that of RFC 6962.
"""

from collections.abc import Iterable

from tequio.record.core.merkle import EMPTY_ROOT, leaf_hash, root_of

Last = tuple[str, int, str]


def line(on: str, revision: int, leaf: str) -> bytes:
    """The bytes that say which act is the last on an object."""
    return f"{on}\n{revision}\n{leaf}\n".encode()


def root(objects: Iterable[Last]) -> bytes:
    """The root over the last act of each object; that of an empty tree where there is none."""
    rows = sorted(objects, key=lambda row: row[0].encode())
    return root_of([leaf_hash(line(*row)) for row in rows]) if rows else EMPTY_ROOT
