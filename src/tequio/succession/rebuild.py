"""Makes the public rows anew from the acts alone: each object's columns from its last after-image.

Columns come back by their names; ``ways`` says the few cases where an after-image has another shape than its table.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import models
from i18nfield.fields import I18nFieldMixin
from i18nfield.strings import LazyI18nString

from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.verify import recorded_models

BATCH = 500


@dataclass
class Known:
    """What the acts tell of an object: its last act, the last after-image that it had, whether it is out of sight since,
    its erasable values as far as they are still public, and the time of its first act."""

    on: str
    rev: int = 0
    leaf: str = ""
    state: dict[str, Any] | None = None
    hidden: dict[str, str] = field(default_factory=dict)
    out_of_sight: bool = False
    first: str = ""
    at: str = ""

    @property
    def subject(self) -> str:
        return [*self.on.split("/", 2), ""][1]


def take(known: dict[str, Known], said: dict[str, Any], leaf: str, shown: dict[tuple[str, str], str]) -> None:
    """Reads one act into what is known. ``shown`` gives public values by object and commitment."""
    row = known.setdefault(said["on"], Known(said["on"], first=said["at"]))
    row.rev, row.leaf, row.at, row.out_of_sight = said["rev"], leaf, said["at"], "state" not in said
    if "state" in said:
        row.state = said["state"]
        values = {name: shown.get((said["on"], value)) for name, value in said.get("hid", {}).items()}
        row.hidden = {name: value for name, value in values.items() if value is not None}


class Rebuild:
    """Rows of all models of public objects. ``lost`` says, an object a line, what could not come back."""

    def __init__(self, known: Iterable[Known], asides: dict[str, str]) -> None:
        from tequio.succession.ways import WAYS

        self.ways = WAYS
        self.asides = asides
        self.objects: dict[str, Recorded] = {}
        self.lost: list[str] = []
        self._by_subject: dict[str, list[Known]] = defaultdict(list)
        for row in known:
            self._by_subject[row.subject].append(row)

    def run(self) -> int:
        """Inserts everything; returns how many rows of public objects."""
        order = by_need(recorded_models())
        later: list[tuple[Recorded, Known]] = []
        for model in order:
            made = []
            for row in self._by_subject.pop(model.subject, []):
                if row.state is None:
                    self.lost.append(f"{row.on}: no after-image")
                    continue
                obj = self._object(model, row)
                made.append(obj)
                later.append((obj, row))
                self.objects[row.on] = obj
            self.insert(model, made)
        self._second_round(later)
        self.lost += [
            f"{row.on}: unknown subject"
            for rows in self._by_subject.values()
            for row in rows
            if not row.on.startswith("registro/")
        ]
        return len(later)

    def _object(self, model: type[Recorded], row: Known) -> Recorded:
        """An instance with every column but those that point to rows that may not be there yet."""
        state = dict(row.state or {})
        way = self.ways.get(model.subject)
        for theirs, ours in (way.names if way else {}).items():
            if theirs in state:
                state[ours] = state.pop(theirs)
        values: dict[str, Any] = {"rev": row.rev, "tip": row.leaf}
        for column in model._meta.local_concrete_fields:
            if column.primary_key or column.name in values:
                continue
            value = self._value(column, column.name in state, state.get(column.name), row)
            if value is not LATER:
                values[column.attname if column.is_relation else column.name] = value
        for name, value in row.hidden.items():
            if any(column.name == name for column in model._meta.local_concrete_fields):
                values[name] = value
        obj = self.made(model, row, values, {*state, *row.hidden})
        if way and way.fill:
            way.fill(self, obj, row)
        return obj

    def made(self, model: type[Recorded], row: Known, values: dict[str, Any], told: set[str]) -> Recorded:
        """The instance for these values; ``told`` are the columns that the act speaks of."""
        return model(**values)

    def insert(self, model: type[Recorded], made: list[Recorded]) -> None:
        """Stores the instances of a model."""
        model._base_manager.bulk_create(made, batch_size=BATCH)

    def _value(self, column: Any, told: bool, value: Any, row: Known) -> Any:
        target = column.related_model if column.is_relation else None
        if target is Jurisdiction and not told:
            return self.objects[f"{row.on.split('/', 1)[0]}/jurisdiction/{row.on.split('/', 1)[0]}"].pk
        if target is not None and issubclass(target, Recorded):
            if column.null:
                return LATER
            return self.objects[value].pk if told else None
        if told:
            if isinstance(column, models.JSONField) and isinstance(value, str):
                return json.loads(value)  # what a source told in a shape of its own (state.free_form)
            if isinstance(column, I18nFieldMixin):
                return LazyI18nString(value)
            return value if column.is_relation or isinstance(column, models.JSONField) else column.to_python(value)
        if column.null:
            return None
        if isinstance(column, I18nFieldMixin | models.CharField | models.TextField):
            return column.to_python("")
        if isinstance(column, models.DateField):
            return _moment(column, row)
        return column.get_default()

    def _second_round(self, later: list[tuple[Recorded, Known]]) -> None:
        """What points to other objects, once all are there; and parts that live with an object."""
        changed: dict[type[Recorded], tuple[set[str], list[Recorded]]] = {}
        for obj, row in later:
            state = row.state or {}
            names = set()
            for column in obj._meta.local_concrete_fields:
                target = column.related_model if column.is_relation else None
                if isinstance(target, type) and issubclass(target, Recorded) and column.null and column.name in state:
                    other = self.objects.get(state[column.name])
                    if other is None:
                        self.lost.append(f"{row.on}: {column.name} {state[column.name]}")
                    setattr(obj, column.name, other)
                    names.add(column.name)
                elif getattr(column, "auto_now_add", False):
                    setattr(obj, column.attname, _moment(column, row))
                    names.add(column.name)
            if names:
                fields, rows = changed.setdefault(type(obj), (set(), []))
                fields |= names
                rows.append(obj)
            way = self.ways.get(obj.subject)
            if way and way.parts:
                way.parts(self, obj, row)
        for model, (fields, rows) in changed.items():
            model._base_manager.bulk_update(rows, sorted(fields), batch_size=BATCH)
        self._many(later)

    def _many(self, later: list[tuple[Recorded, Known]]) -> None:
        """Lists of other objects."""
        links: dict[Any, list[Any]] = defaultdict(list)
        for obj, row in later:
            for column in obj._meta.local_many_to_many:
                through: Any = column.remote_field.through
                if through._meta.auto_created:
                    for key in (row.state or {}).get(column.name, []):
                        other = self.objects.get(key)
                        if other is None:
                            self.lost.append(f"{row.on}: {column.name} {key}")
                            continue
                        ids = {
                            f"{column.m2m_field_name()}_id": obj.pk,
                            f"{column.m2m_reverse_field_name()}_id": other.pk,
                        }
                        links[through].append(through(**ids))
        for through, rows in links.items():
            through._base_manager.bulk_create(rows, batch_size=BATCH)


def _moment(column: Any, row: Known) -> Any:
    """The time of the object's first act, for a column of days or of moments."""
    return column.to_python(row.first if isinstance(column, models.DateTimeField) else row.first[:10])


LATER = object()  # a column that is filled when all objects are there


def by_need(found: Iterable[type[Recorded]]) -> list[type[Recorded]]:
    """Models so that what a row cannot do without comes before it."""
    waiting, order = list(found), []
    while waiting:
        ready = [model for model in waiting if not (_needs(model) & set(waiting)) - {model}]
        if not ready:
            raise RuntimeError(f"models need each other: {waiting}")
        order += ready
        waiting = [model for model in waiting if model not in ready]
    return order


def _needs(model: type[Recorded]) -> set[Any]:
    return {
        column.related_model
        for column in model._meta.local_concrete_fields
        if column.is_relation and not column.null and issubclass(cast(type, column.related_model), Recorded)
    }
