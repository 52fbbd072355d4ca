"""``test``: one suite on SQLite and, when a server answers, on PostgreSQL; browser journeys where there is a Chromium."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tequio.cli import parser
from tequio.cli.project import ROOT
from tequio.cli.say import say

LOCAL_POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"
NOTHING_COLLECTED = 5


@dataclass(frozen=True)
class Outcome:
    """How one engine's run ended."""

    engine: str
    code: int
    seconds: float

    def __str__(self) -> str:
        word = {0: "bien · passed", NOTHING_COLLECTED: "sin pruebas elegidas · no test chosen"}
        return f"{self.engine:<11} {word.get(self.code, 'CON FALLAS · FAILED')} ({self.seconds:.0f} s)"


def run(name: str, words: Sequence[str]) -> int:
    """Runs pytest on each engine; words it does not know go to pytest as they are. Exit code 1 when one run failed."""
    options = parser(name)
    options.add_argument("--sqlite", action="store_true", help="solo SQLite · SQLite only")
    options.add_argument("--postgres", action="store_true", help="solo PostgreSQL · PostgreSQL only")
    options.add_argument(
        "--where", action="store_true", help="di qué PostgreSQL usaría · say which PostgreSQL it would use"
    )
    chosen, extra = options.parse_known_args(words)
    postgres = "" if chosen.sqlite else find_postgres()
    if chosen.where:
        print(postgres)
        return 0 if postgres else 1
    outcomes = []
    if not chosen.postgres:
        outcomes.append(_pytest("SQLite", "", extra))
    if postgres:
        # The browser sees the same pages on both engines: once is enough, except for a journey that is marked ``both``.
        outcomes.append(_pytest("PostgreSQL", postgres, [*extra, "-m", "(not browser or both) and not once"]))
    print("\n" + "\n".join(str(outcome) for outcome in outcomes), flush=True)
    if not postgres and not chosen.sqlite:
        say(
            "PostgreSQL  SALTADO: nadie responde en 127.0.0.1:5432; di dónde con TEQUIO_TEST_POSTGRES.",
            "PostgreSQL  SKIPPED: nobody answers at 127.0.0.1:5432; say where with TEQUIO_TEST_POSTGRES.",
        )
    if not find_chromium():
        say(
            "Navegador   SALTADO: no encontré Chromium; instálalo («sudo apt install chromium») o di dónde con "
            "TEQUIO_CHROMIUM.",
            "Browser     SKIPPED: no Chromium found; install it ('sudo apt install chromium') or say where with "
            "TEQUIO_CHROMIUM.",
        )
    if chosen.postgres and not postgres:
        return 1
    codes = {outcome.code for outcome in outcomes}
    return 0 if codes <= {0, NOTHING_COLLECTED} and 0 in codes else 1


def _pytest(engine: str, address: str, extra: Sequence[str]) -> Outcome:
    print(f"\n== {engine} ==", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", *extra]
    if not any(word.startswith(("-n", "--numprocesses")) for word in extra):
        command += ["-n", "2", "--dist", "worksteal"]
    start = time.monotonic()
    code = subprocess.call(command, cwd=ROOT, env={**os.environ, "TEQUIO_TEST_DATABASE": address})
    return Outcome(engine, code, time.monotonic() - start)


def find_postgres() -> str:
    """Address of a server where test databases may be made, or an empty text."""
    import psycopg

    told = os.environ.get("TEQUIO_TEST_POSTGRES", "")
    address = told or LOCAL_POSTGRES
    try:
        psycopg.connect(address.replace("postgres://", "postgresql://", 1), connect_timeout=2).close()
    except psycopg.Error:
        if told:
            raise SystemExit(f"TEQUIO_TEST_POSTGRES: {told}: no responde · does not answer") from None
        return ""
    return address


def find_chromium() -> str:
    """Path of the system's Chromium or Chrome, or an empty text."""
    names = (
        os.environ.get("TEQUIO_CHROMIUM", ""),
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    )
    return next((path for name in names if name and (path := shutil.which(name))), "")
