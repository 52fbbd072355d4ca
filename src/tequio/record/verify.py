"""Checks the whole record: every act, number, tile, seal, erasable value and file, and every public row.

Each fault names what broke, in words for whoever runs the installation.
"""

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tequio.record import keyring, state_seal
from tequio.record.core import canon, disclose, merkle
from tequio.record.core.checkpoint import Checkpoint as Statement
from tequio.record.core.history import ChainError, at_size
from tequio.record.core.note import Note, NoteError, Verifier
from tequio.record.core.state_seal import root as root_of_state
from tequio.record.core.tiles import WIDTH
from tequio.record.entry import said_in, stamp
from tequio.record.keyring import log_key
from tequio.record.models import Act, Checkpoint, Disclosure, Leaf, Recorded, Tile
from tequio.record.publish import time_statement

__all__ = ["Fault", "log_key", "more_checks", "recorded_models", "verify", "verify_state"]

CHUNK = 2000
SAID = ("kind", "on", "rev", "at", "jurisdiction")
ACT = ("pk", *SAID, "entry", "leaf")  # read as tuples: a record has a million
HOST = "registro/host"  # where a host tells what it began from
# What reading a damaged row may raise: text that is no UTF-8, a date that does not exist, JSON that is none.
UNREADABLE = (DatabaseError, ValueError, TypeError, AttributeError, ArithmeticError)


@dataclass(frozen=True)
class Fault:
    """Something that does not fit: ``what`` names the object ("acto 12", "sello 3"), ``how`` says in which way."""

    what: str
    how: str

    def __str__(self) -> str:
        return f"{self.what}: {self.how}"


@dataclass(slots=True)
class Last:
    """The last act on an object. ``entry`` is None once the object left public sight."""

    rev: int
    leaf: str
    entry: bytes | None
    hidden: dict[str, str] = field(default_factory=dict)


@dataclass
class Told:
    """What the acts tell, gathered while they are read."""

    last: dict[str, Last] = field(default_factory=dict)
    # (object, field, commitment) to the revision that introduced it
    commitments: dict[tuple[str, str, str], int] = field(default_factory=dict)
    # commitment to the moment of its erasure
    erased: dict[str, str] = field(default_factory=dict)
    # commitments whose value did not come along when the record was recovered
    lost: set[str] = field(default_factory=set)
    # act to the leaf hash of its entry as it stands in the table
    hashes: dict[int, bytes] = field(default_factory=dict)


# Checks that belong to apps above (files by hash, reference data): functions that yield faults.
more_checks: list[Callable[[], Iterator[Fault]]] = []


def recorded_models() -> list[type[Recorded]]:
    """Every model whose rows the public sees."""
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


def verify(*, state: bool = False, models: Sequence[type[Recorded]] | None = None) -> list[Fault]:
    """All faults; an empty list means that everything fits. ``state`` also compares the live rows with the acts."""
    told = Told()
    faults = list(_acts(told, Act.objects.all()))
    leaves: list[bytes] = []
    faults += _numbers(told, leaves)
    faults += _tiles(leaves)
    faults += _seals(leaves)
    faults += _state_seals()
    faults += _disclosures(told)
    faults += [fault for check in more_checks for fault in check()]
    if state:
        faults += _state(told, recorded_models() if models is None else models)
    return faults


def verify_state(models: Sequence[type[Recorded]] | None = None) -> list[Fault]:
    """Compares each public row with the after-image of its last act, and looks for rows that are gone.

    With ``models``, only rows of these, and only the acts on them are read.
    """
    told, acts = Told(), Act.objects.all()
    if models is not None:
        about = (("on__contains", f"/{model.subject}/") for model in models)
        acts = acts.filter(Q(("pk", None), *about, _connector=Q.OR))
    list(_acts(told, acts))  # ``verify`` tells of faults in the acts themselves
    return list(_state(told, recorded_models() if models is None else models))


