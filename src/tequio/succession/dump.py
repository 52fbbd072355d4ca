"""Every row of every table as lines of JSON, the same from either database engine, and back into either one."""

import base64
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from typing import Any, Protocol

from django.apps import apps as live_apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from i18nfield.strings import LazyI18nString

# What is made anew, or ends with the server that held it.
LEFT_OUT = {"sessions.session", "search.entry", "search.cursor"}
CHUNK = 2_000


class Registry(Protocol):
    """Django's registry of models, of today or of an older state of the tables."""

    def get_model(self, app_label: str, model_name: str) -> type[models.Model]: ...


def tables() -> list[type[models.Model]]:
    """The models whose rows are kept, in a stable order."""
    found = [m for m in live_apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return sorted((m for m in found if m._meta.label_lower not in LEFT_OUT), key=lambda m: m._meta.label_lower)


def fields_of(model: type[models.Model]) -> list[Any]:
    """The columns of a model."""
    return list(model._meta.local_concrete_fields)


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see the database as it stood at one moment, and nobody waits for them."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:  # not ``atomic``: that takes SQLite's lock for writing
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def lines(model: type[models.Model]) -> Iterator[str]:
    """A line for each row of a table, after a first one that names its columns."""
    names = [field.attname for field in fields_of(model)]
    yield json.dumps(names) + "\n"
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=CHUNK):
        yield json.dumps([plain(value) for value in row], ensure_ascii=False) + "\n"


def plain(value: Any) -> Any:
    """A column's value as JSON holds it; ``read`` gives it back."""
    if isinstance(value, LazyI18nString):
        return value.data if isinstance(value.data, dict) else str(value.data or "")
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)


def read(field: Any, value: Any) -> Any:
    """The inverse of ``plain``, as the database takes it."""
    if isinstance(field, models.BinaryField) and value is not None:
        value = base64.b64decode(value)
    elif not isinstance(field, models.JSONField) and not field.is_relation:
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)


def insert(model: type[models.Model], rows: Iterable[Sequence[Any]], names: Sequence[str]) -> int:
    """Writes rows as they are, past what Django would do when saving (times of creation). Returns how many."""
    by_name = {field.attname: field for field in fields_of(model)}
    columns = [by_name[name] for name in names]
    quote = connection.ops.quote_name
    into = ", ".join(quote(str(field.column)) for field in columns)
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({into}) VALUES ({marks})"  # noqa: S608  our own columns
    count, waiting = 0, iter(rows)
    with connection.cursor() as cursor:
        while part := [
            [read(field, value) for field, value in zip(columns, row, strict=True)] for row in islice(waiting, CHUNK)
        ]:
            cursor.executemany(sql, part)
            count += len(part)
    return count


def clear(found: Sequence[type[models.Model]]) -> None:
    """Takes away the rows of tables; foreign keys are looked at when the transaction ends."""
    with connection.cursor() as cursor:
        for model in found:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def mend_counters(found: Sequence[type[models.Model]]) -> None:
    """After rows came with their keys, the next key follows the highest one (PostgreSQL counts apart)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(found)):
            cursor.execute(statement)


def migrations() -> list[list[str]]:
    """The newest applied change of tables of each app."""
    executor = MigrationExecutor(connection)
    applied = set(executor.loader.applied_migrations or ())
    graph = executor.loader.graph
    leaves = {
        key
        for key in applied
        if key in graph.nodes
        and not any(child.key in applied and child.key[0] == key[0] for child in graph.node_map[key].children)
    }
    return sorted([list(key) for key in leaves])


def tables_as_in(names: Sequence[Sequence[str]]) -> Registry:
    """Brings the tables to the state that a copy was made in, and gives the models of that state.

    Raises ``LookupError`` naming a change of tables that this code does not know: the copy is of a newer release.
    """
    executor = MigrationExecutor(connection)
    targets = [(app, name) for app, name in names]
    for target in targets:
        if target not in executor.loader.graph.nodes:
            raise LookupError(".".join(target))
    if executor.migration_plan(targets):
        executor.migrate(targets)
    if set(targets) >= set(executor.loader.graph.leaf_nodes()):
        return live_apps
    return executor.loader.project_state(targets).apps
