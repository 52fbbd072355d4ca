"""``record_tick``: numbers what waits and signs a checkpoint when one is due. For a scheduler, each minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tequio.record.publish import publish, tick


class Command(BaseCommand):
    help = "Numbers waiting acts and signs a checkpoint when one is due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seal", action="store_true", help="sign a checkpoint now")

    def handle(self, *args: Any, **options: Any) -> None:
        seal = tick()
        if options["seal"]:
            seal = publish()
        if seal:
            self.stdout.write(f"{seal.size} {seal.root}")
