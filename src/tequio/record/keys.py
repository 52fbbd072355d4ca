"""The log's keys: one that signs, and the next, made beforehand so that a thief of the first names no successor."""

import base64
import contextlib
import os
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from tequio.record.core.note import Signer


def _signer(path: Path, origin: str) -> Signer:
    if not path.exists():
        make(path)
    return _read(path, origin, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _read(path: Path, origin: str, _changed: int) -> Signer:
    return Signer(origin, Ed25519PrivateKey.from_private_bytes(base64.b64decode(path.read_text().strip())))


def make(path: Path) -> None:
    """A new key, readable by the system alone. Two processes that start together end with the same one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(base64.b64encode(os.urandom(32)).decode())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def path() -> Path:
    """Where the key in use lies."""
    return Path(settings.RECORD_KEY_FILE)


def held() -> bool:
    """Whether the key in use is on this machine."""
    return path().exists()


def read(file: Path) -> Signer:
    """The private key in a file."""
    return _read(file, settings.RECORD_ORIGIN, file.stat().st_mtime_ns)


def all_held() -> list[Signer]:
    """Every private key of the log on this machine; nothing is made."""
    folder, found = path().parent, []
    for file in sorted(folder.glob(f"{path().name}*")) if folder.is_dir() else ():
        with contextlib.suppress(ValueError, OSError):
            found.append(read(file))
    return found


def find(vkey: str) -> Signer | None:
    """The private key that belongs to a public one, where it is on this machine."""
    return next((one for one in all_held() if one.verifier.vkey == vkey), None)


def signer() -> Signer:
    """The key in use, made at first use in ``RECORD_KEY_FILE``."""
    return _signer(Path(settings.RECORD_KEY_FILE), settings.RECORD_ORIGIN)


def next_key_hash() -> str:
    """The hash of the key that will follow, made at first use beside the first; its file belongs off line."""
    path = Path(settings.RECORD_KEY_FILE)
    following = _signer(path.with_name(f"{path.name}.next"), settings.RECORD_ORIGIN)
    return "sha256:" + sha256(following.verifier.vkey.encode()).hexdigest()
