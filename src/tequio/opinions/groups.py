"""The mathematics of opinion groups: from a matrix of votes to groups, points of agreement and points of division.

The method is that of Polis: C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw and C. Megill, "Polis: Scaling deliberation by
mapping high dimensional opinion spaces", *Recerca* 26 (2), 2021, doi:10.6035/recerca.5516. What is ours is said where it is
done. Nothing here knows of people or of a database, and nothing is drawn by chance: the same votes, in whatever order they
come, give the same groups.

A vote is 1 (agrees), -1 (disagrees) or 0 (passes); a statement that was not voted is ``nan``.
"""

from dataclasses import dataclass, field
from typing import Any

from tequio.opinions.proportions import Z90, proportion, two_proportions

MOST_GROUPS = 5
FEW_VOTES = 7  # who voted fewer statements is counted in no group, unless there are fewer statements
AT_ONCE = 1000  # more people than that are first joined into ``BASES`` neighbourhoods
BASES = 100
TOLD = 5  # statements told of each group


@dataclass(frozen=True)
class Counted:
    """How a set of people voted a statement."""

    agrees: int
    disagrees: int
    passes: int

    @property
    def seen(self) -> int:
        return self.agrees + self.disagrees + self.passes


@dataclass(frozen=True)
class Representative:
    """A statement (by its column) that tells a group from the others: which way, and how strongly."""

    column: int
    agrees: bool
    ratio: float  # how many times likelier than among everybody else
    strength: float


@dataclass(frozen=True)
class Found:
    """What the votes show. ``groups`` holds the group of each row of the matrix, from 0, or -1 for who is in none.

    ``means``, ``components`` (two rows) and ``centres`` place anybody on the map: ``place``.
    """

    groups: list[int]
    sizes: list[int]
    positions: list[tuple[float, float]]
    means: list[float]
    components: list[list[float]]
    centres: list[tuple[float, float]]
    silhouette: float
    counts: list[list[Counted]] = field(default_factory=list)  # by group, then by statement
    representative: list[list[Representative]] = field(default_factory=list)


def find(votes: Any) -> Found:
    """Groups of a matrix of votes (people × statements). One group where fewer than five people voted enough, or where
    the votes show no two: then ``silhouette`` is 0."""
    from threadpoolctl import threadpool_limits

    # On one thread: sums come out in the same order on every machine, and threads would wait longer than they work.
    with threadpool_limits(limits=1):
        return _find(votes)


def _find(votes: Any) -> Found:
    import numpy as np

    matrix = np.asarray(votes, dtype=float)
    people, statements = matrix.shape
    voted = ~np.isnan(matrix)
    enough = voted.sum(axis=1) >= max(1, min(FEW_VOTES, statements))
    means, components = _axes(matrix, voted)
    positions = _positions(matrix, voted, means, components)
    groups = np.full(people, -1)
    silhouette = 0.0
    if enough.any():
        labels, silhouette = _divide(positions[enough])
        groups[enough] = labels
    sizes = [int((groups == group).sum()) for group in range(int(groups.max(initial=-1)) + 1)]
    middles = [positions[groups == group].mean(axis=0) for group in range(len(sizes))]
    centres = [(float(x), float(y)) for x, y in middles]
    counts = [_count(matrix[groups == group]) for group in range(len(sizes))]
    return Found(
        groups=[int(group) for group in groups],
        sizes=sizes,
        positions=[(float(x), float(y)) for x, y in positions],
        means=[float(mean) for mean in means],
        components=[[float(part) for part in row] for row in components],
        centres=centres,
        silhouette=float(silhouette),
        counts=counts,
        representative=[representative_of(counts, group) for group in range(len(sizes))],
    )


def place(votes: list[int | None], means: list[float], components: list[list[float]]) -> tuple[float, float]:
    """Where somebody with these votes stands: the sum of what each vote differs from the mean, along both axes, drawn out
    by √(statements / voted) so that who voted little is not pulled to the middle (Small et al., "sparsity-aware")."""
    cast = [(n, vote) for n, vote in enumerate(votes) if vote is not None]
    if not cast:
        return 0.0, 0.0
    scale = (len(votes) / len(cast)) ** 0.5
    x, y = (scale * sum((vote - means[n]) * axis[n] for n, vote in cast) for axis in components)
    return x, y


