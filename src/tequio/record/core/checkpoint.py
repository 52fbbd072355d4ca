"""Checkpoints (C2SP tlog-checkpoint): origin, size and root of the tree as the text of a signed note."""

from dataclasses import dataclass

from tequio.record.core.note import NoteError, b64decode, b64encode


@dataclass(frozen=True)
class Checkpoint:
    """The tree at one size. ``root`` is 32 bytes."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """From a note's text; raises ``NoteError`` where it is malformed. Extension lines are passed over."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] != "" or not lines[0]:
            raise NoteError("malformed checkpoint")
        size = lines[1]
        if not (size.isascii() and size.isdigit()) or str(int(size)) != size:
            raise NoteError("malformed tree size")
        root = b64decode(lines[2])
        if len(root) != 32:
            raise NoteError("a root has 32 bytes")
        return cls(lines[0], int(size), root)
