"""Reads about files."""

from collections.abc import Callable

from tequio.documents.models import Blob

# Each app that hangs files on public objects says here whether a file belongs to one.
_owners: list[Callable[[Blob], bool]] = []


def register_owner(names_publicly: Callable[[Blob], bool]) -> None:
    """Adds a function that tells whether a public object names the file."""
    if names_publicly not in _owners:
        _owners.append(names_publicly)


def is_public(blob: Blob) -> bool:
    """Whether any public object names the file. A file of a draft, or one held back, answers 404."""
    return any(names_publicly(blob) for names_publicly in _owners)
