"""What a public act costs: the same change with a plain audit row, and with an act of the public record, side by side.

    python benchmarks/record_append.py [--postgres postgres://postgres@127.0.0.1:5432] [--rounds 5] [--seconds 1.5]

A change = load the object with a row lock, UPDATE it, INSERT a row. The act side includes all that comes with it:
hashing, the insert-only tables, numbering after commit and checkpoints. Rounds are interleaved; the ratio is that of
the medians. Bar: act / audit >= 0.75 on both engines, with 1 and with 4 writers (processes). Exit status 1 below it.
"""

import argparse
import contextlib
import datetime as dt
import json
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import django
from django.conf import settings

OBJECTS = 400
BAR = 0.75
TEXT = "El compromiso cambia de fecha porque la institución publicó tarde su convocatoria. " * 3


def configure(database: dict[str, Any], folder: Path) -> None:
    settings.configure(
        INSTALLED_APPS=["tequio.record", "django.contrib.auth", "django.contrib.contenttypes"],
        DATABASES={"default": database},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        RECORD_ORIGIN="medida.example/registro",
        RECORD_KEY_FILE=folder / "log.key",
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    )
    django.setup()


def tables() -> tuple[Any, Any, Any]:
    from django.db import models

    from tequio.record.models import Recorded
    from tequio.record.state import state_of

    class Thing(Recorded):
        subject = "thing"
        number = models.PositiveIntegerField(unique=True)
        title = models.CharField(max_length=300)
        text = models.TextField()
        start = models.DateField()
        end = models.DateField()
        open = models.BooleanField(default=True)
        tags = models.JSONField(default=list)

        class Meta:
            app_label = "benchmark"

        def subject_key(self) -> str:
            return f"valle/thing/{self.number}"

        def public_state(self) -> dict[str, Any]:
            return state_of(self, "number", "title", "text", "start", "end", "open", "tags")

        def is_public(self) -> bool:
            return True

        @classmethod
        def public_rows(cls) -> "models.QuerySet[Thing]":
            return cls.objects.all()

    class Line(models.Model):
        thing = models.ForeignKey(Thing, models.CASCADE)
        text = models.TextField()

        class Meta:
            app_label = "benchmark"

    class Audit(models.Model):
        thing = models.CharField(max_length=200, db_index=True)
        kind = models.CharField(max_length=60)
        at = models.DateTimeField()
        by = models.JSONField()
        state = models.JSONField()

        class Meta:
            app_label = "benchmark"

    return Thing, Line, Audit


def write(variant: str, seconds: float, writer: int, start: Any, found: Any) -> None:
    """One writer's transactions for so many seconds."""
    from django.db import connection, transaction
    from django.utils import timezone

    from tequio.record.append import Actor, act

    thing_model, line_model, audit_model = MODELS
    by = Actor(organisation="instituto", role="liaison", office="Enlace operativo")
    dice = random.Random(writer)
    connection.ensure_connection()
    start.wait()
    done, until = 0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        number = dice.randrange(OBJECTS)
        with transaction.atomic():
            thing = thing_model.objects.select_for_update().get(number=number)
            line_model.objects.create(thing=thing, text=TEXT)
            end = thing.end + dt.timedelta(days=1)
            if variant == "act":
                with act("thing.changed", thing, by=by, why="Convocatoria tardía"):
                    thing.end = end
            else:
                thing.end = end
                thing.save()
                if variant == "audit":
                    audit_model.objects.create(
                        thing=thing.subject_key(),
                        kind="thing.changed",
                        at=timezone.now(),
                        by=by.state(),
                        state=thing.public_state(),
                    )
        done += 1
    found.put(done / seconds)
    connection.close()


def rate(variant: str, writers: int, seconds: float) -> float:
    """Transactions a second of all writers together."""
    from django.db import connections

    connections.close_all()
    fork = multiprocessing.get_context("fork")
    start, found = fork.Barrier(writers), fork.Queue()
    jobs = [fork.Process(target=write, args=(variant, seconds, n, start, found)) for n in range(writers)]
    for job in jobs:
        job.start()
    total = sum(found.get(timeout=seconds + 60) for _job in jobs)
    for job in jobs:
        job.join()
    return total


