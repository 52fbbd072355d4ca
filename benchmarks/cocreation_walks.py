"""Random walks through everything that can happen to contributions, in calls whose rules are drawn at random: is any closed
without a reasoned decision, or owed an answer and out of the queue?

    python benchmarks/cocreation_walks.py [--walks 10000] [--processes 2] [--first 0]

Each walk is fourteen verbs tried by anybody: contributions from the web and written down for others, answers held, released
alone and in batches, second looks, hiding, showing, appeals, withdrawal, other wordings, supports, what the clock does each
minute, days that pass, and somebody who closes one at the database itself. 32 walks share their first four steps and then fork
in two five times, each branch taken back before the next (``--walks`` is rounded up to whole trees). On SQLite in memory, or with
``TEQUIO_TEST_DATABASE`` on PostgreSQL, in test databases of its own. Exit status 1 if one breaks a rule; the tree of such a
walk is printed, and ``--first TREE --walks 32 --processes 1`` takes it again.
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
Taken = tuple[list[str], dict[str, int], dict[str, int], int, float]


def take(first: int, count: int) -> Taken:
    """Takes so many trees: faults, verbs that went through, how contributions ended, different ways, seconds of processor."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    import datetime as dt

    import django
    import time_machine

    django.setup()
    from django.conf import settings
    from django.db import connection, transaction
    from django.test.utils import setup_test_environment

    setup_test_environment()
    settings.RECORD_PACE = 0
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["NAME"] = f"test_{connection.settings_dict['NAME']}_{first}"
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    from tequio.cocreation.models import Contribution
    from tequio.cocreation.tests.walks import broken, walks
    from tests.cast import make_cast

    faults: list[str] = []
    verbs: collections.Counter[str] = collections.Counter()
    ends: collections.Counter[str] = collections.Counter()
    ways: set[str] = set()
    with time_machine.travel(dt.datetime(2026, 3, 16, 18, tzinfo=dt.UTC), tick=False):
        place = make_cast().valle
    began = time.process_time()
    for seed in range(first, first + count):
        with transaction.atomic():
            for walker in walks(random.Random(seed), place):
                way = " ".join(walker.taken)
                faults += [f"tree {seed}: {fault} ({way})" for fault in [*walker.faults, *broken(walker)]]
                verbs.update(walker.taken)
                ways.add(f"{seed} {way}")
                rows = Contribution.objects.filter(pk__in=walker.known)
                ends.update(str(end or "open") for end in rows.values_list("answer__decision", flat=True))
            transaction.set_rollback(True)
    spent = time.process_time() - began
    connection.creation.destroy_test_db(name, verbosity=0)
    return faults, dict(verbs), dict(ends), len(ways), spent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--walks", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--first", type=int, default=0, help="the first tree")
    given = parser.parse_args()
    began = time.monotonic()
    trees = -(-given.walks // TREE)
    each, last = -(-trees // given.processes), given.first + trees
    parts = [(first, min(each, last - first)) for first in range(given.first, last, each)]
    with ProcessPoolExecutor(given.processes, multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(take, *zip(*parts, strict=True)))
    faults = [fault for part in found for fault in part[0]]
    verbs: collections.Counter[str] = collections.Counter()
    ends: collections.Counter[str] = collections.Counter()
    for _faults, own_verbs, own_ends, _ways, _spent in found:
        verbs.update(own_verbs)
        ends.update(own_ends)
    seconds, spent = time.monotonic() - began, sum(part[4] for part in found)
    print(
        f"{trees * TREE:,} walks in {seconds:,.0f} s ({spent:,.0f} s of processor), {sum(p[3] for p in found):,} different"
    )
    print("verbs that went through:", ", ".join(f"{name} {n:,}" for name, n in verbs.most_common()))
    print("contributions at the end:", ", ".join(f"{name} {n:,}" for name, n in ends.most_common()))
    print(f"faults: {len(faults):,}")
    for fault in faults[:20]:
        print("  ", fault)
    return 1 if faults or len(ends) < 3 else 0


if __name__ == "__main__":
    sys.exit(main())
