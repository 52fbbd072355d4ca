"""A bundle becomes a portal again: the acts byte for byte, and every public row made anew from them."""

import base64
import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tequio.documents.models import Blob
from tequio.mirror import build as mirror
from tequio.mirror.check import compare
from tequio.record import log_acts
from tequio.record.core import canon
from tequio.record.core.merkle import leaf_hash
from tequio.record.models import Act, Checkpoint, Disclosure, Leaf
from tequio.record.sequence import extend_tiles, sequence
from tequio.succession import bag, dump
from tequio.succession.backup import bring_up_to_date, need_empty
from tequio.succession.check import Checked, check, entries, lines
from tequio.succession.export import PAGES
from tequio.succession.rebuild import Known, Rebuild, take
from tequio.vocabularies import terms
from tequio.vocabularies.models import Term
from tequio.witnesses.models import Cosignature, Refusal, Witness

BATCH = 2_000
ON = f"{log_acts.PLACE}/host"
KIND = "host.restored"


@dataclass(frozen=True)
class Restored:
    """What came back. ``lost`` tells, in a line each, what the bundle did not hold; ``pages`` how many files of the portal are
    the same as the old host's, ``differ`` which are not."""

    size: int
    root: str
    rows: int
    files: int
    lost: list[str] = field(default_factory=list)
    pages: int = 0
    differ: list[str] = field(default_factory=list)


def restore(
    folder: Path,
    policy: str = "",
    say: Callable[[str], object] = lambda _words: None,
    *,
    announce: bool = True,
    pages: bool = False,
) -> Restored:
    """Checks a bundle and brings it into an empty database of either engine; then the first act of this host says so.

    ``pages`` makes every public page before that act, and compares it with the bundle's own. Raises ``ValidationError`` with
    the first fault of a bundle that does not fit, for a record of another name, and where there is content already.
    ``announce`` False writes no act, for a trial.
    """
    found = check(folder, policy)
    if found.faults:
        raise ValidationError([str(fault) for fault in found.faults[:20]])
    if found.origin != settings.RECORD_ORIGIN:
        raise ValidationError(
            _(
                "El paquete es del registro «%(theirs)s» y este portal se llama «%(ours)s»: pon TEQUIO_RECORD_ORIGIN igual."
            )
            % {"theirs": found.origin, "ours": settings.RECORD_ORIGIN}
        )
    need_empty()
    data = folder / bag.DATA
    with transaction.atomic():
        done = bring_in(data, found.size, say)
        _seals(data)
        dump.mend_counters([Act, Checkpoint])
    bring_up_to_date()
    if pages and (data / PAGES).is_dir():
        done.pages, done.differ = compare_pages(data / PAGES)
    if announce:
        write_first_act(found, done)
    return Restored(found.size, found.root, done.rows, done.files, done.lost, done.pages, done.differ)


def compare_pages(theirs: Path) -> tuple[int, list[str]]:
    """Makes the portal as files and compares it with that of the bundle: how many files are the same, and which are not.

    The address of the portal may be another one; nothing else may.
    """
    with tempfile.TemporaryDirectory(prefix="tequio-paginas-") as place:
        ours = Path(place) / "espejo"
        made = mirror.build(ours)
        if made.problems:
            return 0, made.problems
        differ = compare(theirs, ours, but_host=True)
    return made.files - len(differ), differ


@dataclass
class _Done:
    rows: int
    files: int
    lost: list[str]
    pages: int = 0
    differ: list[str] = field(default_factory=list)


def bring_in(data: Path, size: int, say: Callable[[str], object]) -> _Done:
    """Acts, numbers, tiles, erasable values, files, lists of terms and rows, from a folder that was checked."""
    shown = _disclosures(data)
    known: dict[str, Known] = {}
    public = {key: value for key, (_salt, value) in shown.items()}
    erased: dict[str, str] = {}
    introduced: dict[tuple[str, str, str], int] = {}
    waiting: list[Act] = []
    start = 0
    for entry in entries(data, size):
        said = canon.decode(entry)
        leaf = leaf_hash(entry).hex()
        take(known, said, leaf, public)
        for name, commitment in said.get("hid", {}).items():
            introduced.setdefault((said["on"], name, commitment), said["rev"])
        erased |= {gone["commitment"]: said["at"] for gone in said.get("erased", ())}
        waiting.append(act_of(said, entry, leaf))
        if len(waiting) == BATCH:
            start = insert_acts(start, waiting)
            waiting = []
            say(_("%(n)s actos") % {"n": start})
    insert_acts(start, waiting)
    _values(introduced, shown, erased)
    files = _files(data)
    _terms(data)
    asides = {path.name: path.read_text("utf-8") for path in sorted((data / "anexos").glob("*"))}
    rebuild = Rebuild(known.values(), asides)
    rows = rebuild.run()
    return _Done(rows, files, rebuild.lost)


