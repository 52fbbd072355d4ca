"""``doctor``: asks every registered question about the installation and says, for each fault, what to do."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from tequio.common import health
from tequio.portal.health import register_all
from tequio.portal.health_database import database


class Command(BaseCommand):
    help = "Checks mail, storage, clock, database, scheduled tasks and settings, and says what to fix."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mail", metavar="ADDRESS", help="send a test message there")

    def handle(self, *args: Any, **options: Any) -> None:
        health.register("database", database)
        register_all()
        worst = False
        for name, check in health.checks():
            for finding in ask(name, check):
                worst |= finding.level is health.Level.BAD
                self.stdout.write(f"{finding.level.value} {finding.what}")
                if finding.fix:
                    self.stdout.write(f"    → {finding.fix}")
        if options["mail"]:
            send_mail(_("Prueba de Tequio"), _("Si lees esto, el correo funciona."), None, [options["mail"]])
            self.stdout.write(_("✓ Correo enviado de %(sender)s.") % {"sender": settings.DEFAULT_FROM_EMAIL})
        if worst:
            raise SystemExit(1)


def ask(name: str, check: health.Check) -> list[health.Finding]:
    """The question's findings. One that breaks is a finding itself: the others must still be asked."""
    try:
        return list(check())
    except Exception as error:
        what = _("La revisión «%(name)s» no pudo terminar: %(error)s.") % {"name": name, "error": error}
        return [health.bad(what, _("Corrige primero lo de arriba y vuelve a correr «doctor»."))]
