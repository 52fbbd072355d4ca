"""Whether a copy is whole: every file as its manifest says, every link leads somewhere, every registered address is there."""

import html
import re
import zipfile
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote, urlsplit

from tequio.mirror import folder, registry
from tequio.mirror.names import file_of
from tequio.mirror.rewrite import ATTRIBUTE, CSS_URL, REFRESH, TAG
from tequio.record.core import merkle
from tequio.record.core.checkpoint import Checkpoint
from tequio.record.core.note import Note, NoteError, Verifier
from tequio.record.core.tiles import WIDTH, index_path, unbundle

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def check(root: Path, *, against_portal: bool = True) -> list[str]:
    """Everything that is wrong with the copy, in words; an empty list for a whole one.

    ``against_portal`` also asks this installation which addresses there must be, if the copy is of its newest seal.
    """
    manifest, about = folder.read_manifest(root), folder.about(root)
    wrong = _files(root, manifest)
    present = set(manifest)
    for name in sorted(manifest):
        if name.endswith((".html", ".css")) and (root / name).is_file():
            wrong += _links(root, name, present)
    pages = {file_of(path) for path in about["addresses"]}
    wrong += [f"falta {name}, que la copia dice tener" for name in sorted(pages - present)]
    if len(about["addresses"]) != about["pages"]:
        wrong.append(f"dice tener {about['pages']} páginas y nombra {len(about['addresses'])}")
    wrong += _record(root, about)
    if against_portal:
        wrong += _registered(about)
    return wrong


def _without(path: Path, host: str) -> list[bytes]:
    """What a file says, with nothing in the place of the portal's address; of a packed one, what each of its parts says."""
    data = path.read_bytes()
    parts = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(path) as packed:
            parts = [part for name in packed.namelist() for part in (name.encode(), packed.read(name))]
    if path.suffix == ".ics":
        parts = [data.replace(b"\r\n ", b"")]  # where its lines are folded depends on the length of the address
    for said in (host, quote(host, safe=""), urlsplit(host).netloc):
        parts = [part.replace(said.encode(), b"") for part in parts]
    return parts


def _files(root: Path, manifest: dict[str, str]) -> list[str]:
    wrong, names = [], set(folder.files(root)) - {folder.MANIFEST}
    wrong += [f"sobra {name}: no está en el manifiesto" for name in sorted(names - set(manifest))]
    for name, sha256 in sorted(manifest.items()):
        path = root / name
        if name not in names:
            wrong.append(f"falta {name}")
        elif folder.digest(path.read_bytes()) != sha256:
            wrong.append(f"{name} no es el que se copió")
    return wrong


def targets(name: str, text: str) -> list[str]:
    """The addresses that a page or stylesheet names."""
    if name.endswith(".css"):
        return [found[1] for found in CSS_URL.findall(text)]
    found = []
    for tag, inside in TAG.findall(text):
        for _space, what, double, single in ATTRIBUTE.findall(inside):
            value = html.unescape(double or single)
            if what.lower() == "srcset":
                found += [part.split()[0] for part in value.split(",") if part.strip()]
            elif what.lower() == "content":
                if tag.lower() == "meta" and REFRESH.match(value):
                    found.append(REFRESH.sub("", value))
            else:
                found.append(value)
    return found


def _links(root: Path, name: str, present: set[str]) -> list[str]:
    wrong = []
    for address in targets(name, (root / name).read_text("utf-8")):
        if not address or address.startswith("#") or SCHEME.match(address):
            continue
        target = normpath(join(dirname(name), unquote(urlsplit(address).path)))
        if address.startswith("/") or target not in present:
            wrong.append(f"{name}: el enlace {address} no lleva a nada")
    return wrong


def _record(root: Path, about: dict[str, object]) -> list[str]:
    """The seal in the copy, and that its root is that of the entries in the copy."""
    try:
        key = Verifier.parse((root / "registro/llaves").read_text("utf-8").split()[0])
        note = Note.parse((root / "registro/checkpoint").read_text("utf-8"))
        tree = Checkpoint.parse(note.text)
        if key not in note.verified_by(key):
            return ["el sello no lleva la firma del registro"]
        leaves = []
        for index in range(-(-tree.size // WIDTH)):
            width = min(WIDTH, tree.size - index * WIDTH)
            place = index_path(index) + ("" if width == WIDTH else f".p/{width}")
            data = (root / "registro/tile/entries" / place).read_bytes()
            leaves += [merkle.leaf_hash(entry) for entry in unbundle(data)]
    except (OSError, NoteError, ValueError) as error:
        return [f"el registro de la copia no se puede leer: {error}"]
    if (about["size"], about["root"]) != (tree.size, tree.root.hex()):
        return ["la copia no dice de qué sello es"]
    return [] if merkle.root_of(leaves) == tree.root else ["los actos de la copia no son los que selló el registro"]


def _registered(about: dict[str, object]) -> list[str]:
    from tequio.record.publish import newest

    seal = newest()
    if seal is None or (seal.size, seal.root) != (about["size"], about["root"]):
        return []  # a copy of another moment: it answers for itself alone
    known, said = set(registry.addresses()), set(about["addresses"])  # type: ignore[call-overload]
    wrong = [f"falta {path}: el portal la publica" for path in sorted(known - said)]
    return wrong + [f"sobra {path}: el portal no la publica" for path in sorted(said - known)]


def compare(one: Path, other: Path, *, but_host: bool = False) -> list[str]:
    """How two copies differ, a line for each file; nothing where they are the same to the byte.

    ``but_host`` lets pass what differs by nothing but the address of the portal that each copies.
    """
    mine, theirs = folder.read_manifest(one), folder.read_manifest(other)
    hosts = [str(folder.about(root)["url"]) for root in (one, other)]
    wrong = []
    for name in sorted(set(mine) | set(theirs)):
        if name not in theirs:
            wrong.append(f"{name}: solo en {one}")
        elif name not in mine:
            wrong.append(f"{name}: solo en {other}")
        elif mine[name] != theirs[name] and not (
            but_host and _without(one / name, hosts[0]) == _without(other / name, hosts[1])
        ):
            wrong.append(f"{name}: distinto")
    return wrong
