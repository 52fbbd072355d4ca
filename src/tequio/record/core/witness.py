"""What a witness answers (C2SP tlog-witness): the state machine behind ``add-checkpoint``, without storage or network.

A witness remembers for each log the largest tree it has seen, and signs a larger one only with a proof that it grew out
of that one. Checking and storing must be one atomic step: the caller holds the log's row, asks ``answer``, and stores
``remember`` before it sends the answer.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tequio.record.core.checkpoint import Checkpoint
from tequio.record.core.cosignature import Witness
from tequio.record.core.merkle import EMPTY_ROOT, verify_consistency
from tequio.record.core.note import Note, NoteError, Verifier, b64decode

MOST_PROOF_LINES = 63
LARGEST_REQUEST = 20_000  # bytes; a checkpoint with many cosignatures and 63 hashes is under 10,000
SIZE_TYPE = "text/x.tlog.size"


@dataclass(frozen=True)
class Seen:
    """The largest tree of a log that a witness has seen. Nothing seen yet: size 0."""

    size: int = 0
    root: bytes = EMPTY_ROOT


@dataclass(frozen=True)
class Answer:
    """A status with a body. ``remember`` is what to store before answering 200; ``evidence`` tells that the log signed two
    trees that cannot both be (the checkpoint is the proof)."""

    status: int
    body: str
    media_type: str = "text/plain; charset=utf-8"
    remember: Seen | None = None
    evidence: bool = False


@dataclass(frozen=True)
class Request:
    """An ``add-checkpoint`` request: ``old`` size, proof, the checkpoint and the note that it came in, not yet checked."""

    old: int
    proof: tuple[bytes, ...]
    signed: str
    checkpoint: Checkpoint

    @classmethod
    def parse(cls, body: str) -> "Request":
        """Raises ``NoteError`` for anything malformed."""
        head, gap, signed = body.partition("\n\n")
        lines = head.split("\n")
        if not gap or not lines[0].startswith("old "):
            raise NoteError("a request begins with the old size")
        old = lines[0][4:]
        if not (old.isascii() and old.isdigit()) or str(int(old)) != old:
            raise NoteError("malformed old size")
        if len(lines) - 1 > MOST_PROOF_LINES:
            raise NoteError("too many proof lines")
        proof = tuple(b64decode(line) for line in lines[1:])
        if any(len(node) != 32 for node in proof):
            raise NoteError("a hash has 32 bytes")
        text, gap, _signatures = signed.rpartition("\n\n")
        if not gap:
            raise NoteError("malformed note")
        return cls(int(old), proof, signed, Checkpoint.parse(text + "\n"))


def answer(
    body: str, logs: Callable[[str], Verifier | None], seen: Callable[[str], Seen], witness: Witness, time: int
) -> Answer:
    """What the witness says to a request. ``logs`` gives the key of a log by its origin, ``seen`` what was stored of it."""
    try:
        request = Request.parse(body)
    except ValueError as error:
        return Answer(400, f"{error}\n")
    origin = request.checkpoint.origin
    log = logs(origin)
    if log is None:
        return Answer(404, "unknown log\n")
    try:
        note = Note.parse(request.signed)
        if log not in note.verified_by(log):
            raise NoteError("not the log's signature")
    except NoteError:
        return Answer(403, "invalid signature\n")
    size, root = request.checkpoint.size, request.checkpoint.root
    if request.old > size:
        return Answer(400, "the old size is larger than the checkpoint\n")
    known = seen(origin)
    if request.old != known.size:
        return Answer(409, f"{known.size}\n", SIZE_TYPE)
    if not _grew(known, request):
        # Both checkpoints are signed by the log: whoever holds the two can show that it told two stories.
        return Answer(422, "the consistency proof does not hold\n", evidence=size >= known.size > 0)
    return Answer(200, witness.cosign(note.text, time), remember=Seen(size, root))


def _grew(known: Seen, request: Request) -> bool:
    size, root = request.checkpoint.size, request.checkpoint.root
    if known.size == 0:
        return not request.proof and (size > 0 or root == EMPTY_ROOT)
    if size == known.size:
        return not request.proof and root == known.root
    return verify_consistency(known.size, size, request.proof, known.root, root)
