from tests.cast import cast, people  # noqa: F401  fixtures
