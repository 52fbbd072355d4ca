"""Triggers that refuse to change or delete what the record holds, on both engines.

An app whose rows are as fixed as acts adds its tables with ``register`` and puts them under guard with ``install`` at the
end of the migration that makes them.

SQLite loses a table's triggers when a later migration rebuilds the table: such a migration ends with ``install``.
"""

from collections.abc import Sequence
from typing import Any

TABLES = ("record_act", "record_leaf", "record_checkpoint")
REFUSAL = "the public record is insert-only"
_more: list[str] = []


def register(*tables: str) -> None:
    """Adds tables of other apps; call it from ``apps.py``."""
    _more.extend(table for table in tables if table not in _more)


def _creating(vendor: str, tables: Sequence[str]) -> list[str]:
    if vendor == "postgresql":
        function = (
            "CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        return [function] + [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH {'STATEMENT' if verb == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION record_refuse()"
            for table in tables
            for verb in ("UPDATE", "DELETE", "TRUNCATE")
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for table in tables
        for verb in ("UPDATE", "DELETE")
    ]


def _dropping(vendor: str, tables: Sequence[str]) -> list[str]:
    place, verbs = (
        (" ON {}", ("update", "delete", "truncate")) if vendor == "postgresql" else ("", ("update", "delete"))
    )
    return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}{place.format(table)}" for table in tables for verb in verbs]


def _present(connection: Any) -> list[str]:
    """The guarded tables that there are: while a database is being made, those of later apps are not there yet."""
    return [*TABLES, *(table for table in _more if table in connection.introspection.table_names())]


def install(connection: Any) -> None:
    """Puts the triggers in place, again if need be."""
    with connection.cursor() as cursor:
        tables = _present(connection)
        for statement in _dropping(connection.vendor, tables) + _creating(connection.vendor, tables):
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Takes them away: for a migration back, and for test databases."""
    with connection.cursor() as cursor:
        for statement in _dropping(connection.vendor, _present(connection)):
            cursor.execute(statement)
