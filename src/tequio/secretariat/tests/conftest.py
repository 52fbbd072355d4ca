import pytest

from tequio.secretariat.tests.stage import Stage, make_stage
from tests.cast import cast
from tests.shared import shared

__all__ = ["cast"]


@pytest.fixture
def stage(db: None, noon: object) -> Stage:
    found: Stage = shared.get("stage")
    return found


shared.homes.add(__name__)
shared.makers["stage"] = make_stage
