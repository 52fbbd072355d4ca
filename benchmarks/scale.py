"""What ten thousand commitments and a hundred thousand activities cost whoever opens one plan's board.

    python benchmarks/scale.py [--engine sqlite] [--plans 166] [--rounds 15] [--postgres postgres://postgres@127.0.0.1:5432]

One plan of 60 commitments with 600 activities and 3,000 pieces of evidence (that of ``board.py``) stands alone in one
installation, and in another among 166 plans of its size in ten territories: 10,020 commitments and 100,200 activities, each
with its act. Both are asked in turn, in one run; pages are rendered anew, without the page cache. Bars: the same number of
queries, and a median of at most 1.3 times that of the small installation, for the board of today; a past day's board costs
at most three times today's. The other pages and the minute's ``tick`` are told without a bar. Exit status 1 above a bar.

Filling takes some minutes: the plans are loaded as people load them. The search index is not filled (``search.py`` measures
it).
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
import board as live  # the benchmark beside this one: its plan

RATIO, TIMES = 1.3, 3.0
PLACES = 10
QUIET = ("inicio", "portada", "compromiso", "actividad", "números", "tick")  # told without a bar
KINDS = ("hoy", "pasado", *QUIET)


def numbered(document: dict[str, Any], number: int) -> dict[str, Any]:
    """The plan document under another number, so that it can stand beside its like."""
    document["number"] = number
    for n, commitment in enumerate(document["commitments"], 1):
        commitment |= {"code": f"p{number}-{n}", "ogp_id": f"P{number}.{n}"}
    return document


def fill(plans: int) -> None:
    """The measured plan with its lights, then so many others; every territory has some."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from tequio.commitments.document.load import load
    from tequio.commitments.models import Activity
    from tequio.monitoring.models import Said, Track
    from tequio.places.actions import create_jurisdiction
    from tequio.record import kinds
    from tequio.record.append import Actor, act_many
    from tequio.record.sequence import sequence

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    kinds.on_sequenced.clear()
    by = Actor(role="secretariat")
    places = [
        create_jurisdiction(slug=f"lugar-{n}", name=f"Lugar {n}", kind="municipality", by=by) for n in range(PLACES)
    ]

    def put(number: int, place: Any) -> None:
        load(numbered(live.document(60), number), jurisdiction=place, by=by)
        rows = Activity.objects.filter(commitment__plan__number=number, jurisdiction=place)
        tracks = [
            Track(activity=activity, state=state, said=Said.COMPLETE, said_on="2026-01-15")
            for n, activity in enumerate(rows.select_related("jurisdiction", "commitment"))
            if (state := live.STATES[n % len(live.STATES)])
        ]
        with transaction.atomic():
            act_many("light.set", tracks, by=by)

    put(1, places[0])
    live.PIECES = 0
    for n in range(plans):
        put(2 + n, places[n % PLACES])
    sequence(wait=True, thorough=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def inside(plans: int) -> None:
    """Fills, says what there is, then measures whatever the parent names, a line for each, until it says nothing more."""
    import django

    django.setup()
    import datetime as dt

    import time_machine
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from tequio.commitments.models import Activity, Commitment
    from tequio.record.models import Act

    began = time.monotonic()
    fill(plans)
    settings.PAGE_CACHE = False
    settings.ALLOWED_HOSTS = ["*"]
    client, today = Client(), timezone.localdate()
    time_machine.travel(dt.datetime.combine(today + dt.timedelta(days=1), dt.time(18), dt.UTC)).start()
    pages = {
        "hoy": "/lugar-0/tablero/?plan=1",
        "pasado": f"/lugar-0/tablero/?plan=1&fecha={today}",
        "inicio": "/lugar-0/",
        "portada": "/",
        "compromiso": "/lugar-0/compromisos/p1-1/",
        "actividad": "/lugar-0/actividades/1/",
        "números": "/lugar-0/numeros/?plan=1",
    }

    def ask(kind: str) -> None:
        if kind == "tick":
            call_command("tick", verbosity=0)
            return
        answer = client.get(pages[kind], follow=True)
        assert answer.status_code == 200, (kind, answer.status_code)

    queries = {}
    for kind in KINDS:
        ask(kind)
        with CaptureQueriesContext(connection) as seen:
            ask(kind)
        queries[kind] = len(seen)
    there = {model.__name__: model.objects.count() for model in (Commitment, Activity, Act)}
    print(json.dumps({"queries": queries, "there": there, "filled": round(time.monotonic() - began)}), flush=True)
    for line in sys.stdin:
        began = time.perf_counter()
        ask(line.strip())
        print(1000 * (time.perf_counter() - began), flush=True)


class Installation:
    """One of the two, in a process, a folder and a database of its own."""

    def __init__(self, engine: str, plans: int, postgres: str) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.name = f"tequio_bench_{os.getpid()}_{plans}" if engine == "postgresql" else ""
        self.postgres = postgres
        env = {**os.environ, "TEQUIO_DATA": self.folder.name, "DJANGO_SETTINGS_MODULE": "tequio.config.settings"}
        env |= {"PYTHONPATH": str(live.ROOT / "src"), "TEQUIO_TRIAL": "0", "TEQUIO_DEBUG": "0"}
        env.pop("DATABASE_URL", None)
        if self.name:
            self._server(f"CREATE DATABASE {self.name}")
            env["DATABASE_URL"] = f"{postgres.rstrip('/')}/{self.name}"
        command = [sys.executable, __file__, "--inside", str(plans)]
        self.process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def _server(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(self.postgres, autocommit=True, dbname="postgres") as server:
            server.execute(sql)  # type: ignore[call-overload]

    def answer(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the measured process ended by itself")
        return json.loads(line)

    def ask(self, kind: str) -> float:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{kind}\n")
        self.process.stdin.flush()
        return float(self.answer())

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()
        if self.name:
            self._server(f"DROP DATABASE {self.name} WITH (FORCE)")


def run(engine: str, args: argparse.Namespace) -> bool:
    """Measures both installations in turn and prints what came of it; whether every bar is met."""
    both: list[Installation] = []
    try:
        both = [Installation(engine, plans, args.postgres) for plans in (0, args.plans)]
        small, large = (installation.answer() for installation in both)
        times: dict[tuple[int, str], list[float]] = {}
        for _round in range(args.rounds):
            for kind in KINDS:
                for n, installation in enumerate(both):
                    times.setdefault((n, kind), []).append(installation.ask(kind))
    finally:
        for installation in both:
            installation.close()
    print(f"{engine}: {large['there']}, filled in {large['filled']} s; load {os.getloadavg()[0]:.1f}")
    middle = {key: statistics.median(found) for key, found in times.items()}
    for kind in KINDS:
        few, many = middle[0, kind], middle[1, kind]
        print(
            f"  {kind:<11}{few:>9.1f}{many:>9.1f}{many / few:>8.2f}"
            f"{small['queries'][kind]:>9}{large['queries'][kind]:>9}"
        )
    past = middle[1, "pasado"] / middle[1, "hoy"]
    print(f"  a past day beside today, in the large one: {past:.2f}")
    same = all(small["queries"][kind] == large["queries"][kind] for kind in ("hoy", "pasado"))
    return same and middle[1, "hoy"] <= RATIO * middle[0, "hoy"] and past <= TIMES


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgres", default="postgres://postgres@127.0.0.1:5432", help="a server for a new database")
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--plans", type=int, default=166, help="plans beside the measured one")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--inside", type=int, default=-1, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside >= 0:
        inside(args.inside)
        return 0
    print(f"{'':<13}{'alone':>9}{'among':>9}{'ratio':>8}{'queries':>9}{'queries':>9}   (milliseconds, medians)")
    results = [run(engine, args) for engine in (["sqlite", "postgresql"] if args.engine == "both" else [args.engine])]
    words = f"bars (today's board: same queries, at most {RATIO} times; a past day at most {TIMES:g} times today's):"
    print(words, "met" if all(results) else "NOT met")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
