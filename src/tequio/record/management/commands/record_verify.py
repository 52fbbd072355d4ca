"""``record_verify [--state]``: checks the whole record and says what does not fit."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from tequio.record.sequence import tree_size
from tequio.record.verify import verify


class Command(BaseCommand):
    help = "Checks every act, number, tile, seal, file and, with --state, every public row."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--state", action="store_true", help="compare every public row with its last act")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = verify(state=options["state"])
        for fault in faults:
            self.stderr.write(f"✗ {fault}")
        if faults:
            self.stderr.write(_("%(n)s cosas no coinciden.") % {"n": len(faults)})
            raise SystemExit(1)
        self.stdout.write(_("Todo coincide: %(n)s actos comprobados.") % {"n": tree_size()})
