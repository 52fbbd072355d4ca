"""``tick``: the tasks of each minute. ``up`` and ``serve`` run it by themselves; a timer may run it instead."""

import json
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tequio.common import schedule


class Command(BaseCommand):
    help = "Runs every scheduled task once and notes the time for doctor."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = {}
        for name, task in schedule.tasks():
            try:
                task()
            except Exception as error:  # one task's fault must not keep the others from running
                faults[name] = f"{type(error).__name__}: {error}"
        (settings.DATA / "last-tick.json").write_text(json.dumps({"time": time.time(), "faults": faults}))
        if faults:
            raise CommandError("; ".join(f"{name}: {fault}" for name, fault in faults.items()))
