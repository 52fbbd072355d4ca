"""Commands that Django's own machinery carries out: load-plan, verify, doctor, manage."""

import os
from collections.abc import Sequence
from pathlib import Path

from tequio.cli.say import language

MANAGEMENT = {"load-plan": "load_plan", "verify": "record_verify", "doctor": "doctor"}


def start() -> None:
    """Loads this installation's settings and apps. A data folder that ``up`` made keeps its trial settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")
    data = Path(os.environ.get("TEQUIO_DATA", "var"))
    if (data / "trial").exists():
        os.environ.setdefault("TEQUIO_TRIAL", "1")
    import django

    django.setup()
    from django.utils import translation

    translation.activate(language())


def run(name: str, words: Sequence[str]) -> int:
    """Runs the management command with the words as they are."""
    start()
    from django.core.management import execute_from_command_line

    if name == "manage":
        execute_from_command_line(["tequio manage", *words])
    else:
        execute_from_command_line([f"tequio {name}", MANAGEMENT[name], *words])
    return 0
