"""Cosignatures of witnesses (C2SP tlog-cosignature, v1, Ed25519): "this is the largest consistent tree that I have seen, at
this time"."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tequio.record.core.note import DASH, NAME, Note, NoteError, b64decode, b64encode, key_id

COSIGNATURE = 4  # the kind of key (tlog-cosignature); an Ed25519 key that signs with a time
TIME_BYTES, SIGNATURE_BYTES = 8, 64


def _message(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


@dataclass(frozen=True)
class WitnessKey:
    """A witness's public key with its name, as in a vkey line."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        return key_id(self.name, COSIGNATURE, self.public)

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([COSIGNATURE]) + self.public)}"

    @classmethod
    def parse(cls, vkey: str) -> "WitnessKey":
        """From a vkey line; raises ``NoteError`` where name, id or key do not fit together."""
        parts = vkey.strip().split("+", 2)
        if len(parts) != 3 or not NAME.fullmatch(parts[0]):
            raise NoteError("malformed witness key")
        data = b64decode(parts[2])
        if len(data) != 33 or data[0] != COSIGNATURE:
            raise NoteError("not the key of a witness")
        found = cls(parts[0], data[1:])
        if found.id.hex() != parts[1]:
            raise NoteError("key id does not fit the key")
        return found


@dataclass(frozen=True)
class Cosignature:
    """That ``key``'s witness saw the note's tree at ``time`` (seconds since 1970). ``line`` is the signature line."""

    key: WitnessKey
    time: int
    line: str

    @property
    def at(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.time, dt.UTC)


class Witness:
    """A witness's private key with its name."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        if not NAME.fullmatch(name):
            raise NoteError("a key name has no space and no plus sign")
        raw = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.key = WitnessKey(name, raw)
        self._private = private

    def cosign(self, text: str, time: int) -> str:
        """The signature line for a checkpoint's text, with its newline."""
        signature = self._private.sign(_message(text, time))
        blob = self.key.id + time.to_bytes(TIME_BYTES, "big") + signature
        return f"{DASH} {self.key.name} {b64encode(blob)}\n"


def read(note: Note, keys: Iterable[WitnessKey]) -> list[Cosignature]:
    """The cosignatures of known witnesses on a note. A wrong one of a known key raises ``NoteError``; a key counts once."""
    by_id = {(key.name, key.id): key for key in keys}
    found: dict[WitnessKey, Cosignature] = {}
    for name, identity, blob in note.signatures:
        key = by_id.get((name, identity))
        if key is None or key in found:
            continue
        if len(blob) != TIME_BYTES + SIGNATURE_BYTES:
            raise NoteError(f"malformed cosignature of {name}")
        time = int.from_bytes(blob[:TIME_BYTES], "big")
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(blob[TIME_BYTES:], _message(note.text, time))
        except (InvalidSignature, ValueError) as error:
            raise NoteError(f"invalid cosignature of {name}") from error
        found[key] = Cosignature(key, time, f"{DASH} {name} {b64encode(identity + blob)}\n")
    return list(found.values())
