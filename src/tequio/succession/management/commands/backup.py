"""``backup FILE``: one file with all that this installation holds."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from tequio.succession.backup import backup


class Command(BaseCommand):
    help = "Writes everything into one file and reads it back to be sure. Holds private data: keep it safe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="ARCHIVO")
        parser.add_argument("--with-keys", action="store_true", help="también las llaves del registro · the keys too")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"]).resolve()
        try:
            copied = backup(path, with_keys=options["with_keys"])
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        self.stdout.write(
            _(
                "Copia hecha y comprobada: %(path)s (%(acts)s actos, %(rows)s renglones, %(files)s archivos, %(size)s MB)."
            )
            % {
                "path": path,
                "acts": copied.acts,
                "rows": copied.rows,
                "files": copied.files,
                "size": f"{copied.size / 1e6:.1f}",
            }
        )
        for sha256 in copied.absent:
            self.stderr.write(_("Falta el archivo %(sha256)s: su ficha está y sus bytes no.") % {"sha256": sha256})
        if copied.keys:
            self.stdout.write(_("Lleva las llaves: quien tenga este archivo puede firmar por el registro."))
        else:
            self.stdout.write(
                _("No lleva las llaves del registro: guarda aparte la carpeta «keys», o usa --with-keys.")
            )
        self.stdout.write(_("Lleva datos privados: guárdala fuera de este equipo, donde solo tú la abras."))
