"""How alike two wordings are, and which of many are worth a look. Needs no database.

``Corpus`` keeps each wording as characters (a word each) and an index of its rare words, so that candidates for a wording
are found without comparing it with all the others: the cost of a law grows with its length, not with its square.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import log

from rapidfuzz.distance import Indel, LCSseq

from tequio.legaltext.words import Code, plain_words

MOST = 12  # candidates for one wording
RARE = 24  # rarest words of a wording that are asked for


class Corpus:
    """Wordings of one side, by place."""

    def __init__(self, code: Code, texts: Sequence[str]) -> None:
        self._index([code.of(plain_words(text)) for text in texts])

    @classmethod
    def of(cls, signs: Sequence[str]) -> "Corpus":
        """A corpus of wordings that are characters already."""
        found = cls.__new__(cls)
        found._index(signs)
        return found

    def _index(self, signs: Sequence[str]) -> None:
        self.signs = list(signs)
        self._in: dict[str, list[int]] = defaultdict(list)
        for place, wording in enumerate(self.signs):
            for sign in set(wording):
                self._in[sign].append(place)

    def candidates(self, signs: str) -> list[int]:
        """The places whose wordings share most of the rare words of ``signs``, best first."""
        known = [(len(self._in[sign]), sign) for sign in sorted(set(signs)) if sign in self._in]
        score: dict[int, float] = defaultdict(float)
        for count, sign in sorted(known)[:RARE]:
            weight = log(1 + len(self.signs) / count)
            for place in self._in[sign][:400]:
                score[place] += weight
        return sorted(score, key=lambda place: (-score[place], place))[:MOST]


def alike(one: str, other: str, least: float = 0.0) -> float:
    """Share of the words that both have in the same order (Indel), 0 to 1; 0 below ``least``."""
    return Indel.normalized_similarity(one, other, score_cutoff=least)


def cover(part: str, whole: str) -> float:
    """Which share of the words of ``part`` stand in ``whole`` in the same order."""
    return LCSseq.similarity(part, whole) / len(part) if part else 0.0
