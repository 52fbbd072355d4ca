"""From votes and groups to what is published: counts by statement and by group, never a person (decision 0026)."""

import json
from collections.abc import Sequence
from typing import Any

from tequio.opinions import groups
from tequio.opinions.groups import Counted, Found
from tequio.opinions.models import Conversation, Statement

NAMES = "ABCDE"
Cast = Sequence[tuple[int, int, int]]  # person, statement, value: places in the matrix


def matrix(people: int, statements: int, cast: Cast) -> Any:
    """The votes as a matrix, ``nan`` where there is none."""
    import numpy as np

    made = np.full((people, max(statements, 1)), np.nan)
    if cast:
        who, what, value = zip(*cast, strict=True)
        made[list(who), list(what)] = value
    return made


def told(
    conversation: Conversation, statements: Sequence[Statement], cast: Cast, found: Found, number: int
) -> dict[str, Any]:
    """What a result says. A group below the conversation's minimum is not told; where telling everybody's counts beside the
    groups' would give those few away by subtraction, only people in the groups shown are counted."""
    least = conversation.minimum
    shown = [group for group, size in enumerate(found.sizes) if size >= least]
    people = len(found.groups)
    grouped = sum(found.sizes[group] for group in shown)
    rest = people - grouped
    everybody = rest == 0 or rest >= least
    counts = [found.counts[group] for group in shown]
    totals = totals_of(len(statements), cast) if everybody else _sum(counts, len(statements))
    several = len(shown) > 1
    agreement = groups.agreement_across(counts) if counts else []
    disagreement = groups.disagreement_across(counts) if counts else []
    apart = groups.division(counts) if several else []
    rows = []
    for n, statement in enumerate(statements):
        row: dict[str, Any] = {"statement": statement.number, "votes": list(_votes(totals[n]))}
        if counts:
            row["groups"] = [list(_votes(one[n])) for one in counts]
            row["agreement"] = _mean(agreement[n], len(counts))
            row["disagreement"] = _mean(disagreement[n], len(counts))
        if several:
            row["division"] = round(apart[n], 4)
        rows.append(row)
    return {
        "conversation": conversation.subject_key(),
        "result": number,
        "people": people,
        "grouped": grouped,
        "counts_are_of": "everybody" if everybody else "groups",
        "votes": sum(sum(row["votes"]) for row in rows),
        "minimum": least,
        "groups": [
            {
                "name": NAMES[place],
                "people": found.sizes[group],
                "x": round(found.centres[group][0], 2),
                "y": round(found.centres[group][1], 2),
                "representative": _representative(counts, place, statements),
            }
            for place, group in enumerate(shown)
        ],
        "statements": rows,
        "method": "Small et al. 2021, doi:10.6035/recerca.5516",
    }


def _representative(counts: list[list[Counted]], place: int, statements: Sequence[Statement]) -> list[dict[str, Any]]:
    """What tells a group shown from the other groups shown."""
    return [
        {"statement": statements[one.column].number, "agrees": one.agrees, "ratio": round(one.ratio, 2)}
        for one in groups.representative_of(counts, place)
    ]


def totals_of(statements: int, cast: Cast) -> list[Counted]:
    """How everybody voted each statement."""
    held = [[0, 0, 0] for _n in range(statements)]
    for _who, what, value in cast:
        held[what][{1: 0, -1: 1, 0: 2}[value]] += 1
    return [Counted(*row) for row in held]


def as_file(said: dict[str, Any]) -> str:
    """The published bytes: the same for the same content."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def axes(conversation: Conversation, statements: Sequence[Statement], found: Found) -> dict[str, Any]:
    """What tells one person where they stand. Not published: with it, the votes of few could be worked out."""
    return {
        "statements": [statement.number for statement in statements],
        "means": found.means,
        "components": found.components,
        "centres": [list(one) for one in found.centres],
        "shown": [group for group, size in enumerate(found.sizes) if size >= conversation.minimum],
    }


def _votes(one: Counted) -> tuple[int, int, int]:
    return one.agrees, one.disagrees, one.passes


def _sum(counts: list[list[Counted]], statements: int) -> list[Counted]:
    if not counts:
        return [Counted(0, 0, 0)] * statements
    return [
        Counted(sum(one.agrees for one in row), sum(one.disagrees for one in row), sum(one.passes for one in row))
        for row in zip(*counts, strict=True)
    ]


def _mean(product: float, count: int) -> float:
    """The geometric mean behind a product over groups: comparable whatever their number."""
    return round(product ** (1 / count), 4)
