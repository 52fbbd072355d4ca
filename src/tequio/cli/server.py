"""The production server (gunicorn) as a child of this process, which meanwhile does the tasks of each minute."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from tequio.cli.say import say

TICK = 60  # seconds between two rounds of scheduled tasks


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def start(bind: str, *, workers: int, threads: int) -> subprocess.Popen[bytes]:
    """Starts gunicorn. No access log: it would keep readers' addresses; errors go to standard error."""
    command = [sys.executable, "-m", "gunicorn", "tequio.config.wsgi:application", "--bind", bind]
    command += ["--workers", str(workers), "--threads", str(threads), "--worker-tmp-dir", _memory_folder()]
    command += ["--timeout", "60", "--max-requests", "20000", "--max-requests-jitter", "2000", "--log-level", "warning"]
    return subprocess.Popen(command)


def _memory_folder() -> str:
    """Where workers leave their heartbeat: memory when there is some, so that a slow disk never kills a worker."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"  # noqa: S108 - gunicorn makes its own unnamed file


def answers(host: str, port: int, server: subprocess.Popen[bytes], *, seconds: float = 30) -> bool:
    """Waits until the server accepts connections; False when it ended or the time did."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return True
        time.sleep(0.1)
    return False


def watch(server: subprocess.Popen[bytes], *, ticks: bool) -> int:
    """Stays until the server ends, and does the scheduled tasks each minute unless somebody else does."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        with contextlib.suppress(ProcessLookupError):
            server.terminate()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    while server.poll() is None:
        if ticks:
            tick()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=TICK)
    return server.returncode


def tick() -> None:
    """One round of scheduled tasks. A fault in one round is told and does not end the server."""
    from django.core.management import call_command
    from django.db import connections

    try:
        call_command("tick", verbosity=0)
    except Exception as error:  # the portal must go on serving; doctor shows that rounds fail
        say(f"Las tareas programadas fallaron: {error}", f"The scheduled tasks failed: {error}", error=True)
    finally:
        connections.close_all()
