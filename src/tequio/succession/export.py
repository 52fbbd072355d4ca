"""The bundle: all that the public may know of this record, in one folder that needs neither this host nor this program.

Built from public tables by name, never by copying a database: what is not named here does not leave.
"""

import base64
import gzip
import io
import json
import shutil
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

import tequio
from tequio.documents.models import Blob
from tequio.documents.queries import is_public
from tequio.mirror import build as mirror
from tequio.opendata.downloads import csv_lines
from tequio.opendata.tables import TABLES
from tequio.places.models import Jurisdiction
from tequio.record import attest, kinds, tree
from tequio.record.core.note import b64encode
from tequio.record.core.tiles import HASH_BYTES, WIDTH, bundle, index_path
from tequio.record.entry import stamp
from tequio.record.keyring import log_keys
from tequio.record.models import Act, Checkpoint, Disclosure, Tile
from tequio.record.publish import newest, publish
from tequio.record.sequence import tree_size
from tequio.record.verify import recorded_models
from tequio.succession import asides, bag
from tequio.vocabularies.models import Term
from tequio.witnesses import queries as witnesses
from tequio.witnesses.views import TOOL

FORMAT = 1
PAGES = "espejo"  # where in a bundle the portal lies as files
WORDS = Path(__file__).parent / "words"  # the texts that stand at the top of every bundle
TERM = (
    "scheme",
    "key",
    "label_es",
    "label_en",
    "group",
    "order",
    "basis",
    "aliases",
    "details",
    "valid_from",
    "valid_to",
)
LOCKS = ("requirements.txt", "requirements-dev.txt", "pyproject.toml", "tequio", "LICENSE", "README.md", "CHANGELOG.md")


@dataclass(frozen=True)
class Exported:
    """What a bundle holds: the tree's ``size`` and ``root``, ``files``, and the hash of the manifest that pins it all."""

    size: int
    root: str
    files: int
    manifest: str


def export(folder: Path, *, pages: bool = False) -> Exported:
    """Writes the bundle into a folder that is not there yet. Numbers and seals first, so that it ends at a signed tree.
    ``pages`` puts the whole portal as files beside it, by which a new host shows that it is the same (``mirror``).

    Raises ``ValidationError`` where the folder exists, where there is no record yet, or where a page cannot be made.
    """
    if folder.exists():
        raise ValidationError(_("«%(path)s» ya existe: elige otra carpeta.") % {"path": folder})
    seal = newest()
    if seal is None or seal.size < tree_size() or Act.objects.filter(numbered=None).exists():
        seal = publish() or seal
    if seal is None:
        raise ValidationError(_("Todavía no hay registro que entregar."))
    draft = folder.with_name(f"{folder.name}.incompleta")
    shutil.rmtree(draft, ignore_errors=True)
    data = draft / bag.DATA
    try:
        log = data / "registro"
        _log(log, seal)
        files = _files(log)
        _beside(data, seal)
        _tables(data)
        _program(data)
        if pages:
            _pages(data)
        manifest = bag.close(
            draft,
            {
                "Source-Organization": settings.RECORD_ORIGIN,
                "External-Identifier": f"{settings.RECORD_ORIGIN} {seal.size}",
                "External-Description": f"root {seal.root}",
                "Bagging-Date": timezone.localdate().isoformat(),
                "Bag-Software-Agent": f"Tequio {tequio.__version__}",
            },
        )
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Exported(seal.size, seal.root, files, manifest)


