"""Tests on real transactions empty the tables behind them. Of a hundred and more tables nearly all are empty: only those that
hold rows are emptied. What migrations loaded (lists of terms, municipalities, content types) is left standing; where a test
changed it, it is put back as it was.
"""

from typing import Any

from django.db import connections, transaction
from django.test import TransactionTestCase

LEFT_ALONE = {"django_migrations"}  # Django's own flush leaves it too

_whole = TransactionTestCase._fixture_teardown
_loaded: dict[str, dict[str, list[Any]]] = {}


def _rows(cursor: Any, table: str) -> list[Any]:
    cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
    return [tuple(row) for row in cursor.fetchall()]


def _full(cursor: Any, connection: Any) -> list[str]:
    """The tables that hold rows, quoted."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    quoted = [connection.ops.quote_name(name) for name in names if name not in LEFT_ALONE]
    cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in quoted))
    return [row[0] for row in cursor.fetchall()]


def remember() -> None:
    """To be called when the test database was just made: what stands in it belongs there."""
    for connection in connections.all(initialized_only=True):
        with connection.cursor() as cursor:
            _loaded[connection.alias] = {table: _rows(cursor, table) for table in _full(cursor, connection)}


def flush(connection: Any) -> bool:
    """Leaves the database as it was made, except that ids go on. Whether something that was loaded had been changed."""
    loaded = _loaded[connection.alias]
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            if cursor.fetchone()[0]:  # foreign keys stand back, which a superuser may ask; else they wait for the end
                cursor.execute("SET LOCAL session_replication_role = replica")
        full = _full(cursor, connection)
        changed = [table for table, rows in loaded.items() if table not in full or _rows(cursor, table) != rows]
        for table in full:
            if table not in loaded or table in changed:
                cursor.execute(f"DELETE FROM {table}")
        for table in changed:
            places = ", ".join(["%s"] * len(loaded[table][0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({places})", loaded[table])
    return bool(changed)


def _fixture_teardown(self: Any) -> None:
    aliases = self._databases_names(include_mirrors=False)
    if self.available_apps is not None or self.serialized_rollback or not set(aliases) <= set(_loaded):
        _whole(self)
        return
    changed = [alias for alias in aliases if flush(connections[alias])]
    if changed:
        from tequio.vocabularies import terms

        terms.forget()


def install() -> None:
    TransactionTestCase._fixture_teardown = _fixture_teardown  # type: ignore[method-assign]
