"""Names who runs the installation: may open territories, and nothing more."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from tequio.people.actions import open_account


class Command(BaseCommand):
    help = "Da a un correo la tarea de operar la instalación (abrir territorios). Con --end se la quita."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email")
        parser.add_argument("--end", action="store_true", help="quita la tarea")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError("Eso no es un correo.") from error
        account = open_account(email=options["email"])
        if account is None:
            raise CommandError("Esa cuenta está cerrada.")
        account.is_staff = not options["end"]
        account.save(update_fields=["is_staff"])
        if account.is_staff:
            self.stdout.write(f"{account.email} puede abrir territorios en /mi/. Entra con un código a su correo.")
        else:
            self.stdout.write(f"{account.email} ya no opera la instalación.")
