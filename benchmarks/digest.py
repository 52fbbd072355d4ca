"""How long the digest takes for 1,000 and for 10,000 followers, and how much memory.

Run: ``python benchmarks/digest.py``. It makes an installation of its own (a temporary SQLite file, and a database on the
PostgreSQL server that answers), with a plan of 60 activities. Each follower follows the plan, a commitment or an
activity, as people would; a week of 200 acts is told. Mails are written whole and thrown away at the door, so that the
figures are the portal's own and not those of a mail server. Prints seconds, people a second, and how much the process
grew; every act is told once to each, and a second run must send nothing.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
SIZES = (1_000, 10_000)
MINUTES = 5  # the bar for 10,000 followers
GROWTH = 1.35  # memory at 10,000 over memory at 1,000
ACTS = 200


class Dropped:
    """A mail server's door: every mail is made ready to send, as for SMTP, and let go."""

    def __init__(self, **_more: Any) -> None:
        self.count = 0

    def open(self) -> bool:
        return False

    def close(self) -> None:
        pass

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            self.count += len(message.message().as_bytes()) > 0
        return len(messages)


def peak() -> float:
    """The most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(size: int) -> None:
    """A plan, a week of acts, and ``size`` followers of it or of a part of it."""
    from django.utils import timezone

    from tequio.commitments.models import Activity, Commitment
    from tequio.monitoring import actions
    from tequio.monitoring.tests.world import BY, document, make_world
    from tequio.notices import topics
    from tequio.notices.models import Follow, Follower
    from tequio.record.sequence import sequence, tree_size

    world = make_world("medida", document(12, 5))
    sequence()
    topics.catch_up()
    last, place = tree_size() - 1, world.jurisdiction
    keys = [f"medida/commitment/{row.code}" for row in Commitment.objects.all()]
    keys += [f"medida/activity/{row.number}" for row in Activity.objects.all()] + ["medida/plan/1"] * 30
    now = timezone.now()
    Follower.objects.bulk_create(
        [Follower(jurisdiction=place, email=f"p{n}@ejemplo.invalid", cursor=last, due=now) for n in range(size)],
        batch_size=500,
    )
    Follow.objects.bulk_create(
        [
            Follow(follower_id=pk, key=key, since=last)
            for n, pk in enumerate(Follower.objects.values_list("pk", flat=True))
            for key in {keys[n % len(keys)], keys[(7 * n + 3) % len(keys)]}
        ],
        batch_size=500,
    )
    for n in range(ACTS):
        actions.report_progress(
            activity=world.activities[n % len(world.activities)], said="in_process", words=f"Avance {n}. " * 10, by=BY
        )
    sequence(wait=True, thorough=True)


def measure(size: int) -> dict[str, Any]:
    import django

    django.setup()
    fill(size)
    from tequio.notices import sending
    from tequio.notices.models import Delivery

    before, start = peak(), time.perf_counter()
    sent = sending.run(3600)
    spent = time.perf_counter() - start
    again = sending.run(3600)
    told = Delivery.objects.filter(state="sent").count()
    return {"sent": sent, "again": again, "told": told, "seconds": spent, "before": before, "peak": peak()}


def run(engine: str, size: int, postgres: str) -> dict[str, Any]:
    """Measures in a process and an installation of its own."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "TEQUIO_DATA": folder, "DJANGO_SETTINGS_MODULE": "tequio.config.settings"}
        env |= {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}:{ROOT / 'benchmarks'}", "TEQUIO_TRIAL": "0", "TEQUIO_DEBUG": "0"}
        env |= {"EMAIL_BACKEND": "digest.Dropped"}
        env.pop("DATABASE_URL", None)
        if engine == "sqlite":
            return inside(env, size)
        import psycopg

        name = f"tequio_bench_{os.getpid()}"
        with psycopg.connect(postgres, autocommit=True, dbname="postgres") as server:
            server.execute(f"CREATE DATABASE {name}")
            try:
                return inside(env | {"DATABASE_URL": f"{postgres.rstrip('/')}/{name}"}, size)
            finally:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def inside(env: dict[str, str], size: int) -> dict[str, Any]:
    subprocess.run([sys.executable, "-m", "tequio.manage", "migrate", "-v0"], env=env, check=True)
    command = [sys.executable, __file__, "--inside", str(size)]
    answer = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise SystemExit(answer.stderr[-3000:])
    return json.loads(answer.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgres", default="postgres://postgres@127.0.0.1:5432", help="a server for a new database")
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--inside", type=int, default=0, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        print(json.dumps(measure(args.inside)))
        return
    print(
        f"{'engine':<11}{'followers':>10}{'mails':>8}{'again':>7}{'seconds':>9}{'people/s':>10}{'MiB before':>12}{'peak':>8}"
    )
    ok = True
    for engine in ["sqlite", "postgresql"] if args.engine == "both" else [args.engine]:
        peaks = []
        for size in SIZES:
            found = run(engine, size, args.postgres)
            peaks.append(found["peak"])
            ok = ok and found["again"] == 0 and found["sent"] == found["told"] and found["seconds"] <= 60 * MINUTES
            print(
                f"{engine:<11}{size:>10}{found['sent']:>8}{found['again']:>7}{found['seconds']:>9.1f}"
                f"{size / found['seconds']:>10.0f}{found['before']:>12.0f}{found['peak']:>8.0f}"
            )
        ok = ok and peaks[1] <= GROWTH * peaks[0]
    print(f"bars (each told once, {MINUTES} minutes, memory at most {GROWTH} times):", "met" if ok else "NOT met")
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
