"""What the board of a past day costs beside the live one: the same plan, the same run, rounds interleaved.

    python benchmarks/past_board.py [--postgres postgres://postgres@127.0.0.1:5432] [--engine sqlite] [--rounds 15]

One plan of 60 commitments with 600 activities and 3,000 pieces of evidence (that of ``board.py``), beside it one of 3, in
an empty installation that is gone afterwards. Two measures of each board: working out its rows, and the whole page of it
rendered anew. ``record``: a day that the record has seen. ``before``: a day before the record began. Bar: the page of a
past day costs at most three times the page of today (medians), and the same number of queries for both plans. Exit
status 1 above it. Ends with whether the board of today, rebuilt from the acts, is the live one.
"""

import argparse
import datetime as dt
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
import board as live  # the benchmark beside this one: its plan, its installation

TIMES = 3.0


def measure(rounds: int) -> dict[str, Any]:
    """Milliseconds of each board by rows and by page, the queries of both plans, and the differences found."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from tequio.monitoring import past, queries
    from tequio.plans.models import Plan

    live.fill()
    settings.PAGE_CACHE = False
    settings.ALLOWED_HOSTS = ["*"]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plan = Plan.objects.select_related("jurisdiction").get(jurisdiction__slug="sesenta")
    today = timezone.localdate()
    began = past.began(plan)
    assert began is not None
    # The acts of the plan were all written today; a moment whose record began earlier reads them as a past day does.
    seen, before = past.Moment(today, began), past.Moment(began - dt.timedelta(days=200), began)
    rows = {
        "live": lambda: queries.rows_of(plan, today, lean=True),
        "record": lambda: past.past_rows(plan, seen),
        "before": lambda: past.past_rows(plan, before),
    }
    client = Client()
    tomorrow, old = (today + dt.timedelta(days=1)), before.day

    def page(day: dt.date | None, slug: str = "sesenta") -> None:
        answer = client.get(f"/{slug}/tablero/", {"fecha": day.isoformat()} if day else {})
        assert answer.status_code == 200, answer.status_code

    import time_machine

    pages = {"live": lambda: page(None), "record": lambda: page(today), "before": lambda: page(old)}
    found: dict[str, list[float]] = {}
    faults = past.same_as_live(plan)
    with time_machine.travel(dt.datetime.combine(tomorrow, dt.time(18), dt.UTC)):  # today is a past day then
        for run in [*rows.values(), *pages.values()]:
            run()
        for _round in range(rounds):
            for what, boards in (("rows", rows), ("page", pages)):
                for name, run in boards.items():
                    began_at = time.perf_counter()
                    run()
                    found.setdefault(f"{what} {name}", []).append(1000 * (time.perf_counter() - began_at))
        counts = {}
        for slug in live.SIZES:
            with CaptureQueriesContext(connection) as asked:
                page(today, slug)
            counts[slug] = len(asked)
    return {"queries": counts, "faults": faults[:5], "ms": {name: statistics.median(ms) for name, ms in found.items()}}


def run(engine: str, args: argparse.Namespace) -> dict[str, Any]:
    """Measures one engine in a process and an installation of its own."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "TEQUIO_DATA": folder, "DJANGO_SETTINGS_MODULE": "tequio.config.settings"}
        env |= {"PYTHONPATH": str(live.ROOT / "src"), "TEQUIO_TRIAL": "0", "TEQUIO_DEBUG": "0"}
        env.pop("DATABASE_URL", None)
        command = [sys.executable, __file__, "--inside", "--rounds", str(args.rounds)]
        if engine == "sqlite":
            return live.answer_of(command, env)
        import psycopg

        name = f"tequio_bench_{os.getpid()}"
        with psycopg.connect(args.postgres, autocommit=True, dbname="postgres") as server:
            server.execute(f"CREATE DATABASE {name}")
            try:
                return live.answer_of(command, env | {"DATABASE_URL": f"{args.postgres.rstrip('/')}/{name}"})
            finally:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def report(engine: str, found: dict[str, Any]) -> bool:
    """Prints one engine's figures; whether every bar is met."""
    ok = len(set(found["queries"].values())) == 1 and not found["faults"]
    for what in ("rows", "page"):
        now, seen, before = (found["ms"][f"{what} {name}"] for name in ("live", "record", "before"))
        print(
            f"{engine:<11}{what:<6}{now:>9.1f}{seen:>9.1f}{before:>9.1f}{seen / now:>9.2f}{before / now:>9.2f}"
            f"{found['queries']['sesenta']:>9}"
        )
        ok = ok and (what == "rows" or max(seen, before) / now <= TIMES)
    for fault in found["faults"]:
        print("not the same:", fault)
    return ok


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgres", default="postgres://postgres@127.0.0.1:5432", help="a server for a new database")
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        print(json.dumps(measure(args.rounds)))
        return
    print(f"milliseconds, median of {args.rounds} rounds; 60 commitments, 600 activities, 3,000 pieces of evidence")
    print(f"{'engine':<11}{'':<6}{'today':>9}{'record':>9}{'before':>9}{'rec/now':>9}{'bef/now':>9}{'queries':>9}")
    engines = ["sqlite", "postgresql"] if args.engine == "both" else [args.engine]
    results = [report(engine, run(engine, args)) for engine in engines]  # every engine is measured
    print(
        f"bars (a past page at most {TIMES:g} times today's; same queries; same board):",
        "met" if all(results) else "NOT met",
    )
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
