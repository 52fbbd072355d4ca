"""What the benchmarks of random walks share: a database that is migrated once and copied for each process, trees of walks
dealt out to the processes, and the sums at the end. Nothing is committed: every walk is taken back."""

import argparse
import collections
import datetime as dt
import itertools
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MONDAY = dt.datetime(2026, 3, 16, 18, tzinfo=dt.UTC)
BATCH = 4  # trees that a process takes at a time


@dataclass
class Found:
    """What some trees of walks came to: faults, verbs that went through, ends by their name, different ways."""

    walks: int = 0
    faults: list[str] = field(default_factory=list)
    verbs: collections.Counter[str] = field(default_factory=collections.Counter)
    ends: collections.Counter[str] = field(default_factory=collections.Counter)
    ways: int = 0
    cpu: float = 0.0

    def add(self, other: "Found") -> None:
        self.walks, self.ways, self.cpu = self.walks + other.walks, self.ways + other.ways, self.cpu + other.cpu
        self.faults += other.faults
        self.verbs.update(other.verbs)
        self.ends.update(other.ends)


def _setup(url: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.pop("TEQUIO_TEST_DATABASE", None)
    if url:
        os.environ["TEQUIO_TEST_DATABASE"] = url
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    import django

    django.setup()
    from django.conf import settings

    settings.RECORD_PACE = 0


def _migrate(url: str, target: str) -> str:
    """Makes the database that the processes copy: a file, or a database of that server."""
    _setup(url)
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, serialize=False, autoclobber=True)
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.execute("VACUUM INTO ?", [target])
        return target
    connection.close()
    return name


_entered: list[str] = []


def enter(url: str, made: str) -> None:
    """Opens a copy of the database that is this process's own, the first time it is asked."""
    if _entered:
        return
    _setup(url)
    from django.db import connection

    if connection.vendor == "sqlite":
        own = f"{made}.{os.getpid()}"
        shutil.copyfile(made, own)
    else:
        own = f"{made}_{os.getpid()}"
        connection.settings_dict["NAME"] = "postgres"
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{own}" TEMPLATE "{made}"')
        connection.close()
    connection.settings_dict["NAME"] = own
    _entered.append(own)


def _sweep(url: str, made: str) -> None:
    """Removes what was made in a server."""
    _setup(url)
    from django.db import connection

    connection.settings_dict["NAME"] = "postgres"
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{made}%"])
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE "{name}"')


def _batches(first: int, last: int) -> Iterator[tuple[int, int]]:
    for at in range(first, last, BATCH):
        yield at, min(BATCH, last - at)


def _dealt(
    take: Callable[[str, str, int, int], Found], url: str, made: str, trees: tuple[int, int], processes: int
) -> Iterator[Found]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context) as pool:
        waiting = _batches(*trees)
        running = {pool.submit(take, url, made, *one) for one in itertools.islice(waiting, processes)}
        while running:
            done = next(as_completed(running))
            running.remove(done)
            running |= {pool.submit(take, url, made, *one) for one in itertools.islice(waiting, 1)}
            yield done.result()


def run(words: str, take: Callable[[str, str, int, int], Found], tree: int, good: Callable[[Found], bool]) -> int:
    """The command: takes the walks, says how far it is, prints the sums. ``take(url, made, first, count)`` takes whole
    trees of ``tree`` walks; ``good`` says whether the walks got anywhere. 1 for a fault, or for walks that prove nothing."""
    parser = argparse.ArgumentParser(description=words, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--walks", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--first", type=int, default=0, help="the first tree")
    parser.add_argument("--postgres", default="", metavar="URL", help="postgres://… (SQLite in memory without it)")
    given = parser.parse_args()
    began, last = time.monotonic(), given.first + -(-given.walks // tree)
    context = multiprocessing.get_context("spawn")
    total = Found()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as folder:
        with ProcessPoolExecutor(1, context) as pool:
            made = pool.submit(_migrate, given.postgres, f"{folder}/made.sqlite3").result()
        try:
            for found in _dealt(take, given.postgres, made, (given.first, last), given.processes):
                total.add(found)
                if total.walks // 1000 > (total.walks - found.walks) // 1000:
                    so_far = f"{total.walks:,} walks, {total.cpu:,.0f} s of CPU, {time.monotonic() - began:,.0f} s"
                    print(f"  {so_far}, {len(total.faults)} faults", flush=True)
        finally:
            if given.postgres:
                with ProcessPoolExecutor(1, context) as pool:
                    pool.submit(_sweep, given.postgres, made).result()
    seconds = time.monotonic() - began
    print(f"{total.walks:,} walks in {total.cpu:,.0f} s of CPU ({seconds:,.0f} s), {total.ways:,} different ways")
    print("verbs that went through:", ", ".join(f"{name} {n:,}" for name, n in total.verbs.most_common()))
    print("ends:", ", ".join(f"{name} {n:,}" for name, n in total.ends.most_common()) or "none")
    print(f"faults: {len(total.faults):,}")
    for fault in total.faults[:20]:
        print("  ", fault)
    return 1 if total.faults or (given.walks >= 200 and not good(total)) else 0
