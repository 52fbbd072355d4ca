"""The commands of ``./tequio`` and of the console script ``tequio``. Nothing here imports Django before it is needed."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from tequio.cli.say import say

# name: (module, what it does in Spanish, in English)
COMMANDS = {
    "up": ("up", "abre un portal de prueba en esta computadora", "opens a trial portal on this computer"),
    "serve": ("serve", "sirve el portal de verdad", "serves the real portal"),
    "load-plan": ("management", "carga un plan: load-plan ARCHIVO", "loads a plan: load-plan FILE"),
    "verify": ("management", "comprueba el registro público [--state]", "checks the public record [--state]"),
    "backup": ("management", "guarda todo en un archivo: backup ARCHIVO", "keeps everything in one file: backup FILE"),
    "restore": ("management", "pone una copia en un portal vacío", "puts a copy into an empty portal"),
    "succession": (
        "management",
        "entrega el registro completo: export, verify, restore, identity, drill",
        "hands the whole record on: export, verify, restore, identity, drill",
    ),
    "record": ("management", "llaves y recuperación: keys, recover", "keys and recovery: keys, recover"),
    "mirror": (
        "management",
        "copia todo lo público a una carpeta: mirror build|check|compare CARPETA",
        "copies all that is public to a folder: mirror build|check|compare FOLDER",
    ),
    "doctor": (
        "management",
        "revisa la instalación y dice qué arreglar",
        "checks the installation and says what to fix",
    ),
    "manage": ("management", "una orden de Django: manage ORDEN", "a command of Django: manage COMMAND"),
    "test": ("suite", "corre las pruebas (para desarrollar)", "runs the tests (for developers)"),
    "check": ("check", "revisa el código (para desarrollar)", "checks the code (for developers)"),
    "lock": ("lock", "fija las versiones de los paquetes (para desarrollar)", "pins the packages (for developers)"),
    "help": ("", "muestra esta ayuda", "shows this help"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command that the words name and answers its exit code: 0 is well, 1 a fault found, 2 a wrong order."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = words[0] if words else "help"
    if name in {"help", "-h", "--help"}:
        print(overview())
        return 0
    if name not in COMMANDS:
        say(f"No conozco la orden «{name}».", f"There is no command '{name}'.", error=True)
        print(overview(), file=sys.stderr)
        return 2
    module = importlib.import_module(f"tequio.cli.{COMMANDS[name][0]}")
    return int(module.run(name, words[1:]))


def overview() -> str:
    """One line for each command, in both languages."""
    lines = [f"  {name:<10} {spanish}\n{'':13}{english}" for name, (_module, spanish, english) in COMMANDS.items()]
    return "\n".join(["tequio ORDEN · tequio COMMAND", "", *lines])


def parser(name: str) -> argparse.ArgumentParser:
    """A parser for one command's own words, headed by what the command does."""
    _module, spanish, english = COMMANDS[name]
    return argparse.ArgumentParser(prog=f"tequio {name}", description=f"{spanish} · {english}")
