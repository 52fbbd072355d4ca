"""The main navigation, to which each app adds its own entry from ``apps.py``. What is not installed does not show."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Item:
    """An entry of the main navigation: ``url_name`` takes the jurisdiction's slug.

    ``section`` is what a page names in its context (``section``) to show this entry as the current one.
    """

    section: str
    label: str | Promise
    url_name: str
    order: int


_items: list[Item] = []


def register(item: Item) -> None:
    """Adds an entry; registering the same section again replaces it."""
    _items[:] = [known for known in _items if known.section != item.section] + [item]


def items() -> list[Item]:
    """All entries in order."""
    return sorted(_items, key=lambda item: item.order)
