"""A hundred kills (``kill -9``) of a process that reports, decides and sends notices: what is lost, and what is told twice?

    python benchmarks/killed.py [--rounds 100] [--engine both] [--seed 1]

In an installation of its own (a database file, then a database on the PostgreSQL server that answers), a worker hands in
reports with files, looks, votes and decides, and runs ``tick`` with forty followers and six people who get reminders, a day
in each round; it is killed after a random time and another begins, forked from a warm process. Bars: every act that the
side log knows as committed is on the record; nobody was told twice of the same act, nor got the same mail twice;
``verify`` with the state of all rows finds nothing, after every tenth kill and at the end; no worker ended by itself.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def inside(rounds: int, seed: int) -> int:
    """Kills in this process's own installation, prints what came of it; 1 with a fault."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    settings.RECORD_PACE = 0
    connection.creation.create_test_db(verbosity=0, serialize=False, autoclobber=True)
    from tests.journeys.killing import Killing

    try:
        with tempfile.TemporaryDirectory() as folder:
            killing, began = Killing(Path(folder), seed), time.monotonic()
            killing.run(rounds)
            found = {"rounds": killing.rounds, "seconds": round(time.monotonic() - began, 1), **killing.summary()}
    finally:
        connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)
    print(json.dumps(found))
    for fault in killing.faults[:20]:
        print("  ", fault)
    return 1 if killing.faults else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgres", default="postgres://postgres@127.0.0.1:5432", help="a server for a new database")
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        return inside(given.rounds, given.seed)
    codes = []
    for engine in ["sqlite", "postgresql"] if given.engine == "both" else [given.engine]:
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "TEQUIO_TEST_DATABASE": ""}
        if engine == "postgresql":
            env["TEQUIO_TEST_DATABASE"] = f"{given.postgres.rstrip('/')}/tequio_killed_{os.getpid()}"
        command = [sys.executable, __file__, "--inside", "--rounds", str(given.rounds), "--seed", str(given.seed)]
        print(f"{engine}:", flush=True)
        codes.append(subprocess.run(command, env=env, check=False).returncode)
    print("bars (nothing lost, nothing told twice, verified clean):", "NOT met" if any(codes) else "met")
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main())
