"""Copies of an installation for daily use: one file with every row, every file, and the keys where they are asked for.

Private data are in it: it belongs to whoever runs the installation. What the public may carry away is ``export``.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import tequio
from tequio.documents.models import Blob
from tequio.people.models import Account
from tequio.places.models import Jurisdiction
from tequio.record.models import Act
from tequio.record.sequence import tree_size
from tequio.search.index import rebuild
from tequio.succession import dump

FORMAT = 1
ABOUT, SUMS = "tequio.json", "sha256.txt"
CHUNK = 1 << 20


@dataclass(frozen=True)
class Copied:
    """What a copy holds. ``absent`` are files that have a row and no bytes here."""

    rows: int
    files: int
    acts: int
    size: int
    keys: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


def backup(target: Path, *, with_keys: bool = False) -> Copied:
    """Writes the copy and reads it back whole before it gets its name. Raises ``ValidationError`` where it may not be
    written. The file is readable by its owner alone; the portal goes on meanwhile."""
    if target.exists():
        raise ValidationError(_("«%(path)s» ya existe: elige otro nombre o bórralo primero.") % {"path": target})
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".tequio-", dir=target.parent)  # mode 0600
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
            copied = _write(_Writer(tar), with_keys)
        check(draft)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return Copied(**{**vars(copied), "size": target.stat().st_size})


class _Writer:
    """A tar file that remembers the hash of each of its parts."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.sums: list[str] = []

    def add(self, name: str, file: IO[bytes]) -> None:
        digest = digest_of(file)
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = file.seek(0, os.SEEK_END), 0o600, int(timezone.now().timestamp())
        file.seek(0)
        self.tar.addfile(info, file)
        self.sums.append(f"{digest}  {name}\n")

    def add_text(self, name: str, text: str) -> None:
        self.add(name, io.BytesIO(text.encode()))


def digest_of(file: IO[bytes], algorithm: str = "sha256") -> str:
    """The hash of all that a file still has to read, in hexadecimal."""
    digest = hashlib.new(algorithm)
    while data := file.read(CHUNK):
        digest.update(data)
    return digest.hexdigest()


def _write(out: _Writer, with_keys: bool) -> Copied:
    rows, hashes, absent = 0, [], []
    with dump.snapshot():
        about = {
            "format": FORMAT,
            "version": tequio.__version__,
            "made": timezone.now().isoformat(timespec="seconds"),
            "engine": connection.vendor,
            "origin": settings.RECORD_ORIGIN,
            "acts": tree_size(),
            "migrations": dump.migrations(),
            "tables": [model._meta.label_lower for model in dump.tables()],
        }
        out.add_text(ABOUT, json.dumps(about, indent=1) + "\n")
        for model in dump.tables():
            with tempfile.TemporaryFile() as part:
                count = -1
                for count, line in enumerate(dump.lines(model)):  # noqa: B007  the first line names the columns
                    part.write(line.encode())
                rows += count
                part.seek(0)
                out.add(f"tables/{model._meta.label_lower}.jsonl", part)
        hashes = list(Blob.objects.order_by("pk").values_list("pk", flat=True))
    for sha256 in hashes:
        path = Blob(sha256=sha256).path
        if not path.exists():
            absent.append(sha256)
            continue
        with path.open("rb") as file:
            out.add(f"blobs/{sha256}", file)
    keys = []
    folder = Path(settings.RECORD_KEY_FILE).parent
    for path in sorted(folder.glob("*.key*")) if with_keys and folder.is_dir() else ():
        with path.open("rb") as file:
            out.add(f"keys/{path.name}", file)
        keys.append(path.name)
    out.add_text(SUMS, "".join(out.sums))
    return Copied(rows, len(hashes) - len(absent), about["acts"], 0, keys, absent)


