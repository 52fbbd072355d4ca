"""BagIt 1.0 (RFC 8493): a folder of files with their SHA-512, so that anybody can tell whether a copy is whole."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

DATA = "data"
MANIFEST, TAGS = "manifest-sha512.txt", "tagmanifest-sha512.txt"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
CHUNK = 1 << 20


def digest(path: Path) -> str:
    """SHA-512 of a file, in hexadecimal."""
    found = hashlib.sha512()
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            found.update(data)
    return found.hexdigest()


def close(folder: Path, info: dict[str, str]) -> str:
    """Makes a bag of a folder whose payload lies in ``data/``; gives the SHA-512 of its manifest, which pins every file."""
    files = sorted(path for path in (folder / DATA).rglob("*") if path.is_file())
    octets = sum(path.stat().st_size for path in files)
    (folder / "bagit.txt").write_text(DECLARATION, "utf-8")
    rows = [f"{key}: {value}\n" for key, value in {**info, "Payload-Oxum": f"{octets}.{len(files)}"}.items()]
    (folder / "bag-info.txt").write_text("".join(rows), "utf-8")
    lines = [f"{digest(path)}  {_name(path.relative_to(folder).as_posix())}\n" for path in files]
    (folder / MANIFEST).write_text("".join(lines), "utf-8")
    tags = [f"{digest(folder / name)}  {name}\n" for name in ("bag-info.txt", "bagit.txt", MANIFEST)]
    (folder / TAGS).write_text("".join(tags), "utf-8")
    return digest(folder / MANIFEST)


def faults(folder: Path) -> Iterator[tuple[str, str]]:
    """Each file that is missing, was changed, or is in no manifest, with which of the three it is."""
    for manifest in (TAGS, MANIFEST):
        path = folder / manifest
        if not path.is_file():
            yield manifest, "missing"
            continue
        named = set()
        for line in path.read_text("utf-8").splitlines():
            said, _gap, name = line.partition("  ")
            name = name.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
            named.add(name)
            file = folder / name
            if ".." in Path(name).parts or not file.is_file():
                yield name, "missing"
            elif digest(file) != said:
                yield name, "changed"
        if manifest == MANIFEST:
            for file in sorted((folder / DATA).rglob("*")):
                name = file.relative_to(folder).as_posix()
                if file.is_file() and name not in named:
                    yield name, "unknown"


def _name(name: str) -> str:
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