def act_of(said: dict[str, Any], entry: bytes, leaf: str) -> Act:
    """The row of an act, from its entry alone."""
    at = dt.datetime.fromisoformat(said["at"].replace("Z", "+00:00"))
    place = said["on"].split("/", 1)[0]
    return Act(jurisdiction=place, kind=said["kind"], on=said["on"], rev=said["rev"], at=at, entry=entry, leaf=leaf)


def insert_acts(start: int, acts: list[Act]) -> int:
    """Writes acts at the positions from ``start`` on, with their numbers and tiles; returns the next position."""
    if not acts:
        return start
    Act.objects.bulk_create(acts, batch_size=500)
    if any(act.pk is None for act in acts):
        raise RuntimeError("the database gives no keys back")
    Leaf.objects.bulk_create(
        [Leaf(position=start + n, act=act, hash=act.leaf) for n, act in enumerate(acts)], batch_size=500
    )
    extend_tiles(start, [bytes.fromhex(act.leaf) for act in acts])
    return start + len(acts)


Shown = dict[tuple[str, str], tuple[bytes, str]]


def _disclosures(data: Path) -> Shown:
    rows = lines(data / "datos-personales-publicos.jsonl")
    return {(row["on"], row["commitment"]): (base64.b64decode(row["salt"]), row["value"]) for row in rows}


def _values(introduced: dict[tuple[str, str, str], int], shown: Shown, erased: dict[str, str]) -> None:
    """A row for each commitment that the acts hold: with its value while that is public, else as erased."""
    rows = []
    for (on, name, commitment), rev in introduced.items():
        salt, value = shown.get((on, commitment), (None, ""))
        gone = erased.get(commitment)
        when = dt.datetime.fromisoformat(gone.replace("Z", "+00:00")) if gone else None
        rows.append(Disclosure(on=on, rev=rev, field=name, commitment=commitment, salt=salt, value=value, erased=when))
    Disclosure.objects.bulk_create(rows, batch_size=500)


def _files(data: Path) -> int:
    count = 0
    for row in lines(data / "registro" / "archivos.jsonl"):
        blob = Blob.objects.create(sha256=row["sha256"], size=row["size"], media_type=row["media_type"])
        if not blob.path.exists():
            blob.path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(data / "registro" / "blobs" / "sha256" / blob.pk, blob.path)
        count += 1
    return count


def _terms(data: Path) -> None:
    """Lists of terms as their administrators had changed them; the others come with this program."""
    path = data / "terminos.json"
    for row in json.loads(path.read_text("utf-8")) if path.exists() else ():
        if row["changed_here"]:
            Term.objects.update_or_create(scheme=row.pop("scheme"), key=row.pop("key"), defaults=row)
    terms.forget()


def _seals(data: Path) -> None:
    """Seals with what witnesses said of them; the witnesses are there by now."""
    by_slug = {row.slug: row for row in Witness.objects.all()}
    signed, refused = [], []
    for row in lines(data / "registro" / "sellos.jsonl"):
        made = dt.datetime.fromisoformat(row["made"].replace("Z", "+00:00"))
        seal = Checkpoint.objects.create(
            size=row["size"], root=row["root"], note=row["note"], made=made, time_signature=row["time_signature"]
        )
        for one in row["cosignatures"]:
            signed.append(Cosignature(checkpoint=seal, witness=by_slug[one.pop("witness")], **one))
        for one in row["refusals"]:
            refused.append(
                Refusal(checkpoint=seal, witness=by_slug[one["witness"]], status=one["status"], answer=one["answer"])
            )
    Cosignature.objects.bulk_create(signed, batch_size=500)
    Refusal.objects.bulk_create(refused, batch_size=500)


def write_first_act(found: Checked, done: _Done) -> None:
    """The first act of the new host: from what it began, and what it could not bring along."""
    state = {
        "size": found.size,
        "root": found.root,
        "state_root": found.state_root,
        "objects": found.objects,
        "files": done.files,
        "lost": done.lost[:200],
        "lost_count": len(done.lost),
        "address": settings.BASE_URL,
    }
    if done.pages or done.differ:
        state |= {"pages": done.pages, "pages_differ": done.differ[:200]}
    if found.attested is not None:
        state["attested_size"] = found.attested
    with transaction.atomic():
        log_acts.write(KIND, ON, state)
    sequence(wait=True)
