"""A copy of ten thousand pages: how fast it is made, against HTTP, and what it costs to follow one change.

Run: ``python benchmarks/mirror.py [--plans 7] [--sample N] [--rounds N]``. It fills an installation of its own with so many
plans (10 commitments, 60 activities, 30 pieces of evidence each, in three places, some 1,400 addresses a plan), or takes that
of ``TEQUIO_DATA``, and measures

- pages per second of the copy and of one client that fetches the same pages over HTTP, in alternating rounds over a sample
  of the addresses; page cache and packing are off on both sides. The server is one process with threads (the production
  server, gunicorn), the client keeps its connection and writes each answer to a file, as ``wget --mirror`` does. Bar: the
  median ratio is at least 2. The copy uses every core, so the ratio says nothing on a machine that is busy with else;
- the whole copy (bar: 40 pages per second), the copy again when nothing has happened, and after one report on one activity
  (bar: at most 5 % of the whole), which is compared with another whole copy byte for byte.

Exit status 1 below a bar.
"""

import argparse
import http.client
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")
os.environ["TEQUIO_PAGE_CACHE"] = "0"
OWN = "" if "TEQUIO_DATA" in os.environ else tempfile.mkdtemp(prefix="tequio-bench-mirror-")
if OWN:
    os.environ["TEQUIO_DATA"] = OWN

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from tequio.mirror import build, registry  # noqa: E402
from tequio.mirror.check import compare  # noqa: E402
from tequio.mirror.pages import Job, make_all, processes  # noqa: E402
from tequio.mirror.snapshot import head  # noqa: E402

BAR, LEAST, SHARE = 2.0, 40.0, 0.05
PLACES = 3


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(port: int) -> subprocess.Popen[bytes]:
    """The production server with one process and the page cache off."""
    words = ["-m", "gunicorn", "tequio.config.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    words += ["--workers", "1", "--threads", "4", "--log-level", "error"]
    process = subprocess.Popen([sys.executable, *words], env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return process
        except OSError:
            time.sleep(0.1)
    process.terminate()
    raise SystemExit("the server does not answer")


def fetch(port: int, paths: list[str], root: Path) -> float:
    """Pages per second of one client."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    start = time.perf_counter()
    for number, path in enumerate(paths):
        connection.request("GET", path)
        answer = connection.getresponse()
        (root / str(number)).write_bytes(answer.read())
    return len(paths) / (time.perf_counter() - start)


def copy(job: Job, paths: list[str]) -> float:
    """Pages per second of a copy, with one process for each core; query pages that links lead to are left out."""
    start = time.perf_counter()
    made = sum(1 for _made in make_all(job, [(path, "") for path in paths], processes(), follow=False))
    return made / (time.perf_counter() - start)


def fill(plans: int) -> None:
    """Plans as people load them, with lights on most activities."""
    import board
    from scale import numbered

    from tequio.commitments.document.load import load
    from tequio.commitments.models import Activity
    from tequio.monitoring.models import Said, Track
    from tequio.places.actions import create_jurisdiction
    from tequio.record.append import Actor, act_many
    from tequio.record.publish import publish
    from tequio.search import index

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    by = Actor(role="secretariat")
    board.ACTIVITIES, board.PIECES = 6, 3
    places = [
        create_jurisdiction(slug=f"lugar-{n}", name=f"Lugar {n}", kind="municipality", by=by) for n in range(PLACES)
    ]
    for n in range(plans):
        place = places[n % PLACES]
        load(numbered(board.document(10), n + 1), jurisdiction=place, by=by)
        rows = Activity.objects.filter(commitment__plan__number=n + 1, jurisdiction=place)
        tracks = [
            Track(activity=activity, state=state, said=Said.COMPLETE, said_on="2026-01-15")
            for k, activity in enumerate(rows.select_related("jurisdiction", "commitment"))
            if (state := board.STATES[k % len(board.STATES)])
        ]
        with transaction.atomic():
            act_many("light.set", tracks, by=by)
    publish()
    index.rebuild()


def change() -> None:
    """One institution says something else of one activity, and a seal covers it."""
    from tequio.monitoring.models import Said, Track
    from tequio.record.append import Actor, act
    from tequio.record.publish import publish

    track = Track.objects.order_by("pk").first()
    assert track is not None
    with transaction.atomic(), act("light.set", track, by=Actor(role="secretariat")):
        track.said = Said.IN_PROCESS if track.said == Said.COMPLETE else Said.COMPLETE
    publish()


def against_http(sample: int, rounds: int) -> float:
    """The median ratio of the copy's speed and that of one client."""
    seal = build.sealed()
    known = registry.addresses()
    paths = random.Random(7).sample(sorted(known), min(sample, len(known)))
    port = free_port()
    server = serve(port)
    ratios = []
    try:
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            job = Job(Path(other), build.moment_of(seal), known, build.banners(), head())
            fetch(port, paths[:20], Path(one))  # templates are read once
            for _ in range(rounds):
                over_http, in_process = fetch(port, paths, Path(one)), copy(job, paths)
                ratios.append(in_process / over_http)
                print(
                    f"{over_http:6.1f} pages/s over HTTP · {in_process:6.1f} copied · ratio {ratios[-1]:.2f}",
                    flush=True,
                )
    finally:
        server.terminate()
        server.wait()
    ratio = statistics.median(ratios)
    print(f"sample of {len(paths)} pages, {processes()} processes: median ratio {ratio:.2f} (bar {BAR})", flush=True)
    return ratio


def told(words: str, made: build.Built) -> float:
    """Says how a copy went; its seconds."""
    pages = made.pages + made.queries
    print(f"{words}: {made.made} of {pages} pages made in {made.seconds:.1f} s", flush=True)
    if made.problems:
        raise SystemExit("\n".join(made.problems[:10]))
    return made.seconds


def whole_and_after() -> bool:
    """A whole copy, one of nothing new, one after a change; whether the bars are met."""
    with tempfile.TemporaryDirectory() as place:
        one, other = Path(place) / "one", Path(place) / "other"
        first = build.build(one)
        seconds = told("whole copy", first)
        told("nothing new", build.build(one))
        change()
        after = told("after one change", build.build(one))
        again = told("whole copy", build.build(other))
        wrong = compare(one, other)
        rate = (first.pages + first.queries) / seconds
        share = after / ((seconds + again) / 2)
        print(
            f"{rate:.0f} pages per second (bar {LEAST:.0f}); after a change {share:.1%} of a whole copy (bar {SHARE:.0%})"
        )
        print("byte for byte the whole copy" if not wrong else f"{len(wrong)} files differ: {wrong[:5]}")
        return rate >= LEAST and share <= SHARE and not wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=7)
    parser.add_argument("--sample", type=int, default=1500, help="few pages measure the start of processes")
    parser.add_argument("--rounds", type=int, default=3)
    said = parser.parse_args()
    try:
        if OWN:
            sys.path.insert(0, str(Path(__file__).resolve().parent))
            fill(said.plans)
        print(
            f"{len(registry.addresses())} addresses; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
            flush=True,
        )
        good = whole_and_after()
        ratio = against_http(said.sample, said.rounds)
    finally:
        if OWN:
            shutil.rmtree(OWN, ignore_errors=True)
    sys.exit(not good or ratio < BAR)


if __name__ == "__main__":
    main()
