"""A receipt: the log's signed promise, given at once to whoever acts, that an act will get its number within a day. If it
never does, the receipt proves that the act was taken out."""

from dataclasses import dataclass

from tequio.record.core.note import NoteError, b64decode, b64encode

HEAD = "tequio receipt"
HOURS = 24  # within which the log promises to number the act


@dataclass(frozen=True)
class Receipt:
    """What the log promises: its ``origin``, the act's ``leaf`` hash (32 bytes), and ``at``, the act's own time."""

    origin: str
    leaf: bytes
    at: str

    @property
    def text(self) -> str:
        return f"{HEAD}\n{self.origin}\n{b64encode(self.leaf)}\n{self.at}\n"

    @classmethod
    def parse(cls, text: str) -> "Receipt":
        """From a note's text; raises ``NoteError`` where it is malformed."""
        lines = text.split("\n")
        if len(lines) != 5 or lines[0] != HEAD or lines[4]:
            raise NoteError("malformed receipt")
        leaf = b64decode(lines[2])
        if len(leaf) != 32:
            raise NoteError("a leaf hash has 32 bytes")
        return cls(lines[1], leaf, lines[3])
