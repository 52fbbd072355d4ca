"""The yearly drill: the bundle becomes a portal in an empty place, and is the same record there. The result is an act."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tequio.record import log_acts
from tequio.record.sequence import sequence
from tequio.succession.check import check
from tequio.succession.export import export
from tequio.witnesses import queries as witnesses

ON = f"{log_acts.PLACE}/drill"
KIND = "drill.done"
CODE = (
    "import json, sys, django; django.setup(); from django.core.management import call_command;"
    "[call_command(*words) for words in json.loads(sys.argv[1])]"
)
LONGEST = 3_600  # seconds that the other portal may take for a step


@dataclass(frozen=True)
class Step:
    """One step with its result; ``said`` is what went wrong."""

    key: str
    words: str
    passed: bool
    seconds: float
    said: str = ""


@dataclass
class Drill:
    """A whole drill."""

    steps: list[Step] = field(default_factory=list)
    size: int = 0
    root: str = ""

    @property
    def passed(self) -> bool:
        return len(self.steps) == 4 and all(step.passed for step in self.steps)


def drill() -> Drill:
    """Export, check, restore into a SQLite database of its own, compare; then the act. Stops at the first step that fails."""
    done = Drill()
    with tempfile.TemporaryDirectory(prefix="tequio-ensayo-") as name:
        place = Path(name)
        bundle, other = place / "paquete", place / "otra-casa"
        policy = place / "politica"
        rule = witnesses.policy(witnesses.active().order_by("slug"))
        attested = witnesses.newest_attested() is not None

        def write() -> str:
            made = export(bundle)
            done.size, done.root = made.size, made.root
            policy.write_text(rule.text, "utf-8")
            return ""

        def look() -> str:
            return "; ".join(str(fault) for fault in check(bundle, rule.text if attested else "").faults[:5])

        def bring() -> str:
            return elsewhere(other, ["migrate", "--verbosity", "0"], ["succession", "restore", str(bundle)])

        def compare() -> str:
            return elsewhere(other, ["succession", "identity", str(bundle)])

        steps: list[tuple[str, str, Callable[[], str]]] = [
            ("export", _("El paquete se escribió"), write),
            ("verify", _("El paquete está completo y firmado"), look),
            ("restore", _("Otro portal se levantó desde el paquete"), bring),
            ("identity", _("El otro portal es el mismo registro"), compare),
        ]
        for key, words, step in steps:
            start = time.monotonic()
            try:
                said = step()
            except Exception as error:  # whatever stops a drill is its result
                said = f"{type(error).__name__}: {error}"
            done.steps.append(Step(key, words, not said, time.monotonic() - start, said))
            if said:
                break
    write_act(done)
    return done


def elsewhere(folder: Path, *commands: list[str]) -> str:
    """Runs commands of this program in an installation of its own; what they complain of, else an empty text."""
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG", "PYTHONPATH", "TMPDIR")}
    told = {
        "DJANGO_SETTINGS_MODULE": "tequio.config.settings",
        "TEQUIO_DATA": str(folder),
        "TEQUIO_RECORD_ORIGIN": settings.RECORD_ORIGIN,
        "TEQUIO_BASE_URL": settings.BASE_URL,
        "DATABASE_URL": f"sqlite:///{folder / 'tequio.sqlite3'}",
    }
    folder.mkdir(parents=True, exist_ok=True)
    source = str(Path(__file__).resolve().parents[2])
    told["PYTHONPATH"] = os.pathsep.join(filter(None, [source, kept.get("PYTHONPATH", "")]))
    ran = subprocess.run(
        [sys.executable, "-c", CODE, json.dumps(commands)],
        env={**kept, **told},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    return "" if ran.returncode == 0 else (ran.stderr or ran.stdout or str(ran.returncode)).strip()[-2_000:]


def write_act(done: Drill) -> None:
    """The result as an act, passed or not."""
    steps = [{"step": step.key, "passed": step.passed, "seconds": round(step.seconds)} for step in done.steps]
    state = {"passed": done.passed, "size": done.size, "root": done.root, "steps": steps}
    with transaction.atomic():
        log_acts.write(KIND, ON, {key: value for key, value in state.items() if value != ""})
    sequence(wait=True)
