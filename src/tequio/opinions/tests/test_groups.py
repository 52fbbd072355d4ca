"""The mathematics: the published method on a public set of votes, on groups that are known, and against a second computation."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.opinions import groups
from tequio.opinions.groups import Counted
from tequio.opinions.proportions import proportion, two_proportions

MODERATED = {*range(13, 18), 19, *range(21, 24), 27, 30, 31, 33, 35, 37, 38, *range(40, 43), 47, 49, 50, 52, 53}


def seattle(zeroed: bool = False) -> tuple[np.ndarray, list[int]]:
    """The votes of the public set and the groups that Polis published. Statements that were moderated out are left out, as
    we do, or ``zeroed``, as the code of Polis does: there they count as voted when a place is drawn out."""
    with (Path(__file__).parent / "data" / "seattle.csv").open() as file:
        rows = list(csv.reader(file))[1:]
    votes = np.full((len(rows), 54), np.nan)
    for n, row in enumerate(rows):
        for column, cell in enumerate(row[6:]):
            if cell:
                votes[n, column] = int(cell)
        said = [int(cell) for cell in row[3:6]]
        assert said == [int((~np.isnan(votes[n])).sum()), int((votes[n] == 1).sum()), int((votes[n] == -1).sum())]
    if zeroed:
        votes[:, sorted(MODERATED)] = 0
    kept = [column for column in range(54) if zeroed or column not in MODERATED]
    return votes[:, kept], [int(row[1]) for row in rows]


def known(people: int, statements: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Three groups that vote their own way four times of five; each person votes 30 statements."""
    chance = np.random.default_rng(seed)
    of = np.arange(people) % 3
    views = chance.choice([-1, 1], size=(3, statements))
    votes = np.full((people, statements), np.nan)
    for n in range(people):
        chosen = chance.choice(statements, 30, replace=False)
        kept = chance.random(30) < 0.8
        votes[n, chosen] = np.where(kept, views[of[n], chosen], chance.choice([-1, 0, 1], 30))
    return votes, of


@pytest.mark.parametrize(("zeroed", "least"), [(True, 0.95), (False, 0.85)])
def test_a_public_set_gives_the_two_groups_that_polis_published(zeroed: bool, least: float) -> None:
    votes, published = seattle(zeroed)
    found = groups.find(votes)
    assert len(found.sizes) == 2
    same = sum(one == other for one, other in zip(found.groups, published, strict=True))
    assert same / len(published) >= least  # 110 and 100 of 114 people


def test_groups_that_are_known_are_found_whole() -> None:
    votes, of = known(90, 60, 7)
    found = groups.find(votes)
    assert sorted(found.sizes) == [30, 30, 30]
    pairs = set(zip(found.groups, of.tolist(), strict=True))
    assert len(pairs) == 3


def test_axes_and_places_are_those_of_another_computation() -> None:
    votes, _published = seattle()
    found = groups.find(votes)
    filled = np.where(np.isnan(votes), np.nanmean(votes, axis=0), votes)
    _u, _s, axes = np.linalg.svd(filled - filled.mean(axis=0), full_matrices=False)
    for ours, theirs in zip(found.components, axes[:2], strict=True):
        assert abs(abs(float(np.dot(ours, theirs))) - 1) < 1e-9
    for n in (0, 5, 60):
        row = [None if math.isnan(vote) else int(vote) for vote in votes[n]]
        assert groups.place(row, found.means, found.components) == pytest.approx(found.positions[n])


def test_no_other_start_divides_the_public_set_much_better() -> None:
    from sklearn.cluster import KMeans

    votes, _published = seattle()
    found = groups.find(votes)
    points = np.array(found.positions)
    best = KMeans(2, n_init=30, random_state=1).fit(points)
    centres = np.array(found.centres)
    ours = sum(float(((points[n] - centres[group]) ** 2).sum()) for n, group in enumerate(found.groups))
    assert ours <= best.inertia_ * 1.01


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(5, 40), st.integers(2, 12))
def test_the_order_of_people_changes_nothing_and_everybody_counted_is_in_one_group(
    seed: int, people: int, statements: int
) -> None:
    chance = np.random.default_rng(seed)
    votes = chance.choice([-1, 0, 1, np.nan], size=(people, statements))
    order = chance.permutation(people)
    found, again = groups.find(votes), groups.find(votes[order])
    assert [found.groups[n] for n in order] == again.groups
    enough = (~np.isnan(votes)).sum(axis=1) >= min(7, statements)
    assert [group >= 0 for group in found.groups] == enough.tolist()
    assert sum(found.sizes) == int(enough.sum())


def test_nobody_and_everybody_alike_make_one_group_or_none() -> None:
    assert groups.find(np.full((3, 4), np.nan)).sizes == []
    assert groups.find(np.ones((20, 8))).sizes == [20]
    assert groups.find(np.zeros((0, 4))).sizes == []


def test_agreement_across_groups_is_high_only_where_all_agree() -> None:
    large, small = Counted(90, 10, 0), Counted(1, 9, 0)
    assert groups.agreement_across([[large], [small]])[0] == pytest.approx(91 / 102 * 2 / 12)
    assert groups.disagreement_across([[large], [small]])[0] == pytest.approx(11 / 102 * 10 / 12)


def test_division_says_nothing_that_chance_could_explain() -> None:
    assert groups.division([[Counted(3, 2, 0)], [Counted(2, 3, 0)]]) == [0.0]
    assert groups.division([[Counted(45, 5, 0)], [Counted(5, 45, 0)]])[0] == pytest.approx(0.8)


def test_what_tells_a_group_is_likelier_there_and_the_view_of_its_majority() -> None:
    counts = [[Counted(28, 2, 0), Counted(15, 15, 0)], [Counted(2, 28, 0), Counted(15, 15, 0)]]
    first, second = (groups.representative_of(counts, group) for group in (0, 1))
    assert [(one.column, one.agrees) for one in first] == [(0, True)]
    assert [(one.column, one.agrees) for one in second] == [(0, False)]


def test_the_tests_of_proportions_are_those_of_polis() -> None:
    assert proportion(9, 10) == pytest.approx(2 * math.sqrt(11) * (10 / 11 - 0.5))
    assert two_proportions(9, 1, 10, 10) == pytest.approx(
        (10 / 11 - 2 / 11) / math.sqrt(12 / 22 * 10 / 22 * (1 / 11 + 1 / 11))
    )
    assert two_proportions(5, 5, 5, 5) == 0.0
