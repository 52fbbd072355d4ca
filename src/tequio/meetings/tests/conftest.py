from typing import Any

import pytest

from tequio.meetings.tests.make import Table, make_table
from tests.cast import cast

__all__ = ["cast"]


@pytest.fixture
def table(cast: Any, noon: Any) -> Table:
    return make_table(cast.valle)
