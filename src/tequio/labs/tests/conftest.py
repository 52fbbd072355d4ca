from tests.cast import people

__all__ = ["people"]
