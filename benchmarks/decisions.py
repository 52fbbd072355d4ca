"""Random walks through deciding, under rules drawn at random: does any pass without quorum and both majorities?

    python benchmarks/decisions.py [--walks 10000] [--processes 2] [--first 0]

Each walk draws rules of decision as a forum might write them, wise or not, and tries twenty-four verbs by anybody: opening,
objecting, voting in the open or in secret, declaring conflicts, arriving, leaving, delegating, closing, withdrawing. At each
closing, quorum and majorities are told anew from the rows. Exit status 1 if one passes that should not, or if a secret
vote is found beside its seat; ``--first SEED --walks 1`` takes it again.
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

ROOT = Path(__file__).resolve().parent.parent


def take(first: int, count: int) -> tuple[list[str], dict[str, int], dict[str, int]]:
    """Takes ``count`` walks in this process: faults, verbs that went through, decisions by how they ended and why."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    os.environ.pop("TEQUIO_TEST_DATABASE", None)
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
    connection.creation.create_test_db(verbosity=0, serialize=False)
    from tequio.secretariat.models import Decision
    from tequio.secretariat.tests.stage import make_stage
    from tequio.secretariat.tests.walks import broken, walk

    faults: list[str] = []
    verbs: collections.Counter[str] = collections.Counter()
    ends: collections.Counter[str] = collections.Counter()
    with time_machine.travel(dt.datetime(2026, 3, 16, 18, tzinfo=dt.UTC), tick=False):
        stage = make_stage(None)
        for seed in range(first, first + count):
            with transaction.atomic():
                walker = walk(random.Random(seed), stage)
                faults += [f"walk {seed}: {fault} ({' '.join(walker.taken)})" for fault in broken(walker)]
                verbs.update(walker.taken)
                for row in Decision.objects.all():
                    ends[f"{row.state} {row.outcome.get('reason', '')} {row.method} {row.ballot}".strip()] += 1
                transaction.set_rollback(True)
    return faults, dict(verbs), dict(ends)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--walks", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--first", type=int, default=0, help="the first walk")
    given = parser.parse_args()
    began = time.monotonic()
    each, last = -(-given.walks // given.processes), given.first + given.walks
    parts = [(first, min(each, last - first)) for first in range(given.first, last, each)]
    with ProcessPoolExecutor(given.processes, multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(take, *zip(*parts, strict=True)))
    verbs: collections.Counter[str] = collections.Counter()
    ends: collections.Counter[str] = collections.Counter()
    for _faults, own_verbs, own_ends in found:
        verbs.update(own_verbs)
        ends.update(own_ends)
    faults = [fault for part in found for fault in part[0]]
    seconds = time.monotonic() - began
    print(f"{given.walks:,} walks in {seconds:,.0f} s ({given.walks / seconds:,.1f} a second)")
    print("verbs that went through:", ", ".join(f"{name} {n:,}" for name, n in verbs.most_common()))
    print("decisions:", ", ".join(f"{name} {n:,}" for name, n in ends.most_common()) or "none")
    print(f"faults: {len(faults):,}")
    for fault in faults[:20]:
        print("  ", fault)
    passed = any(name.startswith("passed") for name in ends)
    return 1 if faults or (given.walks >= 100 and not passed) else 0


if __name__ == "__main__":
    sys.exit(main())
