"""After a database was put back from an older copy: notices that allies hold more, and fetches this record's own tail.

Acts that were published cannot be unpublished, so they come back byte for byte at their positions and the rows with them.
What was never published is lost, and said. The tree that comes out is the one that witnesses know: no fork.
"""

import base64
import datetime as dt
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.documents.models import Blob
from tequio.documents.types import media_type_of
from tequio.record import hold, keyring, log_acts, triggers
from tequio.record.core import canon, cosignature, history, merkle
from tequio.record.core.checkpoint import Checkpoint as Statement
from tequio.record.core.note import DASH, Note, b64encode
from tequio.record.core.policy import Policy
from tequio.record.core.tiles import WIDTH, index_path, unbundle
from tequio.record.entry import milliseconds
from tequio.record.hold import Behind
from tequio.record.models import Act, Checkpoint, Disclosure, Leaf, Receipt
from tequio.record.publish import newest, publish, time_statement
from tequio.record.sequence import sequence, take_lock, tree_size
from tequio.search.index import rebuild as rebuild_search
from tequio.succession.check import signed
from tequio.succession.restore import ON, act_of, insert_acts
from tequio.succession.sources import Source
from tequio.succession.tail import apply
from tequio.witnesses import push
from tequio.witnesses.queries import active

EACH = 3_600  # seconds between two looks at what allies hold
KIND = "host.recovered"

NOTHING = gettext_lazy("Esa copia no tiene más que este portal: no hay nada que recuperar.")
_looked: list[float] = []


@dataclass(frozen=True)
class Recovered:
    """``n`` acts came back, up to ``size``. ``lost`` is what the source did not hold; ``dropped`` acts of this host that
    nobody had ever seen and whose places are taken."""

    n: int
    size: int
    lost: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def look(*, force: bool = False) -> Behind | None:
    """Asks mirrors and witnesses, at the first minute of a process and once an hour, whether they hold more of this log
    than this host. Raises the flag (``record.hold``) where one does."""
    if not force and _looked and time.monotonic() - _looked[0] < EACH:
        return hold.behind()
    _looked[:] = [time.monotonic()]
    seal = newest()
    for place in settings.RECORD_MIRRORS:
        text = Source(place).checkpoint()
        if text and (found := hold.notice(place, text)):
            return found
    for witness in active().exclude(url="") if seal is not None else ():
        seen = push.size_seen(witness, cast(Checkpoint, seal))
        if seen > tree_size():
            found = Behind(witness.name, seen)
            hold.raise_flag(found)
            return found
    return hold.behind()


def recover(place: str, policy: str = "") -> Recovered:
    """Fetches what is missing from a mirror, a bundle or a witness's copy, checks it against a signed seal, and goes on.

    Raises ``ValidationError`` where the source holds no more than this host, where its acts are not those that the log
    signed, or where this host has published another story since: that is a fork, and no program mends it.
    """
    source = Source(place)
    note, said = _seal(source)
    behind = hold.behind()
    if behind is not None and said.size < behind.size:
        raise ValidationError(
            _("Esa copia tiene %(n)s actos y «%(source)s» guarda %(more)s: recupera de ahí.")
            % {"n": said.size, "source": behind.source, "more": behind.size}
        )
    found = _fetch(source, said)
    hashes = [merkle.leaf_hash(entry) for entry in found]
    if merkle.root_of(hashes) != said.root:
        raise ValidationError(_("Los actos de esa copia no son los que selló el registro."))
    _check_keys(found, note, said, policy)
    with transaction.atomic():
        take_lock(wait=True)
        common = _common(hashes)
        dropped, touched = _drop(common)
        acts = []
        for entry, leaf in zip(found[common:], hashes[common:], strict=True):
            acts.append(act_of(canon.decode(entry), entry, leaf.hex()))
        insert_acts(common, acts)
        missing = _values(source, acts)
        absent = _files(source, acts)
        lost = apply({act.on for act in acts} | touched, _texts(source, acts))
        _keep_seal(note, said)
    hold.lower_flag()
    write_act(common, said, missing, dropped)
    rebuild_search()
    publish()
    return Recovered(len(acts), said.size, [*lost, *missing, *absent], dropped)