def measure(engine: str, rounds: int, seconds: float) -> list[dict[str, Any]]:
    from django.core.management import call_command
    from django.db import connection

    from tequio.record.append import SYSTEM, act_many
    from tequio.record.kinds import Kind, register
    from tequio.record.sequence import sequence
    from tequio.record.verify import verify

    global MODELS
    MODELS = tables()
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        for model in MODELS:
            editor.create_model(model)
    register(Kind("thing.changed", "Cambió"))
    from django.db import transaction

    day = dt.date(2026, 1, 1)
    with transaction.atomic():
        things = [MODELS[0](number=n, title=f"Cosa {n}", text=TEXT * 2, start=day, end=day) for n in range(OBJECTS)]
        act_many("thing.changed", things, by=SYSTEM)
    results = []
    for writers in (1, 4):
        found: dict[str, list[float]] = {"change": [], "audit": [], "act": []}
        for _round in range(rounds):
            for variant in found:
                found[variant].append(rate(variant, writers, seconds))
        sequence(wait=True, thorough=True)
        middle = {variant: statistics.median(rates) for variant, rates in found.items()}
        results.append({"engine": engine, "writers": writers, **middle})
    faults = verify()
    if faults:
        raise SystemExit(f"{len(faults)} faults after the run, the first: {faults[0]}")
    return results


@contextlib.contextmanager
def database(engine: str, url: str) -> Iterator[None]:
    """An empty database of ``engine`` with the record's tables, gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if engine == "sqlite":
            configure(
                {
                    "ENGINE": "django.db.backends.sqlite3",
                    "NAME": folder / "bench.sqlite3",
                    "OPTIONS": {
                        "transaction_mode": "IMMEDIATE",
                        "timeout": 20,
                        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
                    },
                },
                folder,
            )
            yield
            return
        import psycopg

        place, base = f"tequio_bench_{os.getpid()}", urlsplit(url)
        with psycopg.connect(url, autocommit=True, dbname="postgres") as server:
            server.execute(f"CREATE DATABASE {place}")
            try:
                names = {"HOST": base.hostname, "PORT": base.port, "USER": base.username, "PASSWORD": base.password}
                given = {name: value or "" for name, value in names.items()}
                configure({"ENGINE": "django.db.backends.postgresql", "NAME": place, **given}, folder)
                yield
            finally:
                from django.db import connections

                connections.close_all()
                server.execute(f"DROP DATABASE {place} WITH (FORCE)")


def each_engine(script: str, arguments: list[str]) -> Iterator[tuple[str, Any]]:
    """Runs ``script --engine E`` for each engine in a process of its own, since Django is set up once, and gives the
    JSON of its last line; None where that engine could not run."""
    for engine in ("sqlite", "postgresql"):
        command = [sys.executable, script, "--engine", engine, *arguments]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        if answer.returncode:
            print(f"{engine}: could not run: {answer.stderr.strip().splitlines()[-1]}")
        yield engine, None if answer.returncode else json.loads(answer.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--postgres", default="postgres://postgres@127.0.0.1:5432", help="a server where databases may be made"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.engine:
        with database(args.engine, args.postgres):
            print(json.dumps(measure(args.engine, args.rounds, args.seconds)))
        return
    print("transactions a second, median of", args.rounds, "interleaved rounds")
    print(f"{'engine':<12}{'writers':>8}{'change':>9}{'+ audit':>9}{'+ act':>9}{'act/audit':>11}{'act/change':>12}")
    ok = True
    arguments = ["--postgres", args.postgres, "--rounds", str(args.rounds), "--seconds", str(args.seconds)]
    for _engine, rows in each_engine(__file__, arguments):
        ok = ok and rows is not None
        for row in rows or ():
            ratio = row["act"] / row["audit"]
            ok = ok and ratio >= BAR
            rates = "".join(f"{row[name]:>9.0f}" for name in ("change", "audit", "act"))
            print(f"{row['engine']:<12}{row['writers']:>8}{rates}{ratio:>11.2f}{row['act'] / row['change']:>12.2f}")
    print(f"bar {BAR}:", "met" if ok else "NOT met")
    sys.exit(0 if ok else 1)


MODELS: tuple[Any, Any, Any]

if __name__ == "__main__":
    main()
