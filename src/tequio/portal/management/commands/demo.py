"""``demo``: loads the two demo jurisdictions, Jalisco (the real plans) and Valle del Ejemplo (invented, for practice)."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from tequio.portal.demo.jalisco import load_jalisco
from tequio.portal.demo.valle import load_valle
from tequio.record import publish
from tequio.record.sequence import tree_size


class Command(BaseCommand):
    help = "Loads the demo. Goes on where an earlier run was cut short; what is there already is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        # What is written to the record is Spanish, whatever language the terminal speaks.
        with translation.override("es"):
            load_jalisco()
            load_valle()
        publish.tick()
        sealed = publish.newest()
        if sealed is None or sealed.size < tree_size():
            publish.publish()
