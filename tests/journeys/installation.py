"""An installation as a process of its own: its database, its files and keys, its address on this machine, its commands.

``Installation`` is the test's hand on it: it starts the process, has verbs done there, and kills it. What the process does
stands in ``VERBS``; it reads one request a line and answers with one line.
"""

import contextlib
import datetime as dt
import io
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
START = dt.datetime(2026, 3, 16, 18, 0, tzinfo=dt.UTC)  # the cast's day
ORIGIN = "valle.ejemplo/registro"
PLACE = "valle-del-ejemplo"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Refused(Exception):
    """The installation did not do it; the message is its own."""


class Installation:
    """A process with a portal. ``database`` is an address, SQLite in the installation's folder if left out."""

    def __init__(self, folder: Path, port: int, database: str = "") -> None:
        self.folder, self.port = folder, port
        self.url = f"http://127.0.0.1:{port}"
        folder.mkdir(parents=True, exist_ok=True)
        names = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPYCACHEPREFIX")
        kept = {name: os.environ[name] for name in names if name in os.environ}
        self.env = {
            **kept,
            "DJANGO_SETTINGS_MODULE": "tests.journeys.installed",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "TEQUIO_DATA": str(folder),
            "TEQUIO_BASE_URL": self.url,
            "TEQUIO_RECORD_ORIGIN": ORIGIN,
            "DATABASE_URL": database or f"sqlite:///{folder}/tequio.sqlite3",
        }
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Begins the process; the first answer comes when it is ready."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.installation", str(self.port)],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def send(self, verb: str, *words: Any) -> None:
        """Asks for something without waiting for the answer."""
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([verb, *words]) + "\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        """The next answer. Raises ``Refused`` where the verb raised."""
        assert self.process is not None
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise Refused(f"the installation at {self.url} ended")
        good, said = json.loads(line)
        if not good:
            raise Refused(said)
        return said

    def do(self, verb: str, *words: Any) -> Any:
        """Has a verb done and waits for it."""
        self.send(verb, *words)
        return self.answer()

    def kill(self) -> None:
        """As a power cut does."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe is not None:
                    pipe.close()
            self.process = None

    def destroy(self) -> None:
        """The process and everything that it had."""
        self.kill()
        shutil.rmtree(self.folder)


def copy_database(source: Path, folder: Path) -> None:
    """SQLite's file as it stands, while others use it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        contextlib.closing(sqlite3.connect(source)) as old,
        contextlib.closing(sqlite3.connect(folder / "tequio.sqlite3")) as new,
    ):
        old.backup(new)


# --- In the process itself -------------------------------------------------------------------------------------------


def fill() -> None:
    """A place with its people, a plan, a committee and a decision."""
    from tests.cast import give_plan, make_place

    give_plan(make_place(PLACE, "Valle del Ejemplo", is_practice=True))


def grow(name: str) -> int:
    """One more public act, and the seal over it."""
    from tequio.people.actions import create_organisation
    from tequio.places.models import Jurisdiction
    from tequio.record.append import SYSTEM

    place = Jurisdiction.objects.get(slug=PLACE)
    create_organisation(jurisdiction=place, name=name.title(), slug=name, sector="cso", by=SYSTEM)
    return seal()


def seal() -> int:
    from tequio.record.publish import publish

    made = publish()
    return made.size if made else 0


def seal_state() -> int:
    from tequio.record import state_seal

    state_seal.seal_if_due()
    return seal()


def join(name: str, sector: str, vkey: str) -> None:
    from tequio.record.append import SYSTEM
    from tequio.witnesses.actions import join_witness

    join_witness(name=name, sector=sector, vkey=vkey, by=SYSTEM)


def stand() -> dict[str, Any]:
    """What the record has come to."""
    from tequio.record import attest, hold, tree
    from tequio.record.sequence import tree_size
    from tequio.record.verify import verify

    size, behind = tree_size(), hold.behind()
    return {
        "size": size,
        "root": tree.root(size).hex(),
        "attested": attest.attested_size(),
        "faults": [str(fault) for fault in verify(state=True)],
        "behind": behind.size if behind else 0,
        "forked": bool(behind and behind.forked),
    }


def run(*words: str) -> str:
    """A command of the program; its words."""
    from django.core.management import call_command

    out = io.StringIO()
    call_command(*words, stdout=out, stderr=out)
    return out.getvalue()


VERBS: dict[str, Callable[..., Any]] = {
    verb.__name__: verb for verb in (fill, grow, seal, seal_state, join, stand, run)
}


def main(port: int) -> None:
    """Serves the portal and does what is asked, line by line, until it is killed."""
    import time_machine

    answers, sys.stdout = sys.stdout, sys.stderr
    with time_machine.travel(START, tick=True):
        import django

        django.setup()
        from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

        from tequio.config.wsgi import application

        class Quiet(WSGIRequestHandler):
            def log_message(self, *words: Any) -> None:
                pass

        server = ThreadedWSGIServer(("127.0.0.1", port), Quiet)
        server.set_app(application)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for line in sys.stdin:
            verb, *words = json.loads(line)
            try:
                said = [True, VERBS[verb](*words)]
            except Exception:  # whatever it is, the test shall read it
                said = [False, traceback.format_exc()]
            answers.write(json.dumps(said) + "\n")
            answers.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
