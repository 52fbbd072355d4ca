"""``search_rebuild``: writes the whole index anew."""

from typing import Any

from django.core.management.base import BaseCommand

from tequio.search.index import rebuild


class Command(BaseCommand):
    help = "Writes the search index anew; the search page can be used meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        written = rebuild(
            lambda count: self.stderr.write(f"{count}\r", ending="") if options["verbosity"] > 1 else None
        )
        self.stdout.write(str(written))
