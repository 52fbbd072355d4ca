"""Random walks through reporting, looking, voting and deciding: does any reach a light that the rules do not bear?

    python benchmarks/walks.py [--walks 10000] [--processes 2] [--first 0]

Each walk is fourteen verbs tried by anybody (members, members in conflict, the institution, outsiders) in an
installation in memory. To be quick, 32 walks share their first nine steps and then fork in two five times, each branch
taken back before the next (``--walks`` is rounded up to whole trees). After each walk no decision may stand without quorum,
majority, two independent looks revealed together and freedom of conflict, and no look may be known before its round is
done; and the board of today, rebuilt from the acts alone, is the live one. Exit status 1 if one does; the tree of each
such walk is printed, and ``--first TREE --walks 32`` takes it again.
"""

import argparse
import collections
import multiprocessing
import os
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

TREE = 32  # walks that share their beginning
ROOT = Path(__file__).resolve().parent.parent


def take(first: int, count: int) -> tuple[list[str], dict[str, int], dict[str, int], int]:
    """Takes ``count`` trees of walks in this process: faults, verbs that went through, decisions by result, different ways."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    os.environ.pop("TEQUIO_TEST_DATABASE", None)
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection, transaction
    from django.test.utils import setup_test_environment

    setup_test_environment()
    settings.RECORD_PACE = 0
    connection.creation.create_test_db(verbosity=0, serialize=False)
    from tequio.monitoring import past
    from tequio.monitoring.models import Decision
    from tequio.monitoring.tests.walks import broken, make_stage, walks

    world = make_stage()
    faults: list[str] = []
    verbs: collections.Counter[str] = collections.Counter()
    results: collections.Counter[str] = collections.Counter()
    ends: set[str] = set()
    for seed in range(first, first + count):
        with transaction.atomic():
            for taken in walks(random.Random(seed), world):
                found = [*broken(world), *world.faults, *past.same_as_live(world.plan)]
                faults += [f"tree {seed}: {fault} ({' '.join(taken)})" for fault in found]
                verbs.update(taken)
                results.update(Decision.objects.values_list("result", flat=True))
                ends.add(" ".join(taken))
            transaction.set_rollback(True)
    return faults, dict(verbs), dict(results), len(ends)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--walks", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--first", type=int, default=0, help="the first tree")
    given = parser.parse_args()
    began = time.monotonic()
    trees = -(-given.walks // TREE)
    each = -(-trees // (given.processes * 4))
    last = given.first + trees
    parts = [(first, min(each, last - first)) for first in range(given.first, last, each)]
    with ProcessPoolExecutor(given.processes, multiprocessing.get_context("spawn"), max_tasks_per_child=1) as pool:
        found = list(pool.map(take, *zip(*parts, strict=True)))
    faults = [fault for part in found for fault in part[0]]
    verbs: collections.Counter[str] = collections.Counter()
    results: collections.Counter[str] = collections.Counter()
    for _faults, own_verbs, own_results, _ways in found:
        verbs.update(own_verbs)
        results.update(own_results)
    seconds = time.monotonic() - began
    taken = trees * TREE
    print(
        f"{taken:,} walks in {seconds:,.0f} s ({taken / seconds:,.1f} a second), {sum(p[3] for p in found):,} different"
    )
    print("verbs that went through:", ", ".join(f"{name} {n:,}" for name, n in verbs.most_common()))
    print("decisions:", ", ".join(f"{name} {n:,}" for name, n in results.most_common()) or "none")
    print(f"faults: {len(faults):,}")
    for fault in faults[:20]:
        print("  ", fault)
    return 1 if faults or (given.walks >= 200 and not results.get("verified")) else 0


if __name__ == "__main__":
    sys.exit(main())