def nearest(position: tuple[float, float], centres: list[tuple[float, float]]) -> int:
    """The group whose centre is nearest."""
    far = [(position[0] - x) ** 2 + (position[1] - y) ** 2 for x, y in centres]
    return far.index(min(far))


def agreement_across(counts: list[list[Counted]]) -> list[float]:
    """For each statement how likely it is that somebody of each group agrees: the product over the groups of
    (agrees + 1) / (seen + 2). Only what all groups agree with is high (Small et al., "group-aware consensus")."""
    return [_product([(one.agrees + 1) / (one.seen + 2) for one in column]) for column in zip(*counts, strict=True)]


def disagreement_across(counts: list[list[Counted]]) -> list[float]:
    """The same for who disagrees."""
    return [_product([(one.disagrees + 1) / (one.seen + 2) for one in column]) for column in zip(*counts, strict=True)]


def division(counts: list[list[Counted]]) -> list[float]:
    """For each statement the widest distance between two groups in the share that agrees, from 0 to 1; 0 where chance
    alone could explain it (two proportions, 90 %). The measure is ours; its test is that of Polis."""
    found = []
    for column in zip(*counts, strict=True):
        widest = 0.0
        for n, one in enumerate(column):
            for other in column[n + 1 :]:
                if not one.seen or not other.seen:
                    continue
                tested = two_proportions(one.agrees, other.agrees, one.seen, other.seen)
                if abs(tested) > Z90:
                    widest = max(widest, abs(one.agrees / one.seen - other.agrees / other.seen))
        found.append(widest)
    return found


def representative_of(counts: list[list[Counted]], group: int) -> list[Representative]:
    """What tells a group from everybody else in the groups, the strongest first: likelier there than outside, and the view
    of its majority, both beyond chance at 90 %. Where nothing passes, the one statement that comes nearest."""
    if len(counts) < 2:
        return []
    ranked: list[tuple[bool, Representative]] = []
    for n, one in enumerate(counts[group]):
        others = [row[n] for place, row in enumerate(counts) if place != group]
        outside = sum(other.seen for other in others)
        if not one.seen:
            continue
        views = []
        for agrees in (True, False):
            said = one.agrees if agrees else one.disagrees
            said_outside = sum(other.agrees if agrees else other.disagrees for other in others)
            share = (said + 1) / (one.seen + 2)
            ratio = share / ((said_outside + 1) / (outside + 2))
            likelier = two_proportions(said, said_outside, one.seen, outside)
            majority = proportion(said, one.seen)
            strength = ratio * likelier * share * majority
            passes = likelier > Z90 and majority > Z90
            views.append((likelier, passes, Representative(n, agrees, round(ratio, 6), round(strength, 6))))
        _likelier, passes, best = max(views, key=lambda view: view[0])
        ranked.append((passes, best))
    passing = [one for passes, one in ranked if passes]
    chosen = passing or [one for _passes, one in ranked if one.strength > 0]
    chosen.sort(key=lambda one: (-one.strength, one.column))
    return chosen[: TOLD if passing else 1]


def _axes(matrix: Any, voted: Any) -> tuple[Any, Any]:
    """The mean of each statement, and the two directions along which the votes differ most.

    A missing vote counts as the mean of its statement, so it neither pulls nor pushes (Small et al.). The sign of a
    direction means nothing; ours makes its largest part positive.
    """
    import numpy as np

    seen = voted.sum(axis=0)
    means = np.where(voted, matrix, 0.0).sum(axis=0) / np.maximum(seen, 1)
    apart = np.where(voted, matrix - means, 0.0)
    _values, vectors = np.linalg.eigh(apart.T @ apart)
    components = np.zeros((2, matrix.shape[1]))
    for n in range(min(2, matrix.shape[1])):
        axis = vectors[:, -1 - n]
        components[n] = axis * (1.0 if axis[np.argmax(np.abs(np.round(axis, 9)))] >= 0 else -1.0)
    return means, components


