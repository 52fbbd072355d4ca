"""Tasks of each minute. An app registers its own in ``apps.py``: ``schedule.each_minute("record", publish_if_due)``.

A task asks itself whether something is due; it must be quick, and safe when two rounds overlap.
"""

from collections.abc import Callable

Task = Callable[[], object]
_tasks: dict[str, Task] = {}


def each_minute(name: str, task: Task) -> None:
    """Registers a task under a name that stands for one task only; the same name again takes its place."""
    _tasks[name] = task


def tasks() -> list[tuple[str, Task]]:
    """Every task with its name, in the order of registration."""
    return list(_tasks.items())
