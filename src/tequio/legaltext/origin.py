"""Which words of a new wording somebody had proposed before. Needs no database.

A word is credited to a proposal when it is new both in the final wording and in the proposal, lies on their longest common
subsequence of words, and its run has at least two content words. Words struck in both are credited in the same way. The
likeness says nothing of causes: it suggests, a person confirms. True paraphrase is out of its reach.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tequio.legaltext.worddiff import Run, joined, runs
from tequio.legaltext.words import content

METHOD = "common-words-1"
LEAST = 2  # content words of a run
NEW, GONE = "new", "gone"
_SIGNS = re.compile(r"\w+|[^\w\s]")


class Proposal(NamedTuple):
    """What somebody proposed: ``text`` instead of ``base``, the wording that stood before them."""

    key: str
    base: str
    text: str


class Credit(NamedTuple):
    """Characters ``start`` to ``end`` of the final wording (``side`` new) or of the one before (``gone``) that a proposal
    had; ``score`` is the share of its own changed content words that were found in all, 0 to 100."""

    key: str
    side: str
    start: int
    end: int
    words: str
    score: int


def _changed(found: list[Run]) -> tuple[set[int], set[int]]:
    """The tokens struck and those put in, by place."""
    gone = {i for run in found if not run.same for i in range(run.i1, run.i2)}
    came = {j for run in found if not run.same for j in range(run.j1, run.j2)}
    return gone, came


def _spans(places: Iterable[int], words: Sequence[str], partner: dict[int, int] | None = None) -> list[tuple[int, int]]:
    """Runs of neighbouring places that say something."""
    found: list[tuple[int, int]] = []
    for at in sorted(places):
        joins = found and at == found[-1][1]
        if joins and partner is not None:
            joins = partner[at] == partner[at - 1] + 1  # neighbours there too
        if joins:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return [(start, end) for start, end in found if content(list(words[start:end])) >= LEAST]


def credit(before: str, after: str, proposals: Sequence[Proposal], known: Sequence[str] = ()) -> list[Credit]:
    """The words of ``after`` (and those struck from ``before``) that the proposals had, in the order of the proposals.

    Equal proposals are all credited. ``known`` are texts whose words credit nobody: the initiative's own, earlier versions.
    """
    old, at_old = _marked(before)
    new, at_new = _marked(after)
    struck, came = _changed(_runs(old, new))
    read = [f" {' '.join(_marked(text)[0])} " for text in known]
    found: list[Credit] = []
    for proposal in proposals:
        base, said = _marked(proposal.base)[0], _marked(proposal.text)[0]
        struck_there, came_there = _changed(_runs(base, said))
        pairs = {
            run.j1 + n: run.i1 + n for run in runs(said, new) if run.same for n in range(run.i2 - run.i1)
        }  # place in the final wording: place in the proposal
        shared = {j for j, i in pairs.items() if j in came and i in came_there}
        spans = [(NEW, s, e) for s, e in _spans(shared, new, pairs)]
        spans = [span for span in spans if not _is_known(new[span[1] : span[2]], read)]
        if proposal.base == before:
            spans += [(GONE, s, e) for s, e in _spans(struck & struck_there, old)]
        total = content([said[i] for i in sorted(came_there)]) + content([base[i] for i in sorted(struck_there)])
        hit = sum(content((new if side == NEW else old)[start:end]) for side, start, end in spans)
        score = min(100, round(100 * hit / total)) if total else 0
        for side, start, end in spans:
            text, places = (after, at_new) if side == NEW else (before, at_old)
            first, last = places[start][0], places[end - 1][1]
            found.append(Credit(proposal.key, side, first, last, text[first:last], score))
    return found


def _marked(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Words and marks without the spaces, and where each stands."""
    found = list(_SIGNS.finditer(text))
    return [match.group() for match in found], [match.span() for match in found]


def _runs(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    return joined(runs(old, new), old)


def _is_known(words: Sequence[str], texts: Sequence[str]) -> bool:
    return any(f" {' '.join(words)} " in text for text in texts)


def share(after: str, before: str, spans: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Of the content words that came in: how many lie in ``spans`` (characters of ``after``), and how many there are."""
    old, _places = _marked(before)
    new, places = _marked(after)
    _struck, came = _changed(_runs(old, new))
    wanted = [places[j][0] for j in sorted(came) if content([new[j]])]
    inside = list(spans)
    return sum(1 for at in wanted if any(start <= at < end for start, end in inside)), len(wanted)
