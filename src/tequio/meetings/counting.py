"""Counts of people that give nobody away: groups under the body's minimum are named and not counted."""

from collections.abc import Mapping
from typing import Any


def shown(counts: Mapping[str, int], least: int) -> dict[str, Any]:
    """What may be told of ``counts``: ``{"groups": {key: n}, "few": [key], "total": n}``.

    Groups from ``least`` on are counted. Smaller ones are only named (``few``). The total is left out where it would give
    a small group away by subtraction: when there is only one, or all of them together are fewer than ``least``.
    """
    kept = {key: n for key, n in sorted(counts.items()) if n >= least}
    few = sorted(key for key, n in counts.items() if 0 < n < least)
    hidden = sum(counts[key] for key in few)
    told: dict[str, Any] = {"groups": kept, "few": few}
    if not few or (len(few) > 1 and hidden >= least):
        told["total"] = sum(counts.values())
    return told
