import pytest

from tequio.monitoring.tests.world import World, make_world


@pytest.fixture
def world(db: None, noon: object) -> World:
    return make_world()
