"""Commands that Django's own machinery carries out: load-plan, verify, doctor, manage."""

import os
from collections.abc import Sequence
from pathlib import Path

from tequio.cli.say import language, stop

NEEDS_TABLES = {"load-plan", "verify", "backup", "succession", "record", "mirror"}
MANAGEMENT = {"load-plan": "load_plan", "verify": "record_verify", "doctor": "doctor"}
MANAGEMENT |= {name: name for name in ("backup", "restore", "succession", "record", "mirror")}


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


def waiting_migrations() -> int:
    """How many changes of tables this code has that the database has not. Ends with a sentence when none answers."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        stop(
            f"La base de datos no responde: revisa DATABASE_URL y que esté encendida ({str(error).strip()}).",
            f"The database does not answer: check DATABASE_URL and that it is running ({str(error).strip()}).",
        )
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def run(name: str, words: Sequence[str]) -> int:
    """Runs the management command with the words as they are."""
    start()
    from django.core.management import execute_from_command_line

    if name in NEEDS_TABLES and waiting_migrations():
        stop(
            "Las tablas no están al día: corre antes «./tequio manage migrate».",
            "The tables are not up to date: run './tequio manage migrate' first.",
        )
    if name == "manage":
        execute_from_command_line(["tequio manage", *words])
    else:
        execute_from_command_line([f"tequio {name}", MANAGEMENT[name], *words])
    return 0
