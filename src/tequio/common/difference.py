"""Differences between two texts that a person can read: whole words, not letters."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Piece(NamedTuple):
    """A run of text: ``kind`` is ``same``, ``gone`` or ``new``."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """The two texts as one run of pieces. Leaving out ``new`` gives ``before``, leaving out ``gone`` gives ``after``."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(Piece("gone", "".join(old[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("new", "".join(new[j1:j2])))
    return pieces
