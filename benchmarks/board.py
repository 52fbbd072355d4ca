"""What the board costs: rendered anew, from the page cache, and beside a static file of the same size.

    python benchmarks/board.py [--postgres postgres://postgres@127.0.0.1:5432] [--engine sqlite] [--rounds 5] [--seconds 2]

One plan of 3 commitments and one of 60, with 10 activities and 50 pieces of evidence each (600 and 3,000), in an empty
installation that is gone afterwards, behind the server of ``tequio serve`` on this machine. Rounds are interleaved; the
ratio is that of the medians. Bars: the same number of queries for both plans, at most 12; a kept board at 60 % or more
of the speed of a static file that weighs as much on the wire. Exit status 1 below them.
"""

import argparse
import json
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"tres": 3, "sesenta": 60}
ACTIVITIES, PIECES = 10, 50  # of each commitment
QUERIES, SHARE = 12, 0.60
CLIENTS = 4
STATES = ("verified", "reported", "under_review", "observed", "rejected", "")


def document(commitments: int) -> dict[str, Any]:
    """An invented plan as a plan document."""
    words = "Publicar cada mes, en formato abierto y con palabras claras, lo que se gastó y lo que se entregó."
    return {
        "number": 1,
        "title": {"es": f"Plan de medida con {commitments} compromisos"},
        "start": "2025-01-01",
        "end": "2027-12-31",
        "commitments": [
            {
                "code": f"m{n:04}",
                "ogp_id": f"M{n:04}",
                "title": {"es": f"Compromiso {n}: cuentas claras en la dependencia número {n}"},
                "branch": ("executive", "legislative", "judicial")[n % 3],
                "lead": {"name": f"Dependencia {n % 12}", "sector": "gov_executive"},
                "supporting": [{"name": f"Organización {(n + k) % 20}", "sector": "cso"} for k in range(3)],
                "start": "2025-01-01",
                "end": "2027-11-30",
                "problem": {"es": words},
                "action": {"es": words},
                "activities": [
                    {
                        "title": {"es": f"Actividad {n}.{m}: entregar y publicar el informe del periodo {m}"},
                        "start": "2025-02-01",
                        "due": f"{2025 + m % 3}-{2 + m % 9:02}-28",
                    }
                    for m in range(ACTIVITIES)
                ],
                "evidence": [
                    {"title": {"es": f"Documento {k}"}, "kind": "document", "activity": 1 + k % ACTIVITIES}
                    for k in range(PIECES)
                ],
            }
            for n in range(1, commitments + 1)
        ],
    }


def fill() -> None:
    """Makes the tables, loads both plans and gives their activities states, each with its act."""
    from django.core.management import call_command
    from django.db import transaction

    from tequio.commitments.document.load import load
    from tequio.commitments.models import Activity
    from tequio.monitoring.models import Said, Track
    from tequio.places.actions import create_jurisdiction
    from tequio.record.append import Actor, act_many

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    by = Actor(role="secretariat")
    for slug, size in SIZES.items():
        place = create_jurisdiction(slug=slug, name=slug.title(), kind="municipality", by=by)
        load(document(size), jurisdiction=place, by=by)
        activities = Activity.objects.filter(jurisdiction=place).select_related("jurisdiction", "commitment")
        tracks = [
            Track(activity=activity, state=state, said=Said.COMPLETE, said_on="2026-01-15")
            for n, activity in enumerate(activities)
            if (state := STATES[n % len(STATES)])
        ]
        with transaction.atomic():
            act_many("light.set", tracks, by=by)


def count_queries() -> dict[str, int]:
    """The queries of one uncached request, the middleware's included."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.PAGE_CACHE = False
    settings.ALLOWED_HOSTS = ["*"]
    counts = {}
    for slug in SIZES:
        client = Client()
        client.get(f"/{slug}/tablero/")
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(f"/{slug}/tablero/")
        assert answer.status_code == 200
        counts[slug] = len(seen)
    return counts


def fetch(port: int, path: str) -> tuple[bytes, bytes]:
    """Head and body of one answer, as it comes on the wire."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        return ask(line, request_for(path))


