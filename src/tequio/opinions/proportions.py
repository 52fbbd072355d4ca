"""Two tests of proportions, as Polis makes them (its ``stats`` module; Small et al. 2021), one observation added on each side
so that few votes prove little."""

from math import sqrt

Z90 = 1.2816  # beyond it lies one of ten by chance, on one side


def proportion(said: int, seen: int) -> float:
    """How far a share lies above one half, in standard deviations."""
    return 2 * sqrt(seen + 1) * ((said + 1) / (seen + 1) - 0.5)


def two_proportions(said: int, said_there: int, seen: int, seen_there: int) -> float:
    """How far a share lies above another one, in standard deviations; 0 where everybody says the same."""
    one, other = (said + 1) / (seen + 1), (said_there + 1) / (seen_there + 1)
    both = (said + said_there + 2) / (seen + seen_there + 2)
    if both >= 1:
        return 0.0
    return (one - other) / sqrt(both * (1 - both) * (1 / (seen + 1) + 1 / (seen_there + 1)))
