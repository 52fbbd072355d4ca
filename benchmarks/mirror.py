"""A copy of ten thousand pages: how fast it is made, against HTTP, and what it costs to follow one change.

Run: ``python benchmarks/mirror.py [--plans 6] [--sample N] [--rounds N] [--only http|after]``. It fills an installation of its
own with so many plans (10 commitments, 60 activities, 30 pieces of evidence each, in three places, some 1,600 addresses a plan),
or takes that of ``TEQUIO_DATA``; the engine is that of ``DATABASE_URL``. It measures

- pages per second of the copy and of one client that fetches the same pages over HTTP, in alternating rounds over a sample
  of the addresses (runs of pages as a copy makes them, from all over the portal); page cache and packing are off on both sides.
  The server is one process with threads (the production server, gunicorn), the client keeps its connection and writes each
  answer to a file, as ``wget --mirror`` does. Bar: the median ratio is at least 2. The copy uses every core, so the ratio
  falls on a machine that is busy with else; that of a copy by one process stands beside it, and has no bar;
- the whole copy (bar: 40 pages per second), the copy again when nothing has happened, and after one report on one activity
  (bar: at most 5 % of the processor's time that the whole took), which is compared with another whole copy byte for byte.

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
from collections.abc import Iterable
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
from tequio.mirror.pages import Job, beside, make_all, processes  # noqa: E402
from tequio.mirror.snapshot import head  # noqa: E402

BAR, LEAST, SHARE = 2.0, 40.0, 0.05
PLACES = 3
RUN = 48  # pages of a sample that lie beside each other


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


def copy(job: Job, paths: list[str], workers: int) -> float:
    """Pages per second of a copy by so many processes; query pages that links lead to are left out."""
    start = time.perf_counter()
    made = sum(1 for _made in make_all(job, [(path, "") for path in paths], workers, follow=False))
    return made / (time.perf_counter() - start)


def sample_of(known: Iterable[str], size: int) -> list[str]:
    """Runs of addresses in the order in which a copy makes them, from places drawn at random (the same each time)."""
    whole = sorted(((path, "") for path in known), key=beside)
    runs = [whole[at : at + RUN] for at in range(0, len(whole), RUN)]
    chosen = random.Random(7).sample(runs, min(len(runs), -(-size // RUN)))
    return [path for run in chosen for path, _query in run]


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
    paths = sample_of(known, sample)
    port = free_port()
    server = serve(port)
    ratios, alone = [], []
    try:
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            job = Job(Path(other), build.moment_of(seal), known, build.banners(), head())
            fetch(port, paths[:20], Path(one))  # templates are read once
            for _ in range(rounds):
                over_http, by_all = fetch(port, paths, Path(one)), copy(job, paths, processes())
                by_one = copy(job, paths, 1)
                ratios.append(by_all / over_http)
                alone.append(by_one / over_http)
                print(
                    f"{over_http:6.1f} pages/s over HTTP · {by_all:6.1f} copied, ratio {ratios[-1]:.2f} · "
                    f"{by_one:6.1f} copied by one process, ratio {alone[-1]:.2f}",
                    flush=True,
                )
    finally:
        server.terminate()
        server.wait()
    ratio = statistics.median(ratios)
    print(
        f"sample of {len(paths)} pages: median ratio {ratio:.2f} with {processes()} processes (bar {BAR}), "
        f"{statistics.median(alone):.2f} with one",
        flush=True,
    )
    return ratio


def copied(words: str, root: Path) -> tuple[build.Built, float]:
    """Makes or follows a copy and says how it went; with the seconds of the processor that it took, of all processes."""
    before = sum(os.times()[:4])
    made = build.build(root)
    spent = sum(os.times()[:4]) - before
    pages = made.pages + made.queries
    print(
        f"{words}: {made.made} of {pages} pages made in {made.seconds:.1f} s, {spent:.1f} s of the processor",
        flush=True,
    )
    if made.problems:
        raise SystemExit("\n".join(made.problems[:10]))
    return made, spent


def whole_and_after() -> bool:
    """A whole copy, one of nothing new, one after a change; whether the bars are met."""
    with tempfile.TemporaryDirectory() as place:
        one, other = Path(place) / "one", Path(place) / "other"
        first, spent = copied("whole copy", one)
        copied("nothing new", one)
        change()
        _again, after = copied("after one change", one)
        rate, share = (first.pages + first.queries) / first.seconds, after / spent
        print(
            f"{rate:.0f} pages per second, {(first.pages + first.queries) / spent:.0f} in a second of the processor "
            f"(bar {LEAST:.0f}); after a change {share:.1%} of a whole copy's processor (bar {SHARE:.0%})",
            flush=True,
        )
        copied("whole copy", other)
        wrong = compare(one, other)
        print("byte for byte the whole copy" if not wrong else f"{len(wrong)} files differ: {wrong[:5]}")
        return rate >= LEAST and share <= SHARE and not wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=6)
    parser.add_argument("--sample", type=int, default=1500, help="few pages measure the start of processes")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("http", "after"), help="only the ratio, or only the copy after a change")
    said = parser.parse_args()
    try:
        if OWN:
            sys.path.insert(0, str(Path(__file__).resolve().parent))
            fill(said.plans)
        print(
            f"{len(registry.addresses())} addresses; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
            flush=True,
        )
        good = said.only == "http" or whole_and_after()
        ratio = BAR if said.only == "after" else against_http(said.sample, said.rounds)
    finally:
        if OWN:
            shutil.rmtree(OWN, ignore_errors=True)
    sys.exit(not good or ratio < BAR)


if __name__ == "__main__":
    main()
