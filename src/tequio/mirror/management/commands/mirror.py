"""``mirror build|check|compare``: the public portal as a folder that opens without any network."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tequio.mirror import build as building
from tequio.mirror import check as checking
from tequio.mirror import folder
from tequio.record.log_acts import PLACE, write
from tequio.record.sequence import sequence

MOST = 30  # faults that are told one by one
KIND = "mirror.published"


class Command(BaseCommand):
    help = "Makes, checks and compares copies of the public portal. Ends with 1 when something is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        make = verbs.add_parser("build", help="hace o pone al día una copia")
        make.add_argument("folder", type=Path, metavar="CARPETA")
        make.add_argument("--workers", type=int, help="procesos; si no lo dices, uno por núcleo")
        make.add_argument("--full", action="store_true", help="todas las páginas, también las que no cambiaron")
        make.add_argument("--record", action="store_true", help="anota la huella de la copia en el registro")
        look = verbs.add_parser("check", help="revisa que una copia esté completa")
        look.add_argument("folder", type=Path, metavar="CARPETA")
        two = verbs.add_parser("compare", help="compara dos copias")
        two.add_argument("one", type=Path, metavar="CARPETA")
        two.add_argument("other", type=Path, metavar="OTRA")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            wrong = getattr(self, f"_{options['verb']}")(options)
        except folder.MirrorError as error:
            raise CommandError(str(error)) from error
        for line in wrong[:MOST]:
            self.stderr.write(f"✗ {line}")
        if len(wrong) > MOST:
            self.stderr.write(f"… y {len(wrong) - MOST} más.")
        if wrong:
            sys.exit(1)

    def _build(self, options: dict[str, Any]) -> list[str]:
        """Makes a copy and says what is in it."""
        shown = [0.0]

        def progress(done: int, total: int) -> None:
            now = time.monotonic()
            if done == total or now - shown[0] > 0.5:
                shown[0] = now
                self.stderr.write(f"\r{done} de {total} páginas", ending="")
                self.stderr.flush()

        said = {name: options[name] for name in ("workers", "full")}
        built = building.build(options["folder"], progress=progress, **said)
        self.stderr.write("")
        rate = built.made / max(built.seconds, 0.001)
        self.stdout.write(
            f"{built.pages} páginas y {built.queries} con filtros, {built.files} archivos; {built.made} hechas ahora, "
            f"en {built.seconds:.1f} s ({rate:.0f} páginas por segundo)."
        )
        if not built.problems:
            self.stdout.write(f"Huella de la copia: {built.manifest}")
            if options["record"]:
                said = folder.about(options["folder"])
                with transaction.atomic():
                    state = {
                        "manifest": built.manifest,
                        "size": said["size"],
                        "root": said["root"],
                        "pages": built.pages,
                    }
                    write(KIND, f"{PLACE}/mirror", state)
                sequence(wait=True)
                self.stdout.write("Quedó anotada en el registro.")
        return built.problems

    def _check(self, options: dict[str, Any]) -> list[str]:
        """Checks a copy."""
        wrong = checking.check(options["folder"])
        if not wrong:
            said = folder.about(options["folder"])
            self.stdout.write(
                f"La copia está completa: {said['pages']} páginas, sello de {said['size']} actos del {said['day']}."
            )
        return wrong

    def _compare(self, options: dict[str, Any]) -> list[str]:
        """Compares two copies."""
        wrong = checking.compare(options["one"], options["other"])
        if not wrong:
            self.stdout.write("Las dos copias son iguales, byte por byte.")
        return wrong
