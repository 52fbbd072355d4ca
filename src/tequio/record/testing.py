"""For tests: no test may leave a public row that its last act does not tell of. The root ``conftest`` imports these."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from tequio.record import triggers
from tequio.record.verify import recorded_models, verify_state

DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}


class _Writes:
    """Notes whether a statement writes to a table that public rows stand in or draw on."""

    def __init__(self) -> None:
        self.tables = watched_tables()
        self.seen = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self.seen and isinstance(sql, str) and sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self.seen = any(f'"{table}"' in sql for table in self.tables)
        return execute(sql, params, many, context)


def watched_tables() -> set[str]:
    """Tables of public rows, and of the models beside them: their parts, and what they point to."""
    recorded = set(recorded_models())
    tables = {model._meta.db_table for model in recorded}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.fields:
            other = field.related_model
            if isinstance(other, type) and (other in recorded) != (model in recorded):
                tables |= {model._meta.db_table, other._meta.db_table}
    return tables


def _database(request: pytest.FixtureRequest) -> str:
    """The database fixture that the test uses, or an empty text."""
    names, marker = set(request.fixturenames), request.node.get_closest_marker("django_db")
    if {"transactional_db", "live_server", "django_db_reset_sequences"} & names:
        return "transactional_db"
    if marker is not None:
        return "transactional_db" if marker.kwargs.get("transaction") else "db"
    return "db" if DATABASE & names else ""


@pytest.fixture(autouse=True)
def public_rows_have_their_acts(request: pytest.FixtureRequest, settings: Any) -> Iterator[None]:
    """After each test that wrote public rows, each of them equals its last after-image.

    ``@pytest.mark.tampers`` opts out. Tests number acts at once, in their own thread. Tests on real transactions
    empty the tables afterwards, which the triggers refuse: they are taken away from the test database before that,
    and put back for the next such test.
    """
    settings.RECORD_PACE = 0
    database = _database(request)
    if not database:
        yield
        return
    request.getfixturevalue(database)
    real = database == "transactional_db"
    if real:
        triggers.install(connection)
    writes = _Writes()
    with connection.execute_wrapper(writes):
        yield
    broken = connection.in_atomic_block and connection.needs_rollback
    faults = []
    if (writes.seen or real) and not broken and not request.node.get_closest_marker("tampers"):
        faults = [str(fault) for fault in verify_state()]
    if real:
        triggers.remove(connection)
    if faults:
        pytest.fail(
            "public rows and their acts do not agree (is an act missing?):\n" + "\n".join(faults), pytrace=False
        )


@contextmanager
def unlocked() -> Iterator[None]:
    """Without the triggers, as somebody with full power over the database could work."""
    triggers.remove(connection)
    try:
        yield
    finally:
        triggers.install(connection)
