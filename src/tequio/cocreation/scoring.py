"""How contributions are put in order. Needs no database: anybody can compute it again from the published scores.

For each contribution and criterion: the **median** of the points inside each sector, so that a sector is not swayed by
its loudest voice. A sector's score is the mean of its medians weighted by the published weights. The contribution's score
is the plain mean of its sectors' scores, so that each sector counts the same however many people it sent. Three decimals,
halves up; equal scores share a rank (1, 2, 2, 4).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

FORMULA = "sector-medians-1"
POINTS = range(1, 6)


class Given(NamedTuple):
    """The points of one person: for which contribution, from which sector."""

    contribution: int
    sector: str
    points: Mapping[str, int]


class Ranked(NamedTuple):
    """A place in the order. ``medians`` ``{sector: {criterion: points}}`` is how it came about."""

    contribution: int
    score: str
    rank: int
    medians: dict[str, dict[str, str]]


def median(values: Sequence[int]) -> Fraction:
    """The middle value, or the mean of the two in the middle."""
    rows = sorted(values)
    half = len(rows) // 2
    return Fraction(rows[half]) if len(rows) % 2 else Fraction(rows[half - 1] + rows[half], 2)


def written(value: Fraction, places: int = 3) -> str:
    """With so many decimals, halves up."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def ranking(given: Iterable[Given], criteria: Sequence[Mapping[str, Any]]) -> list[Ranked]:
    """All contributions that somebody scored, the best first; equal ones by their number."""
    weights = {row["key"]: int(row["weight"]) for row in criteria}
    points: dict[int, dict[str, dict[str, list[int]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for one in given:
        for key in weights:
            if key in one.points:
                points[one.contribution][one.sector][key].append(int(one.points[key]))
    found = []
    for number, sectors in points.items():
        medians = {
            sector: {key: median(values) for key, values in sorted(by_key.items())}
            for sector, by_key in sorted(sectors.items())
        }
        scores = [
            sum((middle[key] * weights[key] for key in middle), Fraction(0)) / sum(weights[key] for key in middle)
            for middle in medians.values()
            if middle
        ]
        if scores:
            found.append((sum(scores, Fraction(0)) / len(scores), number, medians))
    found.sort(key=lambda row: (-row[0], row[1]))
    ranked: list[Ranked] = []
    for place, (score, number, medians) in enumerate(found, 1):
        same = ranked and ranked[-1].score == written(score)
        rank = ranked[-1].rank if same else place
        told = {sector: {key: written(value, 1) for key, value in row.items()} for sector, row in medians.items()}
        ranked.append(Ranked(number, written(score), rank, told))
    return ranked
