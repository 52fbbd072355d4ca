"""Data that many tests begin with, made once for a run of tests and given to each as a copy.

The rows stand in a transaction around all tests that ask for them; each test works in a savepoint of its own and is rolled
back to it, so none sees what another did. Tests that ask for nothing, or for other data, or for real transactions, run
outside: the transaction is rolled back first. ``order`` puts tests that ask for the same beside each other.
"""

import copy
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from pytest_django.plugin import blocking_manager_key

DATABASE = {"db", "admin_client", "admin_user"}
REAL = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}


class Shared:
    """The one set of shared rows that this process holds at a time."""

    def __init__(self) -> None:
        self.makers: dict[str, Callable[[], Any]] = {}
        self.homes: set[str] = set()  # modules whose fixtures give shared data
        self.name = ""
        self.value: Any = None
        self._atomic: Any = None
        self._connection: Any = None

    def wanted(self, names: list[str], item: pytest.Item) -> str:
        """Which shared data a test begins with; empty for none."""
        mark = item.get_closest_marker("django_db")
        if set(names) & REAL or (mark and mark.kwargs.get("transaction")):
            return ""
        return next((name for name in self.makers if name in names and self._is_ours(name, item)), "")

    def _is_ours(self, name: str, item: pytest.Item) -> bool:
        """Not a fixture that a file of tests calls by the same name."""
        found = item._fixtureinfo.name2fixturedefs.get(name)  # type: ignore[attr-defined]
        return bool(found) and found[-1].func.__module__ in self.homes

    def prepare(self, wanted: str, moment: Any) -> None:
        """Makes the wanted rows, or takes away those that are not wanted. The database is set up and open."""
        from django.db import connections, transaction

        from tequio.record.testing import known

        connection = connections["default"]
        if wanted == self.name:
            return
        if self._atomic is not None:
            held = self._connection
            vars(held).pop("close", None)
            if held is connection:
                transaction.set_rollback(True)
                self._atomic.__exit__(None, None, None)
            else:  # a browser's event loop began or ended meanwhile, and gave this thread another connection
                held.in_atomic_block, held.savepoint_ids, held.atomic_blocks = False, [], []
                held.rollback()
                held.close()
            self._atomic, self.name, self.value = None, "", None
            known.forget()
        if wanted:
            self._atomic = transaction.atomic()
            self._atomic._from_testcase = True
            self._atomic.__enter__()
            self._connection = connection
            connection.close = lambda: None  # each test closes its connection; this one goes on
            with time_machine.travel(moment, tick=False):
                self.value = self.makers[wanted]()
                faults = known.learn()
            assert not faults, f"{wanted}: public rows and their acts do not agree: {faults}"
            self.name = wanted

    def get(self, name: str) -> Any:
        """A copy of the shared data, as the test may change it; made anew where the test runs outside."""
        return copy.deepcopy(self.value) if self.name == name else self.makers[name]()


shared = Shared()


def asks_for_database(item: pytest.Item) -> bool:
    """Whether a test works with the database at all."""
    names = set(getattr(item, "fixturenames", ()))
    return bool(names & (DATABASE | REAL)) or item.get_closest_marker("django_db") is not None


def order(items: list[pytest.Item]) -> None:
    """Tests without shared data first, then those of each set, then those on real transactions."""
    names = ["", *shared.makers]

    def place(item: pytest.Item) -> int:
        fixtures = list(getattr(item, "fixturenames", ()))
        mark = item.get_closest_marker("django_db")
        if set(fixtures) & REAL or (mark and mark.kwargs.get("transaction")):
            return len(names)
        return names.index(shared.wanted(fixtures, item))

    items.sort(key=place)


def prepare_for(request: pytest.FixtureRequest, moment: Any) -> None:
    """To be called when the database of a test is about to be set up."""
    with request.config.stash[blocking_manager_key].unblock():
        shared.prepare(shared.wanted(list(request.fixturenames), request.node), moment)


def put_away(request: pytest.FixtureRequest) -> None:
    """Takes the shared rows away before the test database itself goes."""
    from django.db import connection

    with request.config.stash[blocking_manager_key].unblock():
        shared.prepare("", None)
        connection.close()
