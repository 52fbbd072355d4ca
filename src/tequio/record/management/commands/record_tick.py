"""``record_tick``: numbers what waits and signs a checkpoint when one is due. For a scheduler, each minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tequio.record.publish import publish, publish_if_due
from tequio.record.sequence import sequence


class Command(BaseCommand):
    help = "Numbers waiting acts and signs a checkpoint when one is due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seal", action="store_true", help="sign a checkpoint now")

    def handle(self, *args: Any, **options: Any) -> None:
        sequence(wait=True, thorough=True)
        seal = publish() if options["seal"] else publish_if_due()
        if seal:
            self.stdout.write(f"{seal.size} {seal.root}")
