"""The folder of a copy: its files, its manifest, and what tells which moment it copies."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MANIFEST, ABOUT = "manifiesto.sha256", "copia.json"


class MirrorError(Exception):
    """A copy cannot be made or read; the message is for the person at the terminal."""


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write(root: Path, name: str, data: bytes) -> str:
    """Writes a file unless it says so already; whole under its name or not there at all. Returns its hash."""
    path = root / name
    if not (path.is_file() and path.read_bytes() == data):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.write_bytes(data)
        draft.replace(path)
    return digest(data)


def files(root: Path) -> Iterator[str]:
    """Every file below the folder, as relative names."""
    for path in root.rglob("*"):
        if path.is_file() or path.is_symlink():
            yield path.relative_to(root).as_posix()


def manifest_text(hashes: dict[str, str]) -> str:
    """The manifest as ``sha256sum -c`` reads it, sorted by name."""
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))


def read_manifest(root: Path) -> dict[str, str]:
    """The hash of each file that the copy names."""
    try:
        lines = (root / MANIFEST).read_text("utf-8").splitlines()
    except OSError as error:
        raise MirrorError(f"{root} no es una copia: no tiene {MANIFEST}.") from error
    rows = [line.split("  ", 1) for line in lines]
    if any(len(row) != 2 for row in rows):
        raise MirrorError(f"{root / MANIFEST} está dañado.")
    return {name: sha256 for sha256, name in rows}


def about(root: Path) -> dict[str, Any]:
    """Which record, seal and pages the copy holds."""
    try:
        found = json.loads((root / ABOUT).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise MirrorError(f"{root} no es una copia: no se puede leer {ABOUT}.") from error
    return dict(found)


def prepare(root: Path) -> None:
    """Takes an empty folder or an earlier copy; anything else is somebody's and stays as it is."""
    if root.exists() and not root.is_dir():
        raise MirrorError(f"{root} no es una carpeta.")
    if root.is_dir() and any(root.iterdir()) and not (root / ABOUT).is_file():
        raise MirrorError(f"{root} no está vacía y no es una copia anterior: elige otra carpeta.")
    root.mkdir(parents=True, exist_ok=True)


def remove_others(root: Path, names: set[str]) -> int:
    """Takes away the files of an earlier copy that this one has not, and the folders left empty. Returns how many."""
    others = [name for name in files(root) if name not in names]
    for name in others:
        path = root / name
        path.unlink()
        for parent in path.parents:
            if parent == root or any(parent.iterdir()):
                break
            parent.rmdir()
    return len(others)
