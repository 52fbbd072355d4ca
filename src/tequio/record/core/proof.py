"""Proofs that stand alone (C2SP tlog-proof): place, path and signed checkpoint in one text."""

from dataclasses import dataclass

from tequio.record.core.checkpoint import Checkpoint
from tequio.record.core.merkle import leaf_hash, verify_inclusion
from tequio.record.core.note import Note, NoteError, Verifier, b64decode, b64encode

HEADER = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Proof:
    """That an entry stands at ``index`` in the tree of ``checkpoint`` (a whole signed note). ``extra`` is opaque."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def encode(self) -> str:
        lines = [HEADER]
        if self.extra:
            lines.append(f"extra {b64encode(self.extra)}")
        lines.append(f"index {self.index}")
        lines.extend(b64encode(node) for node in self.path)
        return "\n".join(lines) + "\n\n" + self.checkpoint

    @classmethod
    def parse(cls, text: str) -> "Proof":
        head, gap, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        if not gap or lines.pop(0) != HEADER:
            raise NoteError("not a proof")
        extra = b64decode(lines.pop(0)[6:]) if lines and lines[0].startswith("extra ") else b""
        if not lines or not lines[0].startswith("index "):
            raise NoteError("proof without index")
        index = lines.pop(0)[6:]
        if not (index.isascii() and index.isdigit()) or str(int(index)) != index:
            raise NoteError("malformed index")
        return cls(int(index), tuple(b64decode(line) for line in lines), checkpoint, extra)

    def holds_for(self, entry: bytes, log: Verifier) -> bool:
        """Whether the log signed the checkpoint and the entry stands in its tree. Raises ``NoteError`` if malformed."""
        note = Note.parse(self.checkpoint)
        if log not in note.verified_by(log):
            return False
        tree = Checkpoint.parse(note.text)
        return verify_inclusion(leaf_hash(entry), self.index, tree.size, self.path, tree.root)
