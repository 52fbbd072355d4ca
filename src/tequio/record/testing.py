"""For tests: no test may leave a public row that its last act does not tell of. The root ``conftest`` imports these."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Max

from tequio.record import triggers
from tequio.record.models import Act, Recorded
from tequio.record.verify import recorded_models, verify_state

DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}
WRITES = ("INSERT", "UPDATE", "DELETE")
WRITTEN = re.compile(r'(INSERT)(?: OR \w+)? INTO "?(\w+)|(UPDATE) "?(\w+)|(DELETE) FROM "?(\w+)')
NAMED = re.compile(r'"(\w+)"')
FIXED = {"record_act", "record_disclosure"}  # only ever added to; who changes them may have changed any of them


class Writes:
    """Notes which tables are written to."""

    def __init__(self) -> None:
        self.tables: set[str] = set()
        self.unknown = False  # whether something was written, and it cannot be told what it may have changed

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if isinstance(sql, str) and sql.startswith(WRITES):
            found = WRITTEN.match(sql)
            if found is None:
                self.unknown = True
            else:
                verb, table = (word for word in found.groups() if word)
                self.tables.add(table)
                self.unknown |= verb != "INSERT" and table in FIXED
        return execute(sql, params, many, context)


class _Reads:
    """Notes which tables statements name."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.tables.update(NAMED.findall(sql))
        return execute(sql, params, many, context)


@cache
def beside() -> dict[type[Recorded], set[str]]:
    """For each kind of public rows its own table, and those of its parts and of what it points to."""
    tables: dict[type[Recorded], set[str]] = {model: {model._meta.db_table} for model in recorded_models()}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.fields:
            other = field.related_model
            if not isinstance(other, type):
                continue
            if model in tables and other not in tables:
                tables[model].add(other._meta.db_table)
            if other in tables and model not in tables:
                tables[other].add(model._meta.db_table)
    return tables


class Known:
    """What is known of the public rows that are there before a test, so that the check after it looks only at what the
    test may have changed."""

    def __init__(self) -> None:
        self._drawn: dict[type[Recorded], set[str]] = {}
        self._last_act = 0

    def learn(self) -> list[str]:
        """To be called when rows were made that several tests begin with. Gives the faults in them.

        From where each row and its after-image are read is seen while that is done: a write to any of these tables may
        change what it says. Rows that a test makes itself are writes to their own table.
        """
        self._last_act = Act.objects.aggregate(last=Max("pk"))["last"] or 0
        for model in recorded_models():
            reads = _Reads()
            with connection.execute_wrapper(reads):
                for row in model.public_rows():
                    row.public_state()
                    row.hidden_state()
            self._drawn[model] = reads.tables
        return [str(fault) for fault in verify_state()]

    def forget(self) -> None:
        """Those rows are gone."""
        self._drawn, self._last_act = {}, 0

    def touched(self, writes: Writes) -> list[type[Recorded]]:
        """The models whose public rows may no longer equal their last acts."""
        models = recorded_models()
        if writes.unknown:
            return models
        subjects: set[str] = set()
        if "record_act" in writes.tables:
            keys = Act.objects.filter(pk__gt=self._last_act).values_list("on", flat=True)
            subjects = {key.split("/")[1] for key in keys if "/" in key}
        return [
            model
            for model in models
            if model.subject in subjects or writes.tables & (beside()[model] | self._drawn.get(model, set()))
        ]


known = Known()


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
    writes = Writes()
    with connection.execute_wrapper(writes):
        yield
    broken = connection.in_atomic_block and connection.needs_rollback
    faults = []
    if not broken and not request.node.get_closest_marker("tampers"):
        # On real transactions other threads write too, and every row there is was made by the test.
        models = recorded_models() if real else known.touched(writes)
        faults = [str(fault) for fault in verify_state(models)] if models else []
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
