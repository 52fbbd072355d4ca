"""Pages per second of a copy, against one client that fetches the same pages over HTTP, side by side in one run.

Run: ``TEQUIO_DATA=FOLDER python benchmarks/mirror.py [--pages N] [--rounds N]`` on an installation with data
(``manage demo``). Page cache and packing are off on both sides. The server is one process with threads (the production
server, gunicorn), the client keeps its connection and writes each answer to a file, as ``wget --mirror`` does. Rounds
alternate; the median ratio counts. The copy uses every core, so the ratio says nothing on a machine that is busy with else.
"""

import argparse
import http.client
import os
import random
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

import django  # noqa: E402

django.setup()

from tequio.mirror import build, registry  # noqa: E402
from tequio.mirror.pages import Job, make_all, processes  # noqa: E402
from tequio.mirror.snapshot import head  # noqa: E402

BAR = 2.0


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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=1200, help="few pages measure the start of processes")
    parser.add_argument("--rounds", type=int, default=3)
    said = parser.parse_args()
    wanted = said.pages
    seal = build.sealed()
    known = registry.addresses()
    paths = [path for path in sorted(known) if path.endswith("/") and path != "/"]
    paths = random.Random(7).sample(paths, min(wanted, len(paths)))
    port = free_port()
    server = serve(port)
    ratios = []
    try:
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            job = Job(Path(other), seal.made, known, build.banners(seal), head())
            fetch(port, paths[:20], Path(one))  # templates are read once
            for _ in range(said.rounds):
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
    print(f"{len(paths)} pages, {processes()} processes: median ratio {ratio:.2f} (bar {BAR})")
    sys.exit(ratio < BAR)


if __name__ == "__main__":
    main()
