"""Two installations in one test: what the first one gave away, and the same tables emptied for the second."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection

from tequio.commitments.actions import submit_evidence
from tequio.documents.actions import keep
from tequio.places.models import Municipality
from tequio.record import triggers
from tequio.record.append import Actor
from tequio.record.publish import publish
from tequio.search.models import Cursor, Entry
from tequio.succession import dump
from tequio.vocabularies.models import Term
from tests.cast import Cast, cast, people  # noqa: F401 - fixtures


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    """Files and keys of this test alone."""
    settings.BLOB_ROOT = tmp_path / "blobs"
    settings.RECORD_KEY_FILE = tmp_path / "keys" / "log.key"
    settings.PAGE_CACHE = False
    return tmp_path


@pytest.fixture
def host(cast: Cast) -> Cast:  # noqa: F811
    """The first installation: the cast, a file among the evidence, all of it sealed."""
    submit_evidence(
        commitment=cast.valle.commitment,
        activity=cast.valle.activity,
        title="Lista de fugas",
        kind="document",
        date="2026-02",
        blob=keep(upload=ContentFile(b"fuga,dias\n1,2\n", name="fugas.csv")),
        by=Actor(organisation="agua", role="lead"),
    )
    publish()
    return cast


@pytest.fixture
def destroyed(own_folder: Path, settings: Any) -> Callable[[], None]:
    """Leaves empty tables, and empty folders, as a new installation has them."""

    def destroy() -> None:
        connection.check_constraints()
        triggers.remove(connection)
        with connection.constraint_checks_disabled():
            loaded = {Term, Municipality, ContentType}  # by migrations
            dump.clear([*(model for model in dump.tables() if model not in loaded), Entry, Cursor])
        connection.check_constraints()
        triggers.install(connection)
        settings.BLOB_ROOT = own_folder / "blobs-of-another"

    return destroy