def request_for(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()


def ask(line: socket.socket, request: bytes) -> tuple[bytes, bytes]:
    """One request on an open connection."""
    line.sendall(request)
    data = b""
    while b"\r\n\r\n" not in data:
        piece = line.recv(262_144)
        if not piece:
            raise ConnectionError("the server closed the connection")
        data += piece
    head, _blank, body = data.partition(b"\r\n\r\n")
    length = next(int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length"))
    while len(body) < length:
        body += line.recv(262_144)
    return head, body


def client(port: int, path: str, seconds: float, start: Any, found: Any) -> None:
    """Asks for one address for so many seconds; a connection that the server closes is opened again."""
    request, times, line = request_for(path), [], None
    start.wait()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        try:
            line = line or socket.create_connection(("127.0.0.1", port), timeout=60)
            head, _body = ask(line, request)
        except (ConnectionError, StopIteration, OSError):
            line = None
            continue
        if b" 200 " not in head[:20]:
            raise SystemExit(head.decode())
        if b"connection: close" in head.lower():
            line.close()
            line = None
        times.append(time.perf_counter() - began)
    found.put(times)


def load_on(port: int, path: str, seconds: float) -> tuple[float, float]:
    """Requests a second of all clients, and the 95th percentile in milliseconds."""
    fork = multiprocessing.get_context("fork")
    start, found = fork.Barrier(CLIENTS), fork.Queue()
    jobs = [fork.Process(target=client, args=(port, path, seconds, start, found)) for _n in range(CLIENTS)]
    for job in jobs:
        job.start()
    times = sorted(t for _job in jobs for t in found.get(timeout=seconds + 120))
    for job in jobs:
        job.join()
    return len(times) / seconds, 1000 * times[int(len(times) * 0.95)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Served:
    """The production server on a free port, with or without its page cache."""

    def __init__(self, cache: bool) -> None:
        self.port = free_port()
        command = [sys.executable, "-c", SERVE, f"127.0.0.1:{self.port}", str((os.cpu_count() or 1) + 1)]
        self.process = subprocess.Popen(command, env={**os.environ, "TEQUIO_PAGE_CACHE": str(int(cache))})

    def __enter__(self) -> int:
        for _try in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        for _worker in range(12):  # every worker has met both pages before the clock runs
            for slug in SIZES:
                fetch(self.port, f"/{slug}/tablero/")
        return self.port

    def __exit__(self, *_found: object) -> None:
        self.process.terminate()
        self.process.wait()


# The product's own way to start its server; it ends with us because a signal ends it.
SERVE = """
import signal, sys
from tequio.cli import server
process = server.start(sys.argv[1], workers=int(sys.argv[2]), threads=4)
signal.signal(signal.SIGTERM, lambda *_: process.terminate())
process.wait()
"""


def measure(rounds: int, seconds: float) -> dict[str, Any]:
    """Fills, counts, and measures: addresses by name, each with its median rate and p95."""
    import django

    django.setup()
    from django.conf import settings

    fill()
    queries = count_queries()
    found: dict[str, list[tuple[float, float]]] = {}
    weights = {}
    folder = Path(settings.STATIC_ROOT) / "medida"
    folder.mkdir()
    with Served(cache=True) as port:
        for slug in SIZES:
            head, body = fetch(port, f"/{slug}/tablero/")
            assert b"etag" in head.lower(), "the page cache is off"
            weights[slug] = len(body)
            (folder / f"{slug}.bin").write_bytes(os.urandom(len(body)))  # nothing to compress: it weighs as much
    with Served(cache=False) as port:
        for _round in range(rounds):
            for slug in SIZES:
                found.setdefault(f"{slug} new", []).append(load_on(port, f"/{slug}/tablero/", seconds))
    with Served(cache=True) as port:
        for slug in SIZES:
            assert len(fetch(port, f"/static/medida/{slug}.bin")[1]) == weights[slug]
        for _round in range(rounds):
            for slug in SIZES:
                found.setdefault(f"{slug} kept", []).append(load_on(port, f"/{slug}/tablero/", seconds))
                found.setdefault(f"{slug} file", []).append(load_on(port, f"/static/medida/{slug}.bin", seconds))
    rates = {
        name: [statistics.median(rate for rate, _p95 in rows), statistics.median(p95 for _rate, p95 in rows)]
        for name, rows in found.items()
    }
    return {"queries": queries, "weights": weights, "rates": rates}


def run(engine: str, args: argparse.Namespace) -> dict[str, Any]:
    """Measures one engine in a process and an installation of its own."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "TEQUIO_DATA": folder, "DJANGO_SETTINGS_MODULE": "tequio.config.settings"}
        env |= {"PYTHONPATH": str(ROOT / "src"), "TEQUIO_TRIAL": "0", "TEQUIO_DEBUG": "0"}
        env.pop("DATABASE_URL", None)
        command = [sys.executable, __file__, "--inside", "--rounds", str(args.rounds), "--seconds", str(args.seconds)]
        if engine == "sqlite":
            return answer_of(command, env)
        import psycopg

        name = f"tequio_bench_{os.getpid()}"
        with psycopg.connect(args.postgres, autocommit=True, dbname="postgres") as server:
            server.execute(f"CREATE DATABASE {name}")
            try:
                return answer_of(command, env | {"DATABASE_URL": f"{args.postgres.rstrip('/')}/{name}"})
            finally:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def answer_of(command: list[str], env: dict[str, str]) -> dict[str, Any]:
    answer = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise SystemExit(answer.stderr[-3000:])
    return json.loads(answer.stdout.splitlines()[-1])


def report(engine: str, found: dict[str, Any]) -> bool:
    """Prints one engine's figures; whether every bar is met."""
    ok = len(set(found["queries"].values())) == 1 and max(found["queries"].values()) <= QUERIES
    for slug, size in SIZES.items():
        (new, new_p95), (kept, kept_p95), (file, file_p95) = (
            found["rates"][f"{slug} {kind}"] for kind in ("new", "kept", "file")
        )
        ok = ok and kept / file >= SHARE
        print(
            f"{engine:<11}{size:>12}{found['queries'][slug]:>9}{found['weights'][slug] / 1024:>8.1f}"
            f"{new:>9.0f}{new_p95:>8.1f}{kept:>9.0f}{kept_p95:>8.1f}{file:>9.0f}{file_p95:>8.1f}{kept / file:>10.2f}"
        )
    return ok


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgres", default="postgres://postgres@127.0.0.1:5432", help="a server for a new database")
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        print(json.dumps(measure(args.rounds, args.seconds)))
        return
    print(f"requests a second and p95 in milliseconds, {CLIENTS} clients, median of {args.rounds} rounds")
    print(
        f"{'engine':<11}{'commitments':>12}{'queries':>9}{'KiB gz':>8}"
        f"{'new/s':>9}{'p95':>8}{'kept/s':>9}{'p95':>8}{'file/s':>9}{'p95':>8}{'kept/file':>10}"
    )
    engines = ["sqlite", "postgresql"] if args.engine == "both" else [args.engine]
    results = [report(engine, run(engine, args)) for engine in engines]  # every engine is measured
    ok = all(results)
    print(f"bars (same queries, at most {QUERIES}; kept/file at least {SHARE}):", "met" if ok else "NOT met")
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
