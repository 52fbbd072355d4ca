"""When numbering and sealing run: at once for a person's single act, together for acts that come thick and fast.

After a commit the process that committed numbers what waits, unless it did so a moment ago (``RECORD_PACE`` seconds,
default 0.5); then a timer does it. Whether a checkpoint is due is asked once a second at most, and a timer signs the
one that falls due later. A process that ends numbers first what it left to a timer; the seal
may wait for the next process or ``record_tick``. With a pace of 0 all happens at once, in the thread that committed;
tests do that.
"""

import atexit
import logging
import threading
import time

from django.conf import settings
from django.db import connection, transaction

log = logging.getLogger(__name__)

SEALS = 1.0  # seconds between two looks at whether a checkpoint is due

_gate = threading.Lock()
_ran = 0.0
_looked = 0.0
_timer: threading.Timer | None = None
_waiting = False  # acts of this process wait for the timer to be numbered


def sequence_soon() -> None:
    """Has the sequencer run once after the transaction commits. What fails there is logged: the acts are written."""
    if not any(waiting[1] is after_commit for waiting in connection.run_on_commit):
        transaction.on_commit(after_commit, robust=True)


def after_commit() -> None:
    """Numbers what waits, now or in a moment."""
    global _ran, _waiting
    pace = _pace()
    with _gate:
        left = _ran + pace - time.monotonic() if pace else 0.0
        _waiting = left > 0
        if not _waiting:
            _ran = time.monotonic()
    if left > 0:
        _later(left)
    else:
        _work()


def _pace() -> float:
    return float(getattr(settings, "RECORD_PACE", 0.5))


def _work() -> None:
    from tequio.record import publish
    from tequio.record.sequence import sequence

    global _looked
    sequence()
    pace = _pace()
    if pace and time.monotonic() - _looked < SEALS:
        _later(SEALS)
        return
    _looked = time.monotonic()
    publish.publish_if_due()
    due = publish.seconds_until_due() if pace else None
    if due is not None:
        _later(due)


def _later(seconds: float) -> None:
    """Runs ``_work`` in ``seconds``, or sooner where that is planned already."""
    global _timer
    due = time.monotonic() + seconds
    with _gate:
        if _timer is not None and _timer.is_alive():
            if getattr(_timer, "due", 0.0) <= due:
                return
            _timer.cancel()
        _timer = threading.Timer(max(seconds, 0.01), _in_thread)
        _timer.daemon = True
        _timer.due = due  # type: ignore[attr-defined]
        _timer.start()


def _in_thread() -> None:
    global _ran, _timer, _waiting
    with _gate:
        _timer, _waiting = None, False
        _ran = time.monotonic()
    try:
        _work()
    except Exception:
        log.exception("numbering in the background failed; record_tick will do it")
    finally:
        connection.close()


@atexit.register
def _finish() -> None:
    """Numbers what waits before the process ends, so that a command leaves nothing half done."""
    from tequio.record.publish import publish_if_due
    from tequio.record.sequence import sequence

    if not _waiting:
        return
    if _timer is not None:
        _timer.cancel()
    try:
        sequence()
        publish_if_due()
    except Exception:
        log.exception("numbering at the end of the process failed; record_tick will do it")
