"""``vocabularies_sync``: brings the lists in line with this release's files."""

from typing import Any

from django.core.management.base import BaseCommand

from tequio.vocabularies import terms
from tequio.vocabularies.models import Term
from tequio.vocabularies.sync import sync


class Command(BaseCommand):
    help = "Brings the lists of terms in line with this release."

    def handle(self, *args: Any, **options: Any) -> None:
        count = sync(Term)
        terms.forget()
        self.stdout.write(str(count))
