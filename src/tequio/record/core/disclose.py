"""Salted commitments: a value can be shown, checked and erased without touching the tree."""

import secrets
from hashlib import sha256
from typing import Any

from tequio.record.core.canon import encode

SALT_BYTES = 16


def new_salt() -> bytes:
    """128 random bits, one salt for each value."""
    return secrets.token_bytes(SALT_BYTES)


def commit(salt: bytes, value: Any) -> str:
    """``s256:`` and the hex SHA-256 of salt and canonical value."""
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt has 16 bytes")
    return "s256:" + sha256(salt + encode(value)).hexdigest()
