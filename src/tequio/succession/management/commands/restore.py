"""``restore FILE``: a copy made by ``backup``, into an empty installation."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from tequio.record import keys
from tequio.record.verify import verify
from tequio.succession.backup import restore


class Command(BaseCommand):
    help = "Brings a copy back into an empty installation, on SQLite or PostgreSQL, and checks all of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="ARCHIVO")

    def handle(self, *args: Any, **options: Any) -> None:
        say = self.stdout.write if options["verbosity"] > 1 else lambda _words: None
        try:
            copied = restore(Path(options["file"]), say)
        except (ValidationError, OSError) as error:
            raise CommandError(error.messages[0] if isinstance(error, ValidationError) else str(error)) from error
        faults = verify(state=True)
        for fault in faults:
            self.stderr.write(f"✗ {fault}")
        words = {"acts": copied.acts, "rows": copied.rows, "files": copied.files}
        self.stdout.write(_("Copia puesta: %(acts)s actos, %(rows)s renglones, %(files)s archivos.") % words)
        if not keys.held():
            self.stdout.write(
                _("Falta la llave del registro: pon tu copia en «%(path)s» antes de servir el portal.")
                % {"path": keys.path()}
            )
        if faults:
            raise CommandError(_("%(n)s cosas no coinciden.") % {"n": len(faults)})
        self.stdout.write(_("Todo coincide. Falta lo que no va en la copia: los ajustes (variables de entorno)."))
