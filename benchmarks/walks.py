"""Random walks through reporting, looking, voting and deciding: does any reach a light that the rules do not bear?

    python benchmarks/walks.py [--walks 10000] [--processes 2] [--first 0]

Each walk is some fourteen verbs by anybody (members, members in conflict, the institution, outsiders) in an installation
in memory, taken back afterwards. After each, no decision may stand without quorum, majority, two independent looks
revealed together and freedom of conflict, and no look may be known before its round is done. Exit status 1 if one does;
the seed of each such walk is printed, and ``--first SEED --walks 1`` takes it again.
"""

import argparse
import collections
import multiprocessing
import os
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def take(first: int, count: int) -> tuple[list[str], dict[str, int], dict[str, int]]:
    """Takes ``count`` walks in this process: faults, how often each verb went through, decisions by result."""
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
    from tequio.monitoring.models import Decision
    from tequio.monitoring.tests.walks import broken, make_stage, walk

    world = make_stage()
    faults: list[str] = []
    verbs: collections.Counter[str] = collections.Counter()
    results: collections.Counter[str] = collections.Counter()
    for seed in range(first, first + count):
        with transaction.atomic():
            walk(random.Random(seed), world)
            faults += [f"seed {seed}: {fault} ({' '.join(world.taken)})" for fault in [*broken(world), *world.faults]]
            verbs.update(world.taken)
            results.update(Decision.objects.values_list("result", flat=True))
            transaction.set_rollback(True)
    return faults, dict(verbs), dict(results)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--walks", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    given = parser.parse_args()
    began = time.monotonic()
    each = max(given.walks // 20, 1)
    parts = [
        (first, min(each, given.first + given.walks - first))
        for first in range(given.first, given.first + given.walks, each)
    ]
    with multiprocessing.get_context("spawn").Pool(given.processes, maxtasksperchild=1) as pool:
        found = pool.starmap(take, parts, chunksize=1)
    faults = [fault for part in found for fault in part[0]]
    verbs: collections.Counter[str] = collections.Counter()
    results: collections.Counter[str] = collections.Counter()
    for _faults, own_verbs, own_results in found:
        verbs.update(own_verbs)
        results.update(own_results)
    seconds = time.monotonic() - began
    print(f"{given.walks:,} walks in {seconds:,.0f} s ({given.walks / seconds:,.1f} a second)")
    print("verbs that went through:", ", ".join(f"{name} {n:,}" for name, n in verbs.most_common()))
    print("decisions:", ", ".join(f"{name} {n:,}" for name, n in results.most_common()) or "none")
    print(f"faults: {len(faults):,}")
    for fault in faults[:20]:
        print("  ", fault)
    return 1 if faults or (given.walks >= 200 and not results.get("verified")) else 0


if __name__ == "__main__":
    sys.exit(main())
