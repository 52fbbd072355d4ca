"""``check``: everything about the code that a machine can judge without running the tests."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tequio.cli import parser
from tequio.cli.project import ROOT

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Step:
    """One tool, what it looks at, what to run to mend what it finds, and what else to look at once that was well."""

    name: str
    command: list[str]
    mend: str = ""
    then: list[str] = field(default_factory=list)


def steps() -> list[Step]:
    """In the order in which their outcomes are told."""
    templates = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("src/tequio/**/templates/**/*.html"))
    python = [sys.executable, "-m"]
    return [
        Step("format", [*python, "ruff", "format", "--check", "--quiet", ".", "tequio"], "ruff format . tequio"),
        Step("lint", [*python, "ruff", "check", "--quiet", ".", "tequio"], "ruff check --fix . tequio"),
        Step("types", [*python, "mypy"]),
        Step(
            "templates",
            [str(BIN / "djade"), "--target-version", "5.2", "--check", *templates],
            "djade --target-version 5.2 FILE",
        ),
        Step("layers", [str(BIN / "lint-imports"), "--no-logo"]),
        Step(
            "migrations",
            [*python, "tequio.manage", "makemigrations", "--check", "--dry-run", "-v1"],
            then=[*python, "tequio.manage", "migrate", "-v0"],  # from nothing, in the folder of this run
        ),
        Step("deploy", [*python, "tequio.manage", "check", "--deploy", "--fail-level", "WARNING"]),
        Step("pages", [*python, "tequio.manage", "templates_compile"]),
        Step("messages", [*python, "tequio.manage", "messages", "--check"], "./tequio manage messages"),
    ]


def run(name: str, words: Sequence[str]) -> int:
    """Runs every step, two at a time, and tells all that they found. Exit code 1 when one found something."""
    known = [step.name for step in steps()]
    options = parser(name)
    options.add_argument("only", nargs="*", metavar="|".join(known), help="solo estos pasos · only these steps")
    chosen = options.parse_args(words).only
    if unknown := set(chosen) - set(known):
        options.error(f"no existe · unknown: {', '.join(sorted(unknown))}")
    wanted = [step for step in steps() if not chosen or step.name in chosen]
    with tempfile.TemporaryDirectory() as data, ThreadPoolExecutor(2) as pool:
        environment = {**os.environ, **_production(data)}
        outcomes = list(pool.map(lambda step: _run(step, environment), wanted))
    for step, code, seconds, output in outcomes:
        print(f"{'✓' if code == 0 else '✗'} {step.name:<11} {seconds:4.1f} s", flush=True)
        if code:
            print(output.rstrip())
            if step.mend:
                print(f"  → {step.mend}")
    return int(any(code for _step, code, _seconds, _output in outcomes))


def _production(data: str) -> dict[str, str]:
    """Settings as on a real server, so that ``check --deploy`` judges what production runs with."""
    return {
        "TEQUIO_DATA": data,
        "TEQUIO_TRIAL": "0",
        "TEQUIO_DEBUG": "0",
        "TEQUIO_BASE_URL": "https://tequio.example",
        "ALLOWED_HOSTS": "tequio.example",
        "PYTHONPATH": str(ROOT / "src"),
    }


def _run(step: Step, environment: dict[str, str]) -> tuple[Step, int, float, str]:
    start, said = time.monotonic(), ""
    for command in filter(None, (step.command, step.then)):
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        said += done.stdout
        if done.returncode:
            break
    return step, done.returncode, time.monotonic() - start, said
