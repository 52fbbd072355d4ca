"""The formula: quotas met, nothing but the key decides, equal chances, and any computer repeats it."""

import itertools
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tequio.sortition import example, sorteo

QUOTAS = {("age", "young"): 2, ("age", "old"): 1, ("zone", "north"): 1, ("zone", "south"): 1, ("sex", "w"): 2}


def people_of(dice: random.Random, count: int) -> dict[int, Any]:
    """Volunteers who tell something of each group, or nothing."""
    words = {"age": ["young", "old", ""], "zone": ["north", "south", ""], "sex": ["w", "m", ""]}
    told = [[(key, dice.choice(kinds)) for key, kinds in words.items()] for _ in range(count)]
    return {n: tuple(sorted(pair for pair in pairs if pair in QUOTAS)) for n, pairs in enumerate(told, 1)}


def meets(people: dict[int, Any], group: Any, quotas: Any) -> bool:
    there = Counter(pair for number in group for pair in people[number])
    return all(there[pair] >= n for pair, n in quotas.items())


def file_of(people: dict[int, Any], places: int = 4, alternates: int = 3) -> dict[str, Any]:
    return {
        "call": "x/call/1",
        "places": places,
        "alternates": alternates,
        "quotas": [{"dimension": d, "category": c, "places": n} for (d, c), n in QUOTAS.items()],
        "volunteers": [{"number": n, **dict(kind)} for n, kind in people.items()],
    }


def test_the_group_is_the_first_in_turn_of_all_groups_that_meet_the_quotas() -> None:
    dice, feasible = random.Random(7), 0
    for _ in range(150):
        people = people_of(dice, dice.randint(3, 9))
        turns = {n: sorteo.ticket(b"k%d" % dice.randrange(99999), n) for n in people}
        in_turn = sorted(people, key=lambda n: turns[n])
        groups = (list(group) for group in itertools.combinations(in_turn, 4) if meets(people, group, QUOTAS))
        first = next(groups, None)
        feasible += first is not None
        assert sorteo.pick(people, 4, QUOTAS, turns) == first
    assert 20 < feasible < 130  # both sorts were tried


def test_only_the_key_decides_not_the_order_of_the_file() -> None:
    people = people_of(random.Random(3), 60)
    mixed = dict(random.Random(4).sample(sorted(people.items()), len(people)))
    one, other = sorteo.draw(file_of(people), b"one"), sorteo.draw(file_of(people), b"other")
    assert sorteo.draw(file_of(mixed), b"one") == one
    assert one != other
    members, alternates = one
    assert (len(members), len(alternates), set(members) & set(alternates)) == (4, 3, set())
    assert meets(people, members, QUOTAS)


def test_people_of_the_same_groups_have_the_same_chance() -> None:
    people = people_of(random.Random(5), 24)
    draws = 1500
    drawn = Counter(n for key in range(draws) for n in sorteo.draw(file_of(people, alternates=0), b"%d" % key)[0])
    for kind in set(people.values()):
        same = [drawn[n] for n in people if people[n] == kind]
        expected = sum(same) / len(same)
        # Six standard deviations of a binomial count: a fair formula stays inside, and the keys never change.
        assert all(abs(n - expected) <= 6 * (expected + 1) ** 0.5 for n in same)


def test_quotas_that_nobody_can_meet_come_down_no_further_than_they_must() -> None:
    people = {1: (("age", "young"), ("sex", "w")), 2: (("age", "old"),), 3: (), 4: (("zone", "north"),), 5: ()}
    kept = sorteo.nearest(people, 4, QUOTAS)
    assert kept == {("age", "old"): 1, ("age", "young"): 1, ("sex", "w"): 1, ("zone", "north"): 1}
    assert meets(people, sorteo.pick(people, 4, kept, {n: str(n) for n in people}), kept)
    assert sorteo.nearest(people_of(random.Random(1), 60), 4, QUOTAS) == QUOTAS


def test_the_script_that_anybody_downloads_gives_the_same(tmp_path: Path) -> None:
    script, told = Path(sorteo.__file__), example.worked()
    assert len(script.read_text().splitlines()) <= 100
    (tmp_path / "lista.json").write_bytes(told["file"].encode())
    ran = subprocess.run(
        [sys.executable, "-I", script, tmp_path / "lista.json", told["seed"], told["root"]],
        capture_output=True,
        check=True,
        text=True,
    )
    said = {"file": told["fingerprint"], "commitment": told["commitment"]}
    assert json.loads(ran.stdout) == {**said, "members": told["members"], "alternates": told["alternates"]}
    skipped = [row["number"] for row in told["rows"][:4] if not row["is_member"]]
    assert len(skipped) == 1  # the example shows somebody who is passed over
