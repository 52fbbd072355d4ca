"""Killed at any moment, the portal loses nothing that was committed and tells nobody anything twice."""

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.killing import Killing


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_again_and_again_loses_nothing_and_tells_nothing_twice(
    tmp_path: Path, settings: Any
) -> None:
    settings.EMAIL_BACKEND, settings.BLOB_ROOT, settings.KILLED_MAIL = "", "", ""  # put back afterwards
    killing = Killing(tmp_path)
    killing.run(20)
    assert killing.faults == []
    told = killing.summary()
    assert (told["logged"] > 0, told["told"] > 0) == (True, True), told