def _seal(source: Source) -> tuple[Note, Statement]:
    text = source.checkpoint()
    try:
        note = Note.parse(text)
        said = Statement.parse(note.text)
    except ValueError as error:
        raise ValidationError(_("Ahí no hay un sello de un registro.")) from error
    if said.origin != settings.RECORD_ORIGIN:
        raise ValidationError(_("Esa copia es de otro registro."))
    return note, said


def _fetch(source: Source, said: Statement) -> list[bytes]:
    found: list[bytes] = []
    for index in range((said.size + WIDTH - 1) // WIDTH):
        width = min(WIDTH, said.size - index * WIDTH)
        name = "registro/tile/entries/" + index_path(index)
        data = (source.read(f"{name}.p/{width}") if width < WIDTH else None) or source.read(name)
        try:
            part = unbundle(data or b"")[:width]
        except ValueError:
            part = []
        if len(part) < width:
            raise ValidationError(_("A esa copia le faltan actos (%(name)s).") % {"name": name})
        found += part
    return found


def _check_keys(found: Iterable[bytes], note: Note, said: Statement, policy: str) -> None:
    """The keys are those of the fetched acts, but they must begin as ours do: a stranger's log is no tail of this one."""
    told = []
    for position, entry in enumerate(found):
        act = canon.decode(entry)
        if act["on"] in (history.LOG, history.POLICY):
            told.append((position, act))
    try:
        epochs = history.history(told)
    except history.ChainError as error:
        raise ValidationError(_("Una llave de esa copia no es la que se anunció.")) from error
    ours = keyring.log_keys()
    if epochs[: len(ours)] != ours or not signed(note, said, epochs):
        raise ValidationError(_("El sello de esa copia no lo firmó la llave de este registro."))
    if policy:
        rule = Policy.parse(policy)
        if not rule.holds({one.key for one in cosignature.read(note, rule.witnesses.values())}):
            raise ValidationError(_("Al sello de esa copia le faltan firmas de testigos."))


def _common(hashes: list[bytes]) -> int:
    """How many acts both have. Raises ``ValidationError`` where ours differ below a seal that we published."""
    common = 0
    for position, leaf in Leaf.objects.order_by("position").values_list("position", "hash").iterator(chunk_size=5_000):
        if position >= len(hashes):
            raise ValidationError(NOTHING)
        if hashes[position].hex() != leaf:
            break
        common += 1
    if common == len(hashes):
        raise ValidationError(NOTHING)
    if Checkpoint.objects.filter(size__gt=common).exists():
        raise ValidationError(
            _(
                "Este portal ya selló otros actos en esos lugares: son dos historias, y eso no se arregla con un programa. "
                "Guarda todo y avisa a los testigos."
            )
        )
    return common


def _drop(common: int) -> tuple[list[str], set[str]]:
    """Takes away acts that nobody saw: of no seal, in places that belong to others. Returns them in words, and their objects."""
    rows = Act.objects.exclude(numbered__position__lt=common).order_by("pk")
    gone = [(act.pk, act.on, f"{act.at:%Y-%m-%d %H:%M} {act.kind} {act.on}") for act in rows]
    if not gone:
        return [], set()
    if connection.vendor == "postgresql":
        connection.check_constraints()
    triggers.remove(connection)  # the one place where something leaves the record, before anybody has seen it
    ids = [pk for pk, _on, _words in gone]
    Receipt.objects.filter(act__in=ids).delete()
    Leaf.objects.filter(position__gte=common).delete()
    Act.objects.filter(pk__in=ids).delete()
    if connection.vendor == "postgresql":
        connection.check_constraints()
    triggers.install(connection)
    objects = {on for _pk, on, _words in gone}
    kept = set(Act.objects.filter(on__in=objects).values_list("on", "rev"))
    for row in Disclosure.objects.filter(on__in=objects):
        if (row.on, row.rev) not in kept:
            row.delete()
    return [words for _pk, _on, words in gone], objects


def _values(source: Source, acts: list[Act]) -> list[str]:
    """Erasable values of the new acts, as far as the source holds them. Returns the commitments of the others."""
    shown = {}
    for line in source.text("datos-personales-publicos.jsonl").splitlines():
        row = json.loads(line)
        shown[row["on"], row["commitment"]] = (base64.b64decode(row["salt"]), row["value"])
    erased: dict[str, dt.datetime] = {}
    rows: list[Disclosure] = []
    missing: list[str] = []
    for act in acts:
        said = canon.decode(bytes(act.entry))
        known = set(Disclosure.objects.filter(on=act.on).values_list("commitment", flat=True))
        for name, commitment in said.get("hid", {}).items():
            if commitment in known or any((row.on, row.commitment) == (act.on, commitment) for row in rows):
                continue
            salt, value = shown.get((act.on, commitment), (None, ""))
            rows.append(Disclosure(on=act.on, rev=act.rev, field=name, commitment=commitment, salt=salt, value=value))
        erased |= {gone["commitment"]: act.at for gone in said.get("erased", ())}
    for row in rows:
        row.erased = erased.get(row.commitment)
        if row.salt is None and row.erased is None:
            missing.append(row.commitment)
    Disclosure.objects.bulk_create(rows, batch_size=500)
    for commitment, when in erased.items():
        Disclosure.objects.filter(commitment=commitment).update(salt=None, value="", erased=when)
    return missing


def _files(source: Source, acts: list[Act]) -> list[str]:
    """Files that the new acts name. Returns those that the source does not hold."""
    absent = []
    for act in acts:
        state = canon.decode(bytes(act.entry)).get("state", {})
        for name in filter(None, (state.get(key) for key in ("file", "photo", "film", "poster"))):
            if Blob.objects.filter(pk=name).exists():
                continue
            data = source.read(f"registro/blobs/sha256/{name}")
            if data is None or sha256(data).hexdigest() != name:
                absent.append(f"{act.on}: file {name}")
                continue
            blob = Blob.objects.create(sha256=name, size=len(data), media_type=media_type_of(data) or "")
            blob.path.parent.mkdir(parents=True, exist_ok=True)
            blob.path.write_bytes(data)
    return absent


def _texts(source: Source, acts: list[Act]) -> dict[str, str]:
    """Long texts that the new acts name by their hash, as far as the source holds them."""
    found = {}
    for act in acts:
        state = canon.decode(bytes(act.entry)).get("state", {})
        for name in filter(None, (state.get("document_sha256"), state.get("fingerprint"))):
            text = source.read(f"anexos/{name}")
            if text is not None and sha256(text).hexdigest() == name:
                found[name] = text.decode()
    return found


def _keep_seal(note: Note, said: Statement) -> None:
    """The seal that we recovered to becomes ours again, with the log's own signatures and the time of today."""
    signers = keyring.signers()
    if not signers:
        return
    ours = {epoch.key.id for epoch in keyring.log_keys()}
    lines = [f"{DASH} {who} {b64encode(key + sig)}\n" for who, key, sig in note.signatures if key in ours]
    text, made = note.text + "\n" + "".join(lines), milliseconds(timezone.now())
    sig = base64.b64encode(signers[0].signature(time_statement(text, made))).decode()
    Checkpoint.objects.create(size=said.size, root=said.root.hex(), note=text, made=made, time_signature=sig)


def write_act(common: int, said: Statement, missing: list[str], dropped: list[str]) -> None:
    """That it happened, as an act: how far the copy had come, up to where the record was recovered, what is lost."""
    state: dict[str, Any] = {"had": common, "size": said.size, "root": said.root.hex(), "dropped": len(dropped)}
    if missing:
        state["lost_values"] = missing[:800]
    with transaction.atomic():
        log_acts.write(KIND, ON, state)
    sequence(wait=True)
