"""For tests: no test may leave a public row that its last act does not tell of."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from tequio.record import triggers
from tequio.record.verify import recorded_models, verify_state


class _Writes:
    """Notes whether a statement writes to a table of public rows."""

    def __init__(self) -> None:
        self.tables = {model._meta.db_table for model in recorded_models()}
        self.seen = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self.seen and sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self.seen = any(f'"{table}"' in sql for table in self.tables)
        return execute(sql, params, many, context)


@pytest.fixture(autouse=True)
def public_rows_have_their_acts(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test that wrote public rows, each of them equals its last after-image. ``@pytest.mark.tampers`` opts out."""
    uses_database = {"db", "transactional_db"} & set(request.fixturenames)
    if not uses_database or request.node.get_closest_marker("tampers"):
        yield
        return
    request.getfixturevalue("transactional_db" if "transactional_db" in uses_database else "db")
    writes = _Writes()
    with connection.execute_wrapper(writes):
        yield
    if writes.seen:
        assert [str(fault) for fault in verify_state()] == []


@pytest.fixture(autouse=True)
def record_can_be_flushed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests on real transactions empty the tables afterwards; SQLite's triggers would refuse that."""
    transactional = "transactional_db" in request.fixturenames
    if not transactional:
        yield
        return
    request.getfixturevalue("transactional_db")
    triggers.install(connection)
    yield
    triggers.remove(connection)


@contextmanager
def unlocked() -> Iterator[None]:
    """Without the triggers, as somebody with full power over the database could work."""
    triggers.remove(connection)
    yield
