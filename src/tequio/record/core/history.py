"""Which key signs for the log at which size: a chain from the first act, each key named beforehand by its hash.

``log.started`` names a key and the hash of the next. ``key.rotated`` reveals that next key and the hash of the one after;
a thief of the key in use cannot write it, for lack of a key with that hash. When every key is lost, ``host.succeeded``
carries a succession note: witnesses, as many as the policy asks for, name the key that goes on with the same tree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from tequio.record.core import cosignature
from tequio.record.core.note import Note, NoteError, Verifier, b64decode, b64encode
from tequio.record.core.policy import NONE, Policy

LOG, POLICY = "registro/log", "registro/policy"
STARTED, ROTATED, SUCCEEDED, POLICY_SET = "log.started", "key.rotated", "host.succeeded", "policy.set"
SUCCESSION = "tequio succession v1"
OVERLAP_DAYS = 30  # for which the key before signs too, so that verifiers that only know it can follow


class ChainError(ValueError):
    """The chain of keys is broken: somebody without the right to it named a key."""


@dataclass(frozen=True)
class Epoch:
    """A key and the first position at which it signs; ``next_hash`` is the hash of the key that may follow, ``how`` the kind
    of the act that named it, ``at`` its time."""

    key: Verifier
    start: int
    next_hash: str
    how: str
    at: str


def hash_of(key: Verifier) -> str:
    """How an act names a key that is still kept away."""
    return "sha256:" + sha256(key.vkey.encode()).hexdigest()


@dataclass(frozen=True)
class Succession:
    """What witnesses sign when all keys are lost: the tree as it was last seen, and the key and host that go on."""

    origin: str
    size: int
    root: bytes
    key: Verifier
    next_hash: str
    host: str
    reason: str

    @property
    def text(self) -> str:
        rows = (SUCCESSION, self.origin, self.size, b64encode(self.root), self.key.vkey, self.next_hash, self.host)
        return "".join(f"{row}\n" for row in (*rows, " ".join(self.reason.split())))

    @classmethod
    def parse(cls, text: str) -> "Succession":
        """From a note's text; ``NoteError`` where it has another form."""
        rows = text.split("\n")
        if len(rows) != 9 or rows[0] != SUCCESSION or rows[8] or not (rows[2].isascii() and rows[2].isdigit()):
            raise NoteError("not a succession note")
        found = cls(rows[1], int(rows[2]), b64decode(rows[3]), Verifier.parse(rows[4]), rows[5], rows[6], rows[7])
        if found.text != text:
            raise NoteError("a succession note has one writing")
        return found

    @classmethod
    def signed(cls, data: str, policy: Policy) -> "Succession":
        """A note that the policy's quorum signed; ``ChainError`` for any other."""
        try:
            note = Note.parse(data)
            said = cls.parse(note.text)
            seen = cosignature.read(note, policy.witnesses.values())
        except ValueError as error:
            raise ChainError(f"the succession note is not valid: {error}") from error
        if policy.quorum == NONE or not policy.holds({one.key for one in seen}):
            raise ChainError("too few witnesses signed the succession note")
        return said


def history(acts: Iterable[tuple[int, dict[str, Any]]]) -> list[Epoch]:
    """The keys in their order, from ``(position, entry)`` of the acts on the log and on its policy, ascending.

    Raises ``ChainError`` where a key was named that the one before did not announce and no quorum chose.
    """
    found: list[Epoch] = []
    policies: list[tuple[int, Policy]] = []
    for position, entry in acts:
        kind, state = entry.get("kind"), entry.get("state", {})
        try:
            if kind == POLICY_SET:
                policies.append((position, Policy.parse(state["text"])))
            elif kind == STARTED and not found:
                key = Verifier.parse(state["key"])
                found.append(Epoch(key, position, state["next_key_hash"], STARTED, entry["at"]))
            elif kind == ROTATED and found:
                key = Verifier.parse(state["key"])
                if hash_of(key) != found[-1].next_hash or key.name != found[0].key.name:
                    raise ChainError("the new key is not the one that was announced")
                found.append(Epoch(key, position, state["next_key_hash"], ROTATED, entry["at"]))
            elif kind == SUCCEEDED and found:
                # The policy of the tree that the note names: a later one may be the thief's own.
                size = Succession.parse(Note.parse(state["note"]).text).size
                rule = next((one for place, one in reversed(policies) if place < size), Policy())
                said = Succession.signed(state["note"], rule)
                if said.origin != found[0].key.name or said.key.name != said.origin or said.size > position:
                    raise ChainError("the succession note is of another log or of a larger tree")
                found.append(Epoch(said.key, position, said.next_hash, SUCCEEDED, entry["at"]))
        except (KeyError, TypeError, ValueError) as error:
            raise error if isinstance(error, ChainError) else ChainError(str(error)) from error
    return found


def at_size(epochs: list[Epoch], size: int) -> Epoch | None:
    """The key that signs a tree of ``size`` acts."""
    return next((epoch for epoch in reversed(epochs) if epoch.start < size), None)
