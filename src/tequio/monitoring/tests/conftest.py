import pytest

from tequio.monitoring.tests.world import World, make_world
from tests.cast import cast
from tests.shared import shared

__all__ = ["cast", "world"]


@pytest.fixture
def world(db: None, noon: object) -> World:
    found: World = shared.get("world")
    return found


shared.homes.add(__name__)
shared.makers["world"] = make_world
