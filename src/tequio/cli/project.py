"""Where the project's own files are, for commands that only make sense in a working copy (test, check, lock)."""

import os
from pathlib import Path

from tequio.cli.say import stop


def _root() -> Path:
    told = os.environ.get("TEQUIO_ROOT")
    root = Path(told) if told else Path(__file__).resolve().parents[3]
    if not (root / "pyproject.toml").exists():
        stop(
            "Esta orden es para quien tiene el código: clona el proyecto y usa «./tequio».",
            "This command is for those who have the code: clone the project and use './tequio'.",
        )
    return root


ROOT = _root()
