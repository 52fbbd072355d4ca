"""``opinions_count``: counts the votes of every open conversation now, as the task of each minute does."""

from typing import Any

from django.core.management.base import BaseCommand

from tequio.opinions.actions import each_minute
from tequio.opinions.models import Result


class Command(BaseCommand):
    help = "Closes conversations whose last day is past and publishes results where enough people have voted."

    def handle(self, *args: Any, **options: Any) -> None:
        before = Result.objects.count()
        each_minute()
        self.stdout.write(f"{Result.objects.count() - before} new results")
