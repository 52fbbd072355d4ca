"""Brings live rows up to their objects' last acts, in a database that has most of them already."""

from typing import Any

from django.db.models import ProtectedError

from tequio.record.core import canon
from tequio.record.models import Act, Disclosure, Recorded
from tequio.record.verify import recorded_models
from tequio.succession.rebuild import Known, Rebuild, take


def apply(keys: set[str], asides: dict[str, str]) -> list[str]:
    """Writes the rows of these objects as their last acts tell; returns what could not come back, a line each.

    ``asides`` are long texts by their hash.

    What the record does not tell (contact data, drafts beside) stays as it is in the database.
    """
    here: dict[str, Recorded] = {}
    for model in recorded_models():
        for row in model._base_manager.all():
            try:
                here[row.subject_key()] = row
            except (AttributeError, ValueError):
                continue
    shown = {
        (row.on, row.commitment): row.value
        for row in Disclosure.objects.filter(on__in=keys, erased=None, salt__isnull=False)
    }
    known: dict[str, Known] = {}
    for act in Act.objects.filter(on__in=keys).order_by("on", "rev"):
        take(known, canon.decode(bytes(act.entry)), act.leaf, shown)
    lost = [line for key in sorted(keys - known.keys()) if (line := _forget(here.get(key)))]
    for key in keys - known.keys():
        here.pop(key, None)
    rebuild = Tail(known.values(), here, asides)
    rebuild.run()
    return [*lost, *rebuild.lost]


def _forget(row: Any) -> str:
    """A row whose only acts were never published goes; where others need it, it stays and is said."""
    if row is None:
        return ""
    try:
        row.delete()
    except ProtectedError:
        return f"{row.subject_key()}: stays without an act"
    return ""


class Tail(Rebuild):
    """A rebuild over rows that are there."""

    def __init__(self, known: Any, here: dict[str, Recorded], asides: dict[str, str]) -> None:
        super().__init__(known, asides)
        self.here = here
        self.objects.update(here)

    def insert(self, model: type[Recorded], made: list[Recorded]) -> None:
        new = [obj for obj in made if obj.pk is None]
        super().insert(model, new)
        for obj in made:
            if obj not in new:
                obj.save(force_update=True)
                for column in obj._meta.local_many_to_many:
                    through: Any = column.remote_field.through
                    if through._meta.auto_created:
                        getattr(obj, column.name).clear()

    def made(self, model: type[Recorded], row: Known, values: dict[str, Any], told: set[str]) -> Recorded:
        """The row that is there, with the columns that acts tell; or a new one."""
        stored = self.here.get(row.on)
        if stored is None:
            return super().made(model, row, values, told)
        names = self.ways[model.subject].names if model.subject in self.ways else {}
        before = {names.get(name, name) for name in stored.public_state()} if stored.is_public() else set()
        if stored.is_public():
            before |= stored.hidden_state().keys()  # a personal value that was erased since must not come back
        for column in model._meta.local_concrete_fields:
            if column.name not in told | before | {"rev", "tip"}:
                continue
            name = column.attname if column.is_relation else column.name
            if name in values:
                setattr(stored, name, values[name])
            elif column.name not in told:
                setattr(stored, name, None)  # it points to nothing any more
        return stored
