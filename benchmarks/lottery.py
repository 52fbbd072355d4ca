"""How long the draw takes: 30 members and 10 alternates out of 5,000 volunteers, with six dimensions of groups.

    python benchmarks/lottery.py [--volunteers 5000] [--places 30] [--rounds 5]

Two mixes: groups about as large as their quotas, and skewed ones (few volunteers for many places). In each, once with every
place promised to a group in all six dimensions, once with some places free. No database: the formula alone, by the very
file that people download. Bar: 2 s for the slowest. Exit status 1 above it.
"""

import argparse
import random
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from tequio.sortition import sorteo

BAR = 2.0  # seconds
CATEGORIES = (3, 5, 4, 6, 3, 4)


def invented(volunteers: int, places: int, skewed: bool, promised: bool, dice: random.Random) -> dict[str, Any]:
    """A file of volunteers as a call publishes it."""
    names = [f"d{n}" for n in range(len(CATEGORIES))]

    def category(count: int) -> str:
        return f"c{min(int(dice.expovariate(0.8)), count - 1) if skewed else dice.randrange(count)}"

    quotas = []
    for name, count in zip(names, CATEGORIES, strict=True):
        base, more = divmod(places, count)
        for n in range(count):
            share = base + (n < more) if promised else max(0, base - 1)
            quotas.append({"dimension": name, "category": f"c{n}", "places": share})
    rows = [
        {"number": n, **{name: category(count) for name, count in zip(names, CATEGORIES, strict=True)}}
        for n in range(1, volunteers + 1)
    ]
    return {"call": "x/call/1", "places": places, "alternates": 10, "quotas": quotas, "volunteers": rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--volunteers", type=int, default=5000)
    parser.add_argument("--places", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    slowest = 0.0
    print(f"{'mix':<10}{'promised':>10}{'median s':>10}{'slowest s':>11}")
    for skewed in (False, True):
        for promised in (True, False):
            took = []
            for n in range(args.rounds):
                file = invented(args.volunteers, args.places, skewed, promised, random.Random(n))
                began = time.perf_counter()
                members, _alternates = sorteo.draw(file, bytes([n]))
                took.append(time.perf_counter() - began)
                if members is None or len(members) != args.places:
                    raise SystemExit("no group was found")
            slowest = max(slowest, *took)
            middle = sorted(took)[len(took) // 2]
            print(
                f"{'skewed' if skewed else 'even':<10}{'all' if promised else 'some':>10}{middle:>10.2f}{max(took):>11.2f}"
            )
    print(f"bar {BAR:.0f} s:", "met" if slowest <= BAR else "NOT met")
    sys.exit(0 if slowest <= BAR else 1)


if __name__ == "__main__":
    main()
