"""What every test gets: no network, the record's guard, one day on the calendar for those that ask, a browser."""

import datetime as dt
import gc
import os
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.plugin import blocking_manager_key

from tequio.cli.suite import find_chromium
from tequio.record.testing import public_rows_have_their_acts  # noqa: F401 - a fixture for every test
from tests import flushing, template
from tests.shared import asks_for_database, order, prepare_for, put_away

NOON = dt.datetime(2026, 3, 16, 18, 0, tzinfo=dt.UTC)  # a Monday, noon in Jalisco
BROWSER_WORDS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex


def _stays_here(address: Any) -> bool:
    return not isinstance(address, tuple) or address[0] in {"127.0.0.1", "::1", "localhost", ""}


def _guarded(original: Callable[..., Any]) -> Callable[..., Any]:
    def connect(self: socket.socket, address: Any) -> Any:
        if not _stays_here(address):
            raise AssertionError(f"a test reached for the network: {address}")
        return original(self, address)

    return connect


def pytest_configure(config: pytest.Config) -> None:
    """Shuts the network for the whole run, except this machine itself."""
    socket.socket.connect = _guarded(_connect)  # type: ignore[method-assign]
    socket.socket.connect_ex = _guarded(_connect_ex)  # type: ignore[method-assign]
    flushing.install()
    template.install()


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """One that asks for the browser is a browser test, before ``-m`` chooses; without a Chromium it is skipped, and the
    reason said. Of those that were chosen, the ones with the same shared data stand together."""
    absent = not find_chromium()
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
            if absent:
                item.add_marker(pytest.mark.skip(reason="no Chromium here (TEQUIO_CHROMIUM says where)"))
    yield
    if os.environ.get("TEQUIO_TEST_DATABASE", "").startswith("postgres"):
        # What uses no database says the same whatever the engine: it ran on SQLite.
        once = [item for item in items if not asks_for_database(item)]
        config.hook.pytest_deselected(items=once)
        items[:] = [item for item in items if asks_for_database(item)]
    order(items)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: pytest.FixtureRequest) -> Iterator[None]:
    """Just before a test gets its database, the rows that it shares with others are there, and no others."""
    if fixturedef.argname == "_django_db_helper":
        prepare_for(request, NOON)
    # Its event loop gives this thread other connections: those rows would be out of reach.
    if fixturedef.argname == "browser":
        put_away(request)
    result = yield
    if fixturedef.argname == "django_db_setup":
        with request.config.stash[blocking_manager_key].unblock():
            flushing.remember()
        # Finalizers run last in, first out: this one before the database goes.
        fixturedef.addfinalizer(lambda: put_away(request))
    return result


def pytest_collection_finish() -> None:
    """What was imported stays for the whole run: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(autouse=True)
def spanish() -> Iterator[None]:
    """Each test begins in Spanish: a page that was asked for in English leaves its language in the thread."""
    from django.utils import translation

    with translation.override("es"):
        yield


@pytest.fixture(autouse=True)
def nothing_is_kept() -> None:
    """Each test begins with empty caches: a rolled-back record comes to the same head again, with other pages."""
    from django.core.cache import caches

    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture
def noon() -> Iterator[dt.datetime]:
    """The clock stands still on Monday 16 March 2026, noon in Jalisco."""
    import time_machine

    with time_machine.travel(NOON, tick=False):
        yield NOON


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium, one for the whole run of a worker (playwright's ``Browser``)."""
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=BROWSER_WORDS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
