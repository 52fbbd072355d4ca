"""The result of looking through a file."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Looked:
    """The bytes to keep, and what the uploader should know of them, a sentence each (who the file says wrote it)."""

    content: bytes
    notes: list[str] = field(default_factory=list)
