"""Triggers that refuse to change or delete what the record holds, on both engines.

SQLite loses a table's triggers when a later migration rebuilds the table: such a migration ends with ``install``.
"""

from typing import Any

TABLES = ("record_act", "record_leaf", "record_checkpoint")
REFUSAL = "the public record is insert-only"


def _creating(vendor: str) -> list[str]:
    if vendor == "postgresql":
        function = (
            "CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        return [function] + [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH {'STATEMENT' if verb == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION record_refuse()"
            for table in TABLES
            for verb in ("UPDATE", "DELETE", "TRUNCATE")
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for table in TABLES
        for verb in ("UPDATE", "DELETE")
    ]


def _dropping(vendor: str) -> list[str]:
    place, verbs = (
        (" ON {}", ("update", "delete", "truncate")) if vendor == "postgresql" else ("", ("update", "delete"))
    )
    return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}{place.format(table)}" for table in TABLES for verb in verbs]


def install(connection: Any) -> None:
    """Puts the triggers in place, again if need be."""
    with connection.cursor() as cursor:
        for statement in _dropping(connection.vendor) + _creating(connection.vendor):
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Takes them away: for a migration back, and for test databases."""
    with connection.cursor() as cursor:
        for statement in _dropping(connection.vendor):
            cursor.execute(statement)
