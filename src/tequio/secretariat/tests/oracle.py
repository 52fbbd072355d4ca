"""What must become of a decision, told from plain facts without a line of the product's rules: the walks hold it against
what the product did. Written to be read beside ``docs/decisions/0023``, slow and obvious on purpose."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

CIVIL, GOVERNMENT = "civil", "government"


@dataclass(frozen=True)
class Chair:
    """A seat as anybody in the room sees it: its sector, its side, whether somebody holds it."""

    sector: str
    side: str
    held: bool


def _reaches(n: int, whole: int, told: Mapping[str, Any]) -> bool:
    """Whether ``n`` of ``whole`` is the share that the rules ask for; nobody at all never is."""
    part = Fraction(told["share"]) * whole
    return n >= 1 and (n > part if told["more"] else n >= part)


def has_quorum(
    rules: Mapping[str, Any], chairs: Mapping[int, Chair], able: Collection[int], out: Collection[int]
) -> bool:
    """Enough seats that can vote, of enough sectors, and enough of each side; who has a conflict is not at the table."""
    asked = rules["quorum"]
    table = {key: chair for key, chair in chairs.items() if key not in out}
    here = [chair for key, chair in table.items() if key in able]
    counted = [key for key, chair in table.items() if chair.held or key in able or asked["seats"] == "all"]
    if not _reaches(len(here), len(counted), asked):
        return False
    if len({chair.sector for chair in here}) < asked["sectors"]:
        return False
    return all(sum(chair.side == side for chair in here) >= max(1, asked[side]) for side in (CIVIL, GOVERNMENT))


def _majority(votes: Collection[str], present: int, asked: Mapping[str, Any]) -> bool:
    """More than half, and as much more as the rules ask for, of the votes for and against or of the seats present."""
    yes = sum(vote == "for" for vote in votes)
    no = sum(vote == "against" for vote in votes)
    base = present if asked["of"] == "present" else yes + no
    return yes * 2 > base and _reaches(yes, base, asked)


def must_pass(
    rules: Mapping[str, Any],
    chairs: Mapping[int, Chair],
    able: Collection[int],
    out: Collection[int],
    votes: Collection[tuple[str, str]],
    matter: str,
) -> bool:
    """Whether a vote passes. ``votes``: side and choice of every vote that counts."""
    if not has_quorum(rules, chairs, able, out):
        return False
    asked = rules.get("matters", {}).get(matter, {}).get("majority") or rules["majority"]
    for side in (CIVIL, GOVERNMENT):
        own = [choice for where, choice in votes if where == side]
        present = sum(chairs[key].side == side for key in able if key not in out)
        if not _majority(own, present, asked):
            return False
    whole = rules.get("whole")
    everybody = [choice for _side, choice in votes]
    return not whole or _majority(everybody, sum(key not in out for key in able), whole)


def tells_on_somebody(votes: Collection[tuple[str, str]], few: int) -> bool:
    """Whether counts by side, published, would say how a seat voted: few voted, or all of a side alike."""
    for side in (CIVIL, GOVERNMENT):
        own = [choice for where, choice in votes if where == side]
        if own and (len(own) < max(few, 5) or len(set(own)) == 1):
            return True
    return False
