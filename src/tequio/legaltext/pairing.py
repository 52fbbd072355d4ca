"""Pairs two lists of wordings: the steps of ``align`` that know nothing of documents. Needs no database."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tequio.legaltext.likeness import Corpus, alike, cover
from tequio.legaltext.words import Code

LONG = 8  # words; shorter wordings ("Se deroga.") are never found again by their words alone
HALF = 0.3  # of the words; two pieces that share more are no two pieces
FAINT = 0.3  # likeness below which a shifted position alone pairs nothing
LABEL, NEAR = 0.1, 0.05  # what the same label, or the same gap, adds to likeness where several could be meant


class Entry(NamedTuple):
    """A wording to pair: its path, its label among the others (empty without one), its words. A ``stub`` only says that
    what stood there was repealed."""

    path: str
    label: str
    text: str
    stub: bool = False


class Join(NamedTuple):
    """One old provision in several new ones (``split``), or several old ones in a new one (``merged``)."""

    kind: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass
class Pairing:
    """``carries``: old path to new path. ``scores``: new path to likeness (0 to 100) and whether that is sure."""

    carries: dict[str, str] = field(default_factory=dict)
    scores: dict[str, tuple[int, bool]] = field(default_factory=dict)
    joins: list[Join] = field(default_factory=list)

    def add(self, other: "Pairing") -> None:
        """Takes in the pairs of another kind of provision."""
        self.carries |= other.carries
        self.scores |= other.scores
        self.joins += other.joins


class Pairer:
    """The work on two lists; ``run`` does it once."""

    def __init__(self, olds: Sequence[Entry], news: Sequence[Entry], *, sure: float, ask: float) -> None:
        code = Code()
        self.olds, self.news, self.sure, self.ask = olds, news, sure, ask
        self.old = Corpus(code, [entry.text for entry in olds])
        self.new = Corpus(code, [entry.text for entry in news])
        self.to_new: dict[int, int] = {}
        self.to_old: dict[int, int] = {}
        self.doubts: set[int] = set()  # new places
        self.barred: set[int] = set()  # new places that carry on nobody

    def pair(self, i: int, j: int, sure: bool = True) -> None:
        self.to_new[i], self.to_old[j] = j, i
        if not sure:
            self.doubts.add(j)

    def free_old(self) -> list[int]:
        return [i for i in range(len(self.olds)) if i not in self.to_new]

    def free_new(self) -> list[int]:
        return [j for j in range(len(self.news)) if j not in self.to_old and j not in self.barred]

    def likeness(self, i: int, j: int) -> float:
        return alike(self.old.signs[i], self.new.signs[j])

    def said(self, fixed: Mapping[str, str], barred: Collection[str]) -> None:
        """What a person decided comes first."""
        old, new = {e.path: i for i, e in enumerate(self.olds)}, {e.path: j for j, e in enumerate(self.news)}
        self.barred = {new[path] for path in barred if path in new}
        for one, two in fixed.items():
            if one in old and two in new:
                self.pair(old[one], new[two])

    def equal(self, shortest: int) -> None:
        """Rules 1 and 2: equal words under the same label, then elsewhere."""
        by_label = {e.label: j for j, e in enumerate(self.news) if e.label}
        for i in self.free_old():
            j = by_label.get(self.olds[i].label)
            if j is None or j in self.to_old or j in self.barred or not self.old.signs[i]:
                continue
            if self.old.signs[i] == self.new.signs[j]:
                self.pair(i, j)
        places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, free, signs in ((0, self.free_old(), self.old.signs), (1, self.free_new(), self.new.signs)):
            for place in free:
                if len(signs[place]) >= shortest:
                    places[signs[place]][side].append(place)
        for left, right in places.values():
            if len(left) == len(right):
                for i, j in zip(left, right, strict=True):
                    self.pair(i, j)

    def assign(self, least: float, sure: bool, small: bool) -> None:
        """Rules 3 and 5: the best pairs of all, among those at least so alike."""
        olds, news = self.free_old(), self.free_new()
        if not olds or not news:
            return
        by_label = {self.news[j].label: j for j in news if self.news[j].label}
        among = None if small and len(olds) * len(news) <= 2_500 else _Part(self.new, news)
        gaps = self.gaps(olds)
        edges: dict[tuple[int, int], float] = {}
        for i in olds:
            signs = self.old.signs[i]
            found = set(news if among is None else among.candidates(signs))
            same = by_label.get(self.olds[i].label)
            if same is not None:
                found.add(same)
            low, high = gaps[i]
            for j in sorted(found):
                if not small and j != same and min(len(signs), len(self.new.signs[j])) < LONG:
                    continue
                score = alike(signs, self.new.signs[j], least)
                if score >= least and score > 0:
                    edges[i, j] = score + LABEL * (j == same) + NEAR * (low < j < high)
        for i, j in best(edges):
            self.pair(i, j, sure)

    def gaps(self, places: Iterable[int]) -> dict[int, tuple[int, int]]:
        """For each old place the new places of its nearest paired neighbours: it should stand between them."""
        found, wanted = {}, set(places)
        moved = out_of_line(list(self.to_new.items()))
        steady = {i: j for i, j in self.to_new.items() if j not in moved}
        low = -1
        lows: dict[int, int] = {}
        for i in range(len(self.olds)):
            lows[i] = low
            low = steady.get(i, low)
        high = len(self.news)
        for i in range(len(self.olds) - 1, -1, -1):
            if i in wanted:
                found[i] = (lows[i], high)
            high = steady.get(i, high)
        return found

    def between(self) -> None:
        """Rule 4: what its neighbours hold in place, by label, else by position where the numbers shifted."""
        groups: dict[tuple[int, int], list[int]] = defaultdict(list)
        gaps = self.gaps(self.free_old())
        for i, gap in gaps.items():
            groups[gap].append(i)
        free = self.free_new()
        for (low, high), members in groups.items():
            olds = sorted(members)
            news = [j for j in free if low < j < high] if low < high else []
            if self.keeps_labels(low, high):
                by_label = {self.news[j].label: j for j in news if self.news[j].label}
                for i in list(olds):
                    j = by_label.get(self.olds[i].label)
                    if j is not None:
                        self.pair(i, j, self.likeness(i, j) >= self.ask or self.news[j].stub)
                        olds.remove(i)
                        news.remove(j)
            if olds and len(olds) == len(news):
                for i, j in zip(olds, news, strict=True):
                    score = self.likeness(i, j)
                    if score >= FAINT or self.news[j].stub:
                        self.pair(i, j, score >= self.ask or self.news[j].stub)

    def keeps_labels(self, low: int, high: int) -> bool:
        """Whether a neighbour has the number that it had, so that numbers tell something here."""
        around = [j for j in (low, high) if j in self.to_old]
        return not around or any(self.news[j].label == self.olds[self.to_old[j]].label for j in around)

    def joins(self, least: float, half: float) -> Iterator[Join]:
        """Rule 6: a wording that carries on nobody, and stands inside one of the other side together with its heir."""
        for j, i in list(self.parts(self.free_new(), self.new, self.old, least, half)):
            first = self.to_new.get(i)
            if first is None or j in self.to_old or first == j:
                continue
            one, two = sorted((first, j))
            if self.makes(self.old.signs[i], self.new.signs[one], self.new.signs[two], least):
                self.doubts.discard(first)
                if not self.begins(self.old.signs[i], self.new.signs[first], self.new.signs[j]):
                    del self.to_old[first]
                    self.pair(i, j)
                yield Join("split", (self.olds[i].path,), (self.news[one].path, self.news[two].path))
        for i, j in list(self.parts(self.free_old(), self.old, self.new, least, half)):
            first = self.to_old.get(j)
            if first is None or i in self.to_new or first == i:
                continue
            one, two = sorted((first, i))
            if self.makes(self.new.signs[j], self.old.signs[one], self.old.signs[two], least):
                self.doubts.discard(j)
                yield Join("merged", (self.olds[one].path, self.olds[two].path), (self.news[j].path,))

    @staticmethod
    def makes(whole: str, one: str, two: str, least: float) -> bool:
        """Whether two wordings together are the whole, each its own share of it."""
        length = (len(one) + len(two)) / len(whole)
        apart = cover(min(one, two, key=len), max(one, two, key=len)) < 2 * HALF
        return least <= length <= 2 - least and apart and min(cover(one, whole), cover(two, whole)) >= least

    @staticmethod
    def begins(whole: str, one: str, other: str) -> bool:
        """Whether ``one`` rather than ``other`` holds the first words of the whole: that piece carries it on."""
        return cover(whole[:LONG], one) >= cover(whole[:LONG], other)

    def parts(
        self, free: list[int], mine: Corpus, whole: Corpus, least: float, half: float
    ) -> Iterator[tuple[int, int]]:
        """Free wordings that stand inside a longer one of the other side: (the free one, the longer one)."""
        for place in free:
            signs = mine.signs[place]
            if len(signs) < LONG:
                continue
            for other in whole.candidates(signs)[:4]:
                target = whole.signs[other]
                if len(signs) >= half * len(target) and len(target) > len(signs) and cover(signs, target) >= least:
                    yield place, other
                    break

    def result(self, joins: list[Join]) -> Pairing:
        found = Pairing(joins=joins)
        for i, j in sorted(self.to_new.items()):
            path = self.news[j].path
            found.carries[self.olds[i].path] = path
            equal = self.old.signs[i] == self.new.signs[j]
            found.scores[path] = (100 if equal else int(100 * self.likeness(i, j)), j not in self.doubts)
        return found


class _Part:
    """Candidates among some places of a corpus."""

    def __init__(self, corpus: Corpus, places: list[int]) -> None:
        self._places = places
        self._corpus = Corpus.of([corpus.signs[place] for place in places])

    def candidates(self, signs: str) -> list[int]:
        return [self._places[place] for place in self._corpus.candidates(signs)]


def out_of_line(pairs: Sequence[tuple[int, int]]) -> set[int]:
    """The new places that are not on the longest increasing run: what really moved, not what was pushed along."""
    ordered = [new for _old, new in sorted(pairs)]
    tails: list[int] = []
    ends: list[int] = []
    back: list[int | None] = []
    for index, value in enumerate(ordered):
        spot = bisect_left(tails, value)
        tails[spot : spot + 1], ends[spot : spot + 1] = [value], [index]
        back.append(ends[spot - 1] if spot else None)
    kept: set[int] = set()
    at: int | None = ends[-1] if ends else None
    while at is not None:
        kept.add(ordered[at])
        at = back[at]
    return set(ordered) - kept


def best(edges: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The pairs that together weigh most, none twice: optimal assignment (Jonker and Volgenant, in SciPy) on each set of
    wordings that could be confused with each other."""
    import numpy as np  # both take a while to load, and no public page needs them
    from scipy.optimize import linear_sum_assignment

    found: list[tuple[int, int]] = []
    for rows, columns in _components(edges):
        weights = np.zeros((len(rows), len(columns)))
        for a, i in enumerate(rows):
            for b, j in enumerate(columns):
                weights[a, b] = edges.get((i, j), 0.0)
        for a, b in zip(*linear_sum_assignment(weights, maximize=True), strict=True):
            if (rows[a], columns[b]) in edges:
                found.append((rows[a], columns[b]))
    return sorted(found)


def _components(edges: Mapping[tuple[int, int], float]) -> Iterator[tuple[list[int], list[int]]]:
    root: dict[tuple[int, int], tuple[int, int]] = {}

    def top(node: tuple[int, int]) -> tuple[int, int]:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for i, j in edges:
        root[top((0, i))] = top((1, j))
    groups: dict[tuple[int, int], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, place in sorted(root):
        groups[top((side, place))][side].append(place)
    yield from groups.values()


def pair_all(
    olds: Sequence[Entry],
    news: Sequence[Entry],
    *,
    sure: float,
    ask: float,
    cover: float = 0.0,
    half: float = 0.0,
    fixed: Mapping[str, str] | None = None,
    barred: Collection[str] = (),
    small: bool = False,
) -> Pairing:
    """Pairs two lists. ``small`` lists (the parts of one article) are compared each with each, and short wordings count."""
    work = Pairer(olds, news, sure=sure, ask=ask)
    work.said(fixed or {}, barred)
    work.equal(1 if small else LONG)
    work.assign(sure, True, small)
    work.between()
    work.assign(ask, False, small)
    return work.result(list(work.joins(cover, half)) if cover else [])