def _positions(matrix: Any, voted: Any, means: Any, components: Any) -> Any:
    """``place`` for every row at once."""
    import numpy as np

    apart = np.where(voted, matrix - means, 0.0)
    scale = np.sqrt(matrix.shape[1] / np.maximum(voted.sum(axis=1), 1))
    return (apart @ components.T) * scale[:, None]


def _divide(points: Any) -> tuple[Any, float]:
    """The group of each point: k-means for two to five groups, that number of which has the best silhouette. The largest
    group comes first; of two as large, the one further left.

    More than ``AT_ONCE`` people are first joined into ``BASES`` neighbourhoods, weighed by their people (as Polis does with
    any number). Polis lets the number of groups follow with delay, so that it does not jump while people vote; a result of
    ours is of one moment.
    """
    import numpy as np
    from sklearn.metrics import silhouette_score

    points = np.round(points, 9)
    if len(points) < 5 or len(np.unique(points, axis=0)) < 2:
        return np.zeros(len(points), dtype=int), 0.0
    centres, weights, home = points, np.ones(len(points)), np.arange(len(points))
    if len(points) > AT_ONCE:
        _kept, home = np.unique(_k_means(points, weights, BASES), return_inverse=True)
        weights = np.bincount(home).astype(float)
        centres = np.stack([np.bincount(home, weights=points[:, axis]) / weights for axis in (0, 1)], axis=1)
    best, best_score = np.zeros(len(centres), dtype=int), -1.0
    for count in range(2, min(MOST_GROUPS, len(np.unique(centres, axis=0)), len(centres) - 1) + 1):
        labels = _k_means(centres, weights, count)
        if len(np.unique(labels)) < 2:
            continue
        score = float(silhouette_score(centres, labels))
        if score > best_score + 1e-9:
            best, best_score = labels, score
    labels = best[home]
    order = sorted(
        np.unique(labels), key=lambda one: (-(labels == one).sum(), *map(float, points[labels == one].mean(axis=0)))
    )
    named = {old: new for new, old in enumerate(order)}
    return np.array([named[one] for one in labels]), max(0.0, best_score)


def _k_means(points: Any, weights: Any, count: int) -> Any:
    """Labels of the tightest k-means from a few fixed starts. No chance is needed, and the order of people does not matter.

    Starts: the means of equal parts of the people along each axis; and points far from each other, beginning at the one
    furthest from the middle or at an end of an axis.
    """
    import numpy as np
    from sklearn.cluster import KMeans

    # In an order of their own, so that sums and ties come out the same whoever voted first.
    order = np.lexsort((points[:, 1], points[:, 0]))
    points, weights = points[order], weights[order]
    best: Any = None
    for start in _starts(points, weights, count):
        found = KMeans(n_clusters=count, init=start, n_init=1, max_iter=100).fit(points, sample_weight=weights)
        if best is None or found.inertia_ < best.inertia_ * (1 - 1e-9):
            best = found
    labels = np.empty(len(points), dtype=int)
    labels[order] = best.labels_
    return labels


def _starts(points: Any, weights: Any, count: int) -> list[Any]:
    """Where k-means begins."""
    import numpy as np

    middle = np.average(points, axis=0, weights=weights)
    ends = [int(np.argmax(((points - middle) ** 2).sum(axis=1)))]
    made = []
    if count <= MOST_GROUPS:
        ends += [int(end) for end in (*points.argmin(axis=0), *points.argmax(axis=0))]
        sorted_along = (points, points[np.lexsort((points[:, 0], points[:, 1]))])
        made = [np.array([part.mean(axis=0) for part in np.array_split(row, count)]) for row in sorted_along]
    for end in dict.fromkeys(ends):
        chosen = [end]
        distance = ((points - points[end]) ** 2).sum(axis=1)
        while len(chosen) < count:
            chosen.append(int(np.argmax(distance)))
            distance = np.minimum(distance, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
        made.append(points[chosen])
    return made


def _count(rows: Any) -> list[Counted]:
    agrees, disagrees, passes = ((rows == vote).sum(axis=0) for vote in (1, -1, 0))
    return [Counted(int(a), int(d), int(p)) for a, d, p in zip(agrees, disagrees, passes, strict=True)]


def _product(parts: list[float]) -> float:
    whole = 1.0
    for part in parts:
        whole *= part
    return whole
