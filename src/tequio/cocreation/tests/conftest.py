from tequio.cocreation.tests.make import story
from tests.cast import cast, people

__all__ = ["cast", "people", "story"]
