from tests.cast import cast  # noqa: F401  a fixture
