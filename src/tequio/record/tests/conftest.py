from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tequio.record import subjects
from tequio.record.kinds import Kind, register
from tequio.record.testing import public_rows_have_their_acts  # noqa: F401
from tequio.record.tests.sample import Thing
from tests.shared import shared


@pytest.fixture(scope="session", autouse=True)
def thing_table(django_db_setup: None, django_db_blocker: Any) -> None:
    """The sample model's table, beside those that migrations made."""
    with django_db_blocker.unblock():
        shared.prepare("", None)  # tables are not made inside a transaction
        with connection.schema_editor() as editor:
            editor.create_model(Thing)


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def sample(request: pytest.FixtureRequest, settings: Any, key_folder: Path) -> Iterator[None]:
    """Kinds of act for things, and a key of the tests' own."""
    register(
        Kind("thing.published", "Se publicó la cosa"),
        Kind("thing.changed", "Se cambió la cosa"),
        Kind("thing.decided", "Se decidió sobre la cosa", decisive=True),
    )
    subjects.register(subjects.Subject("thing", "Cosa", fields={"title": "Título", "holder": "Quién responde"}))
    settings.RECORD_KEY_FILE = key_folder / "log.key"
    settings.RECORD_ORIGIN = "prueba.example/registro"
    settings.PAGE_CACHE = False
    marker = request.node.get_closest_marker("django_db")
    if marker:
        request.getfixturevalue("db")
    yield
    if marker and marker.kwargs.get("transaction"):
        Thing.objects.all().delete()
