"""Tests on real transactions empty the tables behind them. PostgreSQL takes seconds to TRUNCATE a hundred and more tables,
nearly all of them empty: here only those that hold rows are emptied, row by row."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql.operations import DatabaseOperations

_whole = DatabaseOperations.sql_flush


def _sql_flush(
    self: Any, style: Any, tables: Iterable[str], *, reset_sequences: bool = False, allow_cascade: bool = False
) -> list[str]:
    """The statements that empty these tables. Foreign keys and triggers stand back meanwhile, which a superuser may ask."""
    names = list(tables)
    if reset_sequences or not names:
        return _whole(self, style, names, reset_sequences=reset_sequences, allow_cascade=allow_cascade)
    quoted = {name: self.quote_name(name) for name in names}
    with self.connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            return _whole(self, style, names, reset_sequences=reset_sequences, allow_cascade=allow_cascade)
        asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quoted[name]})" for name in names)
        cursor.execute(asked)
        full = [row[0] for row in cursor.fetchall()]
    return ["SET LOCAL session_replication_role = replica", *(f"DELETE FROM {quoted[name]}" for name in full)]


def install() -> None:
    DatabaseOperations.sql_flush = _sql_flush  # type: ignore[method-assign]
