"""Signed notes (C2SP signed-note) with Ed25519 keys. Base64 is read strictly: a changed unused bit is an error."""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = 1
DASH = "\u2014"  # the em dash that starts each signature line
NAME = re.compile(r"[^\s+]+")


class NoteError(ValueError):
    """A note, key or signature is malformed or wrong."""


def b64decode(text: str) -> bytes:
    """Strict base64: what does not encode back to the very same text is refused."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError("bad base64") from error
    if base64.b64encode(data).decode("ascii") != text:
        raise NoteError("base64 is not canonical")
    return data


def b64encode(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """The first four bytes of SHA-256 over name, newline, kind and public key."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


@dataclass(frozen=True)
class Verifier:
    """A public key with its name, as in a *vkey* line ``name+id+base64``."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        return key_id(self.name, ED25519, self.public)

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([ED25519]) + self.public)}"

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """From a vkey line; raises ``NoteError`` where name, id or key do not fit together."""
        parts = vkey.split("+", 2)
        if len(parts) != 3 or not NAME.fullmatch(parts[0]) or not re.fullmatch(r"[0-9a-f]{8}", parts[1]):
            raise NoteError("malformed verifier key")
        data = b64decode(parts[2])
        if len(data) != 33 or data[0] != ED25519:
            raise NoteError("not an Ed25519 verifier key")
        found = cls(parts[0], data[1:])
        if found.id.hex() != parts[1]:
            raise NoteError("key id does not fit the key")
        return found

    def verifies(self, text: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


class Signer:
    """A private Ed25519 key with its name."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        if not NAME.fullmatch(name):
            raise NoteError("a key name has no space and no plus sign")
        self.name = name
        self._private = private
        raw = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.verifier = Verifier(name, raw)

    def signature(self, text: str) -> bytes:
        """The bare signature of a text that is no note's; its first line must say what it is."""
        return self._private.sign(text.encode())

    def line(self, text: str) -> str:
        """The signature line for a note's text."""
        signature = self._private.sign(text.encode())
        return f"{DASH} {self.name} {b64encode(self.verifier.id + signature)}\n"


@dataclass(frozen=True)
class Note:
    """A note's text and its signature lines as ``(name, key id, signature)``."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    @classmethod
    def parse(cls, data: str) -> "Note":
        """Raises ``NoteError`` for anything that is not a well-formed signed note."""
        if any(ord(c) < 0x20 and c != "\n" for c in data):
            raise NoteError("control character in note")
        text, gap, lines = data.rpartition("\n\n")
        if not gap or not lines.endswith("\n"):
            raise NoteError("malformed note")
        found = []
        for line in lines[:-1].split("\n"):
            parts = line.split(" ")
            if len(parts) != 3 or parts[0] != DASH or not NAME.fullmatch(parts[1]):
                raise NoteError("malformed signature line")
            blob = b64decode(parts[2])
            if len(blob) < 5:
                raise NoteError("signature is too short")
            found.append((parts[1], blob[:4], blob[4:]))
        return cls(text + "\n", tuple(found))

    def verified_by(self, *verifiers: Verifier) -> tuple[Verifier, ...]:
        """The known keys whose signature holds. Unknown lines are passed over; a wrong one of a known key raises."""
        holding = []
        for name, identity, signature in self.signatures:
            for verifier in verifiers:
                if verifier.name == name and verifier.id == identity:
                    if not verifier.verifies(self.text.encode(), signature):
                        raise NoteError(f"invalid signature of {name}")
                    if verifier not in holding:
                        holding.append(verifier)
        return tuple(holding)


def sign(text: str, *signers: Signer) -> str:
    """A signed note; ``text`` ends with a newline."""
    if not text.endswith("\n"):
        raise NoteError("a note's text ends with a newline")
    return text + "\n" + "".join(signer.line(text) for signer in signers)