def _put(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def _lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")


def _log(log: Path, seal: Checkpoint) -> None:
    """Entries, tiles, seals, keys, policy: at the addresses where any web server can serve them as the log."""
    size = seal.size
    entries = Act.objects.filter(numbered__position__lt=size).order_by("numbered__position")
    waiting: list[bytes] = []
    index = 0
    for entry in entries.values_list("entry", flat=True).iterator(chunk_size=2_000):
        waiting.append(bytes(entry))
        if len(waiting) == WIDTH:
            _put(log / "tile" / "entries" / index_path(index), bundle(waiting))
            waiting, index = [], index + 1
    if waiting:
        _put(log / "tile" / "entries" / f"{index_path(index)}.p" / str(len(waiting)), bundle(waiting))
    for tile in Tile.objects.order_by("level", "index").iterator(chunk_size=500):
        width = min(WIDTH, (size >> (8 * tile.level)) - tile.index * WIDTH)
        if width > 0:
            place = index_path(tile.index) + ("" if width == WIDTH else f".p/{width}")
            _put(log / "tile" / str(tile.level) / place, bytes(tile.data)[: width * HASH_BYTES])
    _put(log / "checkpoint", attest.cosigned(seal))
    attested = attest.newest_attested()
    if attested is not None:
        _put(log / "checkpoint.atestiguado", attest.cosigned(attested))
        lines = [b64encode(node) for node in tree.consistency(attested.size, size)] if attested.size < size else []
        _put(log / "consistencia" / str(attested.size) / str(size), "".join(f"{line}\n" for line in lines))
    _put(log / "llaves", "".join(f"{epoch.key.vkey}\n" for epoch in reversed(log_keys())))
    _put(log / "politica", witnesses.policy(witnesses.active().order_by("slug")).text)
    _lines(
        log / "sellos.jsonl",
        (
            _seal(row)
            for row in Checkpoint.objects.filter(pk__lte=seal.pk)
            .order_by("pk")
            .prefetch_related("cosignatures__witness", "refusals__witness")
            .iterator(chunk_size=500)
        ),
    )


def _seal(row: Checkpoint) -> dict[str, Any]:
    return {
        "size": row.size,
        "root": row.root,
        "note": row.note,
        "made": stamp(row.made),
        "time_signature": row.time_signature,
        "cosignatures": [
            {"witness": one.witness.slug, "time": one.time, "line": one.line}
            for one in sorted(row.cosignatures.all(), key=lambda one: one.pk)
        ],
        "refusals": [
            {"witness": one.witness.slug, "status": one.status, "answer": one.answer, "at": stamp(one.at)}
            for one in sorted(row.refusals.all(), key=lambda one: one.pk)
        ],
    }


def _files(log: Path) -> int:
    """The files that public objects name, under their hash."""
    rows = []
    for blob in Blob.objects.order_by("pk"):
        if is_public(blob) and blob.path.exists():
            place = log / "blobs" / "sha256" / blob.pk
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(blob.path, place)
            rows.append({"sha256": blob.pk, "size": blob.size, "media_type": blob.media_type})
    _lines(log / "archivos.jsonl", rows)
    return len(rows)


def _beside(data: Path, seal: Checkpoint) -> None:
    """What the acts name by hash alone, erasable values that are still public, lists of terms, and what kinds mean."""
    shown = Disclosure.objects.filter(erased=None).order_by("on", "rev", "field")
    _lines(
        data / "datos-personales-publicos.jsonl",
        (
            {
                "on": row.on,
                "rev": row.rev,
                "field": row.field,
                "commitment": row.commitment,
                "salt": base64.b64encode(bytes(row.salt or b"")).decode(),
                "value": row.value,
            }
            for row in shown.iterator(chunk_size=500)
        ),
    )
    for text in asides.all_texts():
        _put(data / "anexos" / asides.name_of(text), text)
    terms = Term.objects.order_by("scheme", "order", "key").values(*TERM, "changed_here")
    _put(data / "terminos.json", json.dumps(list(terms), ensure_ascii=False, indent=1, default=str) + "\n")
    schema = {
        "kinds": {kind.key: str(kind.words) for kind in kinds.all_kinds()},
        "subjects": {
            model.subject: {field.name: str(field.verbose_name) for field in model._meta.local_fields}
            for model in recorded_models()
        },
    }
    _put(data / "actos.json", json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    about = {
        "format": FORMAT,
        "version": tequio.__version__,
        "origin": settings.RECORD_ORIGIN,
        "size": seal.size,
        "root": seal.root,
        "made": stamp(timezone.now()),
        "address": settings.BASE_URL,
    }
    _put(data / "paquete.json", json.dumps(about, indent=1) + "\n")
    for path in sorted(WORDS.glob("*.md")):
        said = path.read_text("utf-8")
        for key, value in {**about, "key": log_keys()[-1].key.vkey}.items():
            said = said.replace("{" + key + "}", str(value))
        _put(data / path.name, said)
    _put(data / "comprobar.py", TOOL.read_bytes())


def _tables(data: Path) -> None:
    """The open data: each public table of each place as CSV."""
    for place in Jurisdiction.objects.order_by("slug"):
        for table in TABLES:
            lines = csv_lines(table, table.cells(place))
            _put(data / "datos" / place.slug / f"{table.name}.csv", "".join(lines))


def _pages(data: Path) -> None:
    """The portal itself, as files that open without a server."""
    made = mirror.build(data / PAGES)
    if made.problems:
        raise ValidationError(made.problems[:20])


def _program(data: Path) -> None:
    """This very program: its source, its licence, and the versions of what it needs."""
    package = Path(tequio.__file__).resolve().parent
    root = package.parents[1]
    wanted = [(path, f"src/tequio/{path.relative_to(package).as_posix()}") for path in sorted(package.rglob("*"))]
    if (root / "pyproject.toml").is_file():
        wanted += [(root / name, name) for name in LOCKS if (root / name).is_file()]
        wanted += [(path, path.relative_to(root).as_posix()) for path in sorted((root / "docs").rglob("*"))]
    name = f"tequio-{tequio.__version__}"
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path, place in wanted:
            if path.is_file() and "__pycache__" not in path.parts:
                info = tarfile.TarInfo(f"{name}/{place}")
                info.size, info.mode = path.stat().st_size, 0o755 if place == "tequio" else 0o644
                with path.open("rb") as file:
                    tar.addfile(info, file)
    _put(data / "programa" / f"{name}.tar.gz", gzip.compress(out.getvalue(), 6, mtime=0))
    for name in ("LICENSE", "requirements.txt"):
        if (root / name).is_file():
            _put(data / "programa" / name, (root / name).read_bytes())