def _rows(query: QuerySet[Any], what: str, faults: list[Fault]) -> Iterator[Any]:
    """All rows in order of their key. One that cannot even be read becomes a fault and does not hide the others."""
    query, last = query.order_by("pk"), None
    while True:
        part = query if last is None else query.filter(pk__gt=last)
        try:
            rows = list(part[:CHUNK])
        except UNREADABLE:
            rows = []
            for pk in list(part.values_list("pk", flat=True)[:CHUNK]):
                last = pk
                try:
                    rows.append(query.get(pk=pk))
                except UNREADABLE:
                    faults.append(Fault(f"{what} {pk}", _("no se puede leer")))
            yield from rows
            continue
        yield from rows
        if len(rows) < CHUNK:
            return
        last = rows[-1].pk


def _acts(told: Told, acts: "QuerySet[Act]") -> Iterator[Fault]:
    unreadable: list[Fault] = []
    for act in _rows(acts.values_list(*ACT, named=True), _("acto"), unreadable):
        entry = bytes(act.entry)
        leaf = told.hashes[act.pk] = merkle.leaf_hash(entry)
        if leaf.hex() != act.leaf:
            yield Fault(_act_name(act.pk), _("su contenido no corresponde a su huella"))
        said = said_in(entry)
        if said is None:
            yield Fault(_act_name(act.pk), _("su contenido no tiene la forma de un acto"))
            continue
        on, rev = said["on"], said["rev"]
        shown = (act.kind, act.on, act.rev, _exact(act.at), act.jurisdiction)
        meant = (said["kind"], on, rev, said["at"], on.partition("/")[0])
        for column in (
            () if shown == meant else (c for c, one, other in zip(SAID, shown, meant, strict=True) if one != other)
        ):
            words = _("la columna «%(column)s» no dice lo que dice el acto") % {"column": column}
            yield Fault(_act_name(act.pk), words)
        before = told.last.get(on)
        if rev != (before.rev if before else 0) + 1 or said.get("prev", "") != (before.leaf if before else ""):
            yield Fault(_act_name(act.pk), _("no sigue al acto anterior sobre «%(on)s»") % {"on": on})
        hidden = said.get("hid", {})
        told.last[on] = Last(rev, act.leaf, entry if "state" in said else None, hidden)
        for key, value in hidden.items():
            told.commitments.setdefault((on, key, value), rev)
        for gone in said.get("erased", ()):
            told.erased[gone["commitment"]] = said["at"]
        if on == HOST:
            told.lost.update(value for value in said.get("state", {}).get("lost_values", ()) if isinstance(value, str))
    yield from unreadable


def _act_name(pk: int) -> str:
    return _("acto %(id)s") % {"id": pk}


def _exact(moment: dt.datetime) -> str:
    """A moment as the record writes it; one with a finer part than the record's is left as it is, and so differs."""
    return moment.isoformat() if moment.microsecond % 1000 else stamp(moment)


def _numbers(told: Told, leaves: list[bytes]) -> Iterator[Fault]:
    """Checks the numbers and gathers, in their order, the leaf hashes of the entries themselves."""
    unreadable: list[Fault] = []
    expected = 0
    numbers = Leaf.objects.values_list("pk", "position", "act_id", "hash", named=True)
    for row in _rows(numbers, _("número"), unreadable):
        if row.position != expected:
            yield Fault(_("número %(n)s") % {"n": row.position}, _("faltan números antes de este"))
            expected = row.position
        leaf = told.hashes.get(row.act_id, b"")
        if row.hash != leaf.hex():
            yield Fault(_("número %(n)s") % {"n": row.position}, _("su huella no es la del acto que numera"))
        leaves.append(leaf)
        expected += 1
    yield from unreadable


