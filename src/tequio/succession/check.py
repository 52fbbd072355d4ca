"""Checks a bundle with no database at all: is it whole, did the log sign it, did enough witnesses, do the acts add up."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tequio.record.core import canon, cosignature, disclose, history, merkle, state_seal
from tequio.record.core.checkpoint import Checkpoint
from tequio.record.core.history import ChainError, Epoch
from tequio.record.core.note import Note
from tequio.record.core.policy import NONE, Policy
from tequio.record.core.tiles import WIDTH, index_path, unbundle
from tequio.record.verify import Fault
from tequio.succession import bag

STATE = "registro/state"


@dataclass
class Checked:
    """What a bundle proved. ``attested`` is the largest tree in it that the policy's quorum confirmed; None without policy.

    ``last`` gives the last act on each object: revision and leaf hash.
    """

    faults: list[Fault] = field(default_factory=list)
    origin: str = ""
    size: int = 0
    root: str = ""
    attested: int | None = None
    epochs: list[Epoch] = field(default_factory=list)
    objects: int = 0
    files: int = 0
    last: dict[str, tuple[int, str]] = field(default_factory=dict)

    def fault(self, what: str, how: str) -> None:
        self.faults.append(Fault(what, how))

    @property
    def state_root(self) -> str:
        """The root over the last act of every object, as the seal of the state has it."""
        return state_seal.root((on, rev, leaf) for on, (rev, leaf) in self.last.items()).hex()


def entries(folder: Path, size: int) -> Iterator[bytes]:
    """The entries of a bundle or mirror in their order. Raises ``OSError`` or ``ValueError`` where one is missing."""
    place = folder / "registro" / "tile" / "entries"
    for index in range((size + WIDTH - 1) // WIDTH):
        width = min(WIDTH, size - index * WIDTH)
        found = unbundle((place / (index_path(index) + ("" if width == WIDTH else f".p/{width}"))).read_bytes())
        if len(found) != width:
            raise ValueError(f"bundle of entries {index}")
        yield from found


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines; none where there is no such file."""
    if path.exists():
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def check(folder: Path, policy: str = "") -> Checked:
    """All that does not fit in a bundle; ``policy`` is the text of a policy file that came by another way."""
    found = Checked()
    words = {"missing": _("falta"), "changed": _("cambió"), "unknown": _("no está en la lista")}
    for name, how in bag.faults(folder):
        found.fault(name, words[how])
    data = folder / bag.DATA
    try:
        note = Note.parse((data / "registro" / "checkpoint").read_text("utf-8"))
        said = Checkpoint.parse(note.text)
    except (OSError, ValueError):
        found.fault("registro/checkpoint", _("no es un sello"))
        return found
    found.origin, found.size, found.root = said.origin, said.size, said.root.hex()
    try:
        hashes = _acts(found, data)
        if merkle.root_of(hashes) != said.root:
            found.fault(_("raíz"), _("los actos no son los que selló el registro"))
        if not signed(note, said, found.epochs):
            found.fault("registro/checkpoint", _("no lo firmó la llave del registro"))
        _seals(found, data, hashes, policy)
        _disclosed(found, data)
        _named_by_hash(found, data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        found.fault(_("contenido"), _("no se puede leer completo (%(why)s)") % {"why": error})
    return found


def _named_by_hash(found: Checked, data: Path) -> None:
    """Files and long texts, whose name is their hash."""
    for row in lines(data / "registro" / "archivos.jsonl"):
        path = data / "registro" / "blobs" / "sha256" / row["sha256"]
        if not path.exists() or sha256(path.read_bytes()).hexdigest() != row["sha256"]:
            found.fault(_("archivo %(sha256)s") % row, _("no es el que dice su nombre"))
        found.files += 1
    for path in sorted((data / "anexos").glob("*")):
        if sha256(path.read_bytes()).hexdigest() != path.name:
            found.fault(f"anexos/{path.name}", _("no es el que dice su nombre"))


def signed(note: Note, said: Checkpoint, epochs: list[Epoch]) -> bool:
    """Whether the key that signs trees of this size signed, and the tree is of this log."""
    epoch = history.at_size(epochs, said.size)
    try:
        return epoch is not None and said.origin == epoch.key.name and epoch.key in note.verified_by(epoch.key)
    except ValueError:
        return False


def _acts(found: Checked, data: Path) -> list[bytes]:
    """Reads every act: its hash, its object's chain, the keys, and the newest seal of the state."""
    hashes: list[bytes] = []
    about_keys: list[tuple[int, dict[str, Any]]] = []
    sealed: dict[str, Any] = {}
    hold: dict[str, tuple[int, str]] | None = None
    for position, entry in enumerate(entries(data, found.size)):
        said = canon.decode(entry)
        leaf = merkle.leaf_hash(entry)
        rev, before = found.last.get(said["on"], (0, ""))
        if said["rev"] != rev + 1 or said.get("prev", "") != before:
            found.fault(_("acto %(n)s") % {"n": position}, _("no sigue al anterior sobre «%(on)s»") % said)
        if said["on"] == STATE and said["state"]["size"] == position:
            # Everything that it sealed has just been read.
            sealed, hold = said["state"], dict(found.last)
        found.last[said["on"]] = (said["rev"], leaf.hex())
        hashes.append(leaf)
        if said["on"] in (history.LOG, history.POLICY):
            about_keys.append((position, said))
    found.objects = len(found.last)
    if hold is not None:
        root = state_seal.root((on, rev, leaf) for on, (rev, leaf) in hold.items()).hex()
        if (root, len(hold)) != (sealed["root"], sealed["objects"]):
            found.fault(_("sello del estado del %(day)s") % sealed, _("no corresponde a los actos"))
    try:
        found.epochs = history.history(about_keys)
    except ChainError as error:
        found.fault(_("llaves del registro"), str(error))
    return hashes


def _seals(found: Checked, data: Path, hashes: list[bytes], policy: str) -> None:
    """Every seal against the acts; and the largest that the quorum of an outside policy confirmed."""
    rule: Policy | None = None
    if policy:
        try:
            rule = Policy.parse(policy)
        except ValueError as error:
            found.fault(_("política"), str(error))
            return
        if not rule.logs or not found.epochs or not any(epoch.key in rule.logs for epoch in found.epochs):
            found.fault(_("política"), _("es de otro registro"))
    roots = merkle_roots(hashes)
    best = 0
    for row in lines(data / "registro" / "sellos.jsonl"):
        try:
            note = Note.parse(row["note"] + "".join(one["line"] for one in row["cosignatures"]))
            said = Checkpoint.parse(note.text)
            holds = signed(note, said, found.epochs) and said.root.hex() == row["root"] and said.size == row["size"]
            if not holds or said.size > len(hashes) or roots(said.size) != said.root:
                raise ValueError
            if rule and rule.quorum != NONE:
                seen = {one.key for one in cosignature.read(note, rule.witnesses.values())}
                best = max(best, said.size) if rule.holds(seen) else best
        except (ValueError, KeyError, TypeError):
            found.fault(_("sello de %(size)s actos") % {"size": row.get("size")}, _("no vale"))
    if rule is not None:
        found.attested = best
        if not best:
            found.fault(_("testigos"), _("ningún sello tiene las firmas que pide la política"))


def merkle_roots(hashes: list[bytes]) -> Any:
    """A function from a size to the root of the first so many leaves; sizes that come again cost nothing."""
    known: dict[int, bytes] = {}

    def root(size: int) -> bytes:
        if size not in known:
            known[size] = merkle.root_of(hashes[:size])
        return known[size]

    return root


def _disclosed(found: Checked, data: Path) -> None:
    for row in lines(data / "datos-personales-publicos.jsonl"):
        try:
            holds = disclose.commit(base64.b64decode(row["salt"]), row["value"]) == row["commitment"]
        except (ValueError, KeyError):
            holds = False
        if not holds:
            found.fault(_("dato «%(field)s» de «%(on)s»") % row, _("no corresponde a su compromiso"))
