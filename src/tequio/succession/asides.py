"""Long public texts that an act names by their SHA-256 alone: they travel beside the acts, each under its hash."""

import hashlib
from collections.abc import Iterator

from tequio.commitments.models import RoadmapVersion
from tequio.record.state import free_form
from tequio.sortition.models import Call


def all_texts() -> Iterator[str]:
    """Every such text of public objects."""
    for version in RoadmapVersion.public_rows().iterator(chunk_size=200):
        yield free_form(version.document)
    for call in Call.public_rows().exclude(file="").iterator(chunk_size=200):
        yield call.file


def name_of(text: str) -> str:
    """The hash under which a text travels."""
    return hashlib.sha256(text.encode()).hexdigest()
