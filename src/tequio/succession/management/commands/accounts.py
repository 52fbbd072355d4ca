"""``accounts key|hand-over|receive``: the private hand-over to a lawful successor, apart from the public bundle."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from tequio.succession import accounts


class Command(BaseCommand):
    help = "Hands over who works here, encrypted for the successor alone."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        key = verbs.add_parser("key", help="quien recibe hace su llave · the successor makes a key")
        key.add_argument("file", metavar="LLAVE")
        out = verbs.add_parser("hand-over", help="quien entrega escribe el archivo cifrado · writes the encrypted file")
        out.add_argument("file", metavar="ARCHIVO")
        out.add_argument("--to", required=True, metavar="age1…", help="la llave pública de quien recibe")
        out.add_argument("--basis", required=True, metavar="FUNDAMENTO", help="la ley o el acuerdo que lo manda")
        take = verbs.add_parser("receive", help="quien recibe deja entrar a esas personas · lets those people in")
        take.add_argument("file", metavar="ARCHIVO")
        take.add_argument("--key", required=True, metavar="LLAVE")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"]).resolve()
        try:
            if options["verb"] == "key":
                self.stdout.write(_("Guarda «%(path)s» donde solo tú llegues. Envía este renglón:") % {"path": path})
                self.stdout.write(accounts.make_key(path))
                return
            if options["verb"] == "hand-over":
                done = accounts.hand_over(path=path, recipient=options["to"], basis=options["basis"])
                words = _("Entrega cifrada en «%(path)s»: %(people)s personas, %(roles)s papeles. Huella: %(sha256)s")
            else:
                done = accounts.receive(path=path, key=Path(options["key"]))
                words = _("Ya pueden entrar %(people)s personas con %(roles)s papeles. Huella: %(sha256)s")
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except OSError as error:
            raise CommandError(str(error)) from error
        told = {"path": path, "people": done.people, "roles": done.roles, "sha256": done.sha256}
        self.stdout.write(words % told)
