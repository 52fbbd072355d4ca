"""Differences between two wordings that a person can read: whole words, and few pieces. Needs no database.

The shortest edit script over words is found by RapidFuzz (Indel: insertions and deletions, Hyyrö's bit-parallel longest
common subsequence). Such scripts keep lone words that both texts happen to have ("de", "la"); *joining* gives an island of
fewer than two words between two changes to both, which leaves the changes that a person would mark.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from tequio.common.difference import Piece
from tequio.legaltext.words import Code, tokens

ISLAND = 2  # words that must stand between two changes, or they are one


class Run(NamedTuple):
    """Tokens ``old[i1:i2]`` became ``new[j1:j2]``; ``same`` when they are equal."""

    same: bool
    i1: int
    i2: int
    j1: int
    j2: int


def runs(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """The two token lists as runs, in order, that cover both."""
    code = Code()
    before, after = code.of(list(old)), code.of(list(new))
    if before == after:
        return [Run(True, 0, len(old), 0, len(new))] if old else []
    found: list[Run] = []
    for op in Indel.opcodes(before, after):
        same = op.tag == "equal"
        last = found[-1] if found else None
        if last and last.same == same:
            found[-1] = Run(same, last.i1, op.src_end, last.j1, op.dest_end)
        else:
            found.append(Run(same, op.src_start, op.src_end, op.dest_start, op.dest_end))
    return found


def joined(found: list[Run], old: Sequence[str]) -> list[Run]:
    """The runs with small islands given to the changes around them."""
    kept: list[Run] = []
    for place, run in enumerate(found):
        inside = 0 < place < len(found) - 1
        if run.same and inside and sum(1 for token in old[run.i1 : run.i2] if token[0].isalnum()) < ISLAND:
            run = run._replace(same=False)
        if kept and not run.same and not kept[-1].same:
            run = Run(False, kept[-1].i1, run.i2, kept[-1].j1, run.j2)
            kept.pop()
        kept.append(run)
    return kept


def compare(before: str, after: str) -> list[Piece]:
    """The two texts as one run of pieces (``same``, ``gone``, ``new``). Leaving out ``new`` gives ``before`` to the
    character, leaving out ``gone`` gives ``after``."""
    old, new = tokens(before), tokens(after)
    pieces: list[Piece] = []
    for run in joined(runs(old, new), old):
        if run.same:
            pieces.append(Piece("same", "".join(old[run.i1 : run.i2])))
            continue
        if run.i1 < run.i2:
            pieces.append(Piece("gone", "".join(old[run.i1 : run.i2])))
        if run.j1 < run.j2:
            pieces.append(Piece("new", "".join(new[run.j1 : run.j2])))
    return pieces


def sides(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The pieces of the earlier wording, and those of the later one."""
    return [p for p in pieces if p.kind != "new"], [p for p in pieces if p.kind != "gone"]


def changed_words(pieces: list[Piece]) -> tuple[int, int]:
    """How many words went, and how many came."""
    gone = sum(1 for p in pieces if p.kind == "gone" for t in tokens(p.text) if t[0].isalnum())
    came = sum(1 for p in pieces if p.kind == "new" for t in tokens(p.text) if t[0].isalnum())
    return gone, came