def check(path: Path) -> dict[str, Any]:
    """Reads a copy whole, compares every part with its hash, and gives what it says about itself. Raises
    ``ValidationError`` naming the part that does not fit."""
    seen: dict[str, str] = {}
    about: dict[str, Any] = {}
    sums = ""
    try:
        for name, file in _parts(path):
            if name == SUMS:
                sums = file.read().decode()
                continue
            if name == ABOUT:
                about = json.loads(file.read())
                file.seek(0)
            seen[name] = digest_of(file)
    except (OSError, EOFError, ValueError, tarfile.TarError) as error:
        raise ValidationError(
            _("«%(path)s» no es una copia de Tequio, o está cortada.") % {"path": path.name}
        ) from error
    said = {name: digest for digest, _gap, name in (line.partition("  ") for line in sums.splitlines())}
    if about.get("format") != FORMAT or not sums:
        raise ValidationError(_("«%(path)s» no es una copia de Tequio, o está cortada.") % {"path": path.name})
    for name in sorted(said.keys() | seen.keys()):
        if said.get(name) != seen.get(name):
            raise ValidationError(_("La copia está dañada: «%(part)s» no es lo que se guardó.") % {"part": name})
    return about


def _parts(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(path, "r:gz") as tar:
        for info in tar:
            file = tar.extractfile(info)
            if file is not None:
                yield info.name, file


def restore(path: Path, say: Callable[[str], object] = lambda _words: None) -> Copied:
    """Brings a copy back into an empty installation, of either engine. Raises ``ValidationError`` for a copy that does
    not fit, and where there is content already: nothing is ever written over."""
    about = check(path)
    if about["origin"] != settings.RECORD_ORIGIN:
        raise ValidationError(
            _(
                "La copia es del registro «%(theirs)s» y este portal se llama «%(ours)s»: pon TEQUIO_RECORD_ORIGIN igual."
            )
            % {"theirs": about["origin"], "ours": settings.RECORD_ORIGIN}
        )
    try:
        registry = dump.tables_as_in(about["migrations"])
    except LookupError as error:
        raise ValidationError(
            _("La copia es de una versión más nueva de Tequio (%(version)s): instala esa versión y repite.")
            % {"version": about["version"]}
        ) from error
    need_empty()
    models = [registry.get_model(*label.split(".")) for label in about["tables"]]
    rows, files, keys = 0, 0, []
    with transaction.atomic():
        dump.clear(models)
        for name, file in _parts(path):
            folder, _slash, rest = name.partition("/")
            if folder == "tables":
                model = registry.get_model(*rest.removesuffix(".jsonl").split("."))
                names = json.loads(file.readline())
                count = dump.insert(model, (json.loads(line) for line in file), names)
                say(f"{model._meta.label}: {count}")
                rows += count
            elif folder == "blobs":
                _put(Blob(sha256=rest).path, file, 0o644)
                files += 1
            elif folder == "keys":
                _put(Path(settings.RECORD_KEY_FILE).with_name(Path(rest).name), file, 0o600)
                keys.append(Path(rest).name)
        dump.mend_counters(models)
    bring_up_to_date()
    return Copied(rows, files, about["acts"], path.stat().st_size, keys)


def need_empty() -> None:
    """Raises ``ValidationError`` unless this installation holds nothing yet."""
    if Act.objects.exists() or Account.objects.exists() or Jurisdiction.objects.exists():
        raise ValidationError(
            _(
                "Este portal ya tiene contenido. Una copia solo se pone en una instalación vacía: usa otra carpeta de datos "
                "u otra base de datos."
            )
        )


def bring_up_to_date() -> None:
    """After rows came in: the tables as this code wants them, and the search index anew."""
    from django.core.management import call_command

    if not connection.in_atomic_block:
        call_command("migrate", interactive=False, verbosity=0)
    rebuild()


def _put(path: Path, file: IO[bytes], mode: int) -> None:
    """The file is whole under its name or not there at all; one that is there stays."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as out:
        while data := file.read(CHUNK):
            out.write(data)
    os.chmod(name, mode)
    os.replace(name, path)