def _tiles(leaves: list[bytes]) -> Iterator[Fault]:
    """Builds the tree anew from the acts themselves and compares the stored tiles with it."""
    unreadable: list[Fault] = []
    tiles = _rows(Tile.objects.all(), _("losa"), unreadable)
    stored = {(tile.level, tile.index): bytes(tile.data) for tile in tiles}
    yield from unreadable
    level, hashes = 0, leaves
    while hashes:
        above = []
        for index in range((len(hashes) + WIDTH - 1) // WIDTH):
            part = hashes[index * WIDTH : (index + 1) * WIDTH]
            if stored.pop((level, index), None) != b"".join(part):
                place = {"level": level, "index": index}
                yield Fault(_("losa %(level)s/%(index)s") % place, _("no corresponde a los actos"))
            if len(part) == WIDTH:
                above.append(merkle.root_of(part))
        level, hashes = level + 1, above
    for level, index in stored:
        yield Fault(
            _("losa %(level)s/%(index)s") % {"level": level, "index": index}, _("sobra: no hay actos para ella")
        )


def _seals(leaves: list[bytes]) -> Iterator[Fault]:
    try:
        epochs = keyring.log_keys()
    except ChainError:
        yield Fault(_("llaves del registro"), _("una llave no es la que se anunció"))
        return
    unreadable: list[Fault] = []
    seals = list(_rows(Checkpoint.objects.all(), _("sello"), unreadable))
    yield from unreadable
    roots = _roots(leaves, sorted({seal.size for seal in seals}))
    before = 0
    for seal in seals:
        name = _("sello %(id)s (%(size)s actos)") % {"id": seal.pk, "size": seal.size}
        try:
            note = Note.parse(seal.note)
            epoch = at_size(epochs, seal.size)
            known = note.verified_by(*{one.key for one in epochs})
            if epoch is None or epoch.key not in known or len(note.signatures) != len(known):
                raise NoteError("not the log's signature alone")
            key = epoch.key
            said = Statement.parse(note.text)
        except ValueError:
            yield Fault(name, _("su firma no es válida"))
            continue
        if note.text != said.text:
            yield Fault(name, _("dice más de lo que un sello dice"))
        if (said.origin, said.size, said.root.hex()) != (settings.RECORD_ORIGIN, seal.size, seal.root):
            yield Fault(name, _("lo firmado no es lo que guarda la tabla"))
        elif seal.size > len(leaves):
            yield Fault(name, _("hay menos actos de los que sella"))
        elif roots[seal.size].hex() != seal.root:
            yield Fault(name, _("la raíz del árbol no es la sellada"))
        if not _time_holds(seal, key):
            yield Fault(name, _("la hora del sello no es la firmada"))
        if seal.size < before:
            yield Fault(name, _("sella menos actos que el anterior"))
        before = max(before, seal.size)


def _time_holds(seal: Checkpoint, key: Verifier) -> bool:
    try:
        signature = base64.b64decode(seal.time_signature, validate=True)
    except (binascii.Error, ValueError):
        return False
    exact = seal.made.microsecond % 1000 == 0 and base64.b64encode(signature).decode() == seal.time_signature
    return exact and key.verifies(time_statement(seal.note, seal.made).encode(), signature)


def _roots(leaves: list[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """The roots at several ascending sizes, in one pass."""
    found: dict[int, bytes] = {}
    stack: list[tuple[int, bytes]] = []
    wanted = iter([size for size in sizes if size > 0])
    following = next(wanted, None)
    for n, leaf in enumerate(leaves, 1):
        if following is None:
            break
        level, value = 0, leaf
        while stack and stack[-1][0] == level:
            value = merkle.node_hash(stack.pop()[1], value)
            level += 1
        stack.append((level, value))
        if n == following:
            found[n] = merkle.fold([value for _level, value in stack])
            following = next(wanted, None)
    return {0: merkle.EMPTY_ROOT, **found}


def _state_seals() -> Iterator[Fault]:
    """Works out anew the newest seal of the state. Older ones cannot have changed: they stand in the tree."""
    last = state_seal.newest()
    said = said_in(bytes(last.entry)) if last else None
    if last is None or said is None:
        return
    state = said.get("state", {})
    objects = list(state_seal.last_acts(state.get("size", 0)))
    if (state.get("objects"), state.get("root")) != (len(objects), root_of_state(objects).hex()):
        yield Fault(_("sello del estado del %(day)s") % {"day": state.get("day", "")}, _("no corresponde a los actos"))


def _disclosures(told: Told) -> Iterator[Fault]:
    waiting = dict(told.commitments)
    unreadable: list[Fault] = []
    for row in _rows(Disclosure.objects.all(), _("dato"), unreadable):
        name = _("dato «%(field)s» de «%(on)s»") % {"field": row.field, "on": row.on}
        if waiting.pop((row.on, row.field, row.commitment), None) != row.rev:
            yield Fault(name, _("ningún acto lo compromete"))
        elif row.erased is None:
            salt = bytes(row.salt or b"")
            if row.salt is None and not row.value and row.commitment in told.lost:
                continue
            if len(salt) != disclose.SALT_BYTES or _commit(salt, row.value) != row.commitment:
                yield Fault(name, _("no corresponde a su compromiso"))
            if row.commitment in told.erased:
                yield Fault(name, _("un acto lo borró y sigue ahí"))
        else:
            if row.salt is not None or row.value:
                yield Fault(name, _("consta como borrado y sigue ahí"))
            if told.erased.get(row.commitment) != _exact(row.erased):
                yield Fault(name, _("consta como borrado y ningún acto lo dice"))
    yield from unreadable
    for on, field_name, _commitment in waiting:
        yield Fault(
            _("dato «%(field)s» de «%(on)s»") % {"field": field_name, "on": on}, _("falta, y un acto lo compromete")
        )


def _commit(salt: bytes, value: str) -> str:
    try:
        return disclose.commit(salt, value)
    except ValueError:
        return ""


def _state(told: Told, models: Sequence[type[Recorded]]) -> Iterator[Fault]:
    unreadable: list[Fault] = []
    disclosed = _rows(Disclosure.objects.filter(erased=None), _("dato"), [])
    shown = {(row.on, row.field, row.commitment): row.value for row in disclosed}
    seen: set[str] = set()
    for model in models:
        for row in _rows(model.public_rows(), model.subject, unreadable):
            key = row.subject_key()
            seen.add(key)
            yield from _row(row, key, told.last.get(key), shown)
    yield from unreadable
    subjects = {model.subject for model in models}
    for key in told.last.keys() - seen:
        if told.last[key].entry is not None and key.split("/")[1:2] and key.split("/")[1] in subjects:
            yield Fault(f"«{key}»", _("tiene actos y ya no está a la vista"))


def _row(row: Recorded, key: str, known: Last | None, shown: dict[tuple[str, str, str], str]) -> Iterator[Fault]:
    name = f"«{key}»"
    if known is None:
        yield Fault(name, _("está a la vista sin ningún acto"))
        return
    if (row.rev, row.tip) != (known.rev, known.leaf):
        yield Fault(name, _("no apunta a su último acto"))
    try:
        state = canon.encode(row.public_state())
    except (ValueError, TypeError):
        state = b""
    recorded = _state_of(known.entry)
    if state != recorded:
        yield Fault(name, _("no dice lo que dice su último acto%(where)s") % {"where": _where(state, recorded)})
    live = row.hidden_state()
    for field_name in live.keys() | known.hidden.keys():
        committed = shown.get((key, field_name, known.hidden.get(field_name, "")))
        if field_name not in live or live[field_name] != committed:
            yield Fault(name, _("el dato «%(field)s» no es el comprometido") % {"field": field_name})


def _state_of(entry: bytes | None) -> bytes | None:
    """The after-image of an entry in canonical form, or None where it has none."""
    try:
        return canon.encode(canon.decode(entry)["state"]) if entry else None
    except (ValueError, KeyError):
        return None


def _where(state: bytes, recorded: bytes | None) -> str:
    """The columns that differ, in brackets."""
    if not state or not recorded:
        return ""
    now, then = canon.decode(state), canon.decode(recorded)
    names = sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
    return " (" + ", ".join(names) + ")"
