"""Checks the whole record: every act, number, tile, seal, erasable value and file, and every public row against its last act.

Each fault names what broke, in words for whoever runs the installation.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

from tequio.record.append import stamp
from tequio.record.core import canon, disclose, merkle
from tequio.record.core.checkpoint import Checkpoint as Statement
from tequio.record.core.note import Note, NoteError
from tequio.record.core.tiles import HASH_BYTES, WIDTH
from tequio.record.models import Act, Checkpoint, Disclosure, Leaf, Recorded, Tile
from tequio.record.publish import signer


@dataclass(frozen=True)
class Fault:
    """Something that does not fit: ``what`` names the object ("acto 12", "sello 3"), ``how`` says in which way."""

    what: str
    how: str

    def __str__(self) -> str:
        return f"{self.what}: {self.how}"


@dataclass
class Last:
    """The last act on an object, as far as checking its live row needs it."""

    rev: int
    leaf: str
    state: bytes
    hidden: dict[str, str] = field(default_factory=dict)


# Checks that belong to apps above (files by hash, reference data): functions that yield faults.
more_checks: list[Callable[[], Iterator[Fault]]] = []


def recorded_models() -> list[type[Recorded]]:
    """Every model whose rows the public sees."""
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


def verify(*, state: bool = False) -> list[Fault]:
    """All faults; an empty list means that everything fits. ``state`` also compares the live rows with the acts."""
    last: dict[str, Last] = {}
    commitments: dict[tuple[str, str], set[str]] = {}
    faults = list(_acts(last, commitments))
    faults += _numbers()
    faults += _tiles_and_seals()
    faults += _disclosures(commitments)
    for check in more_checks:
        faults += check()
    if state:
        faults += verify_state(last)
    return faults


def _acts(last: dict[str, Last], commitments: dict[tuple[str, str], set[str]]) -> Iterator[Fault]:
    for act in Act.objects.order_by("id").iterator(chunk_size=2000):
        name = _("acto %(id)s") % {"id": act.pk}
        entry = bytes(act.entry)
        if merkle.leaf_hash(entry).hex() != act.leaf:
            yield Fault(name, _("su contenido no corresponde a su huella"))
            continue
        try:
            said = canon.decode(entry)
            same = canon.encode(said) == entry
        except ValueError:
            same = False
        if not same:
            yield Fault(name, _("su contenido no está en forma canónica"))
            continue
        columns = {"kind": act.kind, "on": act.on, "rev": act.rev, "at": stamp(act.at)}
        for column, value in columns.items():
            if said.get(column) != value:
                yield Fault(name, _("la columna «%(column)s» no dice lo que dice el acto") % {"column": column})
        if act.jurisdiction != said["on"].split("/", 1)[0]:
            yield Fault(name, _("la columna «%(column)s» no dice lo que dice el acto") % {"column": "jurisdiction"})
        before = last.get(said["on"])
        if said["rev"] != (before.rev if before else 0) + 1 or said.get("prev", "") != (before.leaf if before else ""):
            yield Fault(name, _("no sigue al acto anterior sobre «%(on)s»") % {"on": said["on"]})
        hidden = said.get("hid", {})
        last[said["on"]] = Last(said["rev"], act.leaf, canon.encode(said["state"]), hidden)
        for key, value in hidden.items():
            commitments.setdefault((said["on"], key), set()).add(value)


def _numbers() -> Iterator[Fault]:
    expected = 0
    rows = Leaf.objects.order_by("position").values_list("position", "hash", "act__leaf")
    for position, value, leaf in rows.iterator(chunk_size=5000):
        name = _("número %(n)s") % {"n": position}
        if position != expected:
            yield Fault(name, _("faltan números antes de este"))
            expected = position
        if value != leaf:
            yield Fault(name, _("su huella no es la del acto que numera"))
        expected += 1


def _tiles_and_seals() -> Iterator[Fault]:
    """Builds the tree anew from the acts themselves, then compares stored tiles and every seal with it."""
    leaves = [
        merkle.leaf_hash(bytes(entry))
        for entry in Leaf.objects.order_by("position").values_list("act__entry", flat=True).iterator(chunk_size=2000)
    ]
    yield from _tiles(leaves)
    seals = list(Checkpoint.objects.order_by("id"))
    wanted = sorted({seal.size for seal in seals})
    roots = _roots(leaves, wanted)
    size_before = 0
    for seal in seals:
        name = _("sello %(id)s (%(size)s actos)") % {"id": seal.pk, "size": seal.size}
        try:
            note = Note.parse(seal.note)
            if not note.verified_by(signer().verifier):
                raise NoteError("no signature of the log")
            said = Statement.parse(note.text)
        except NoteError:
            yield Fault(name, _("su firma no es válida"))
            continue
        if note.text != said.text or len(note.signatures) != 1:
            yield Fault(name, _("dice más de lo que un sello dice"))
        if (said.origin, said.size, said.root.hex()) != (settings.RECORD_ORIGIN, seal.size, seal.root):
            yield Fault(name, _("lo firmado no es lo que guarda la tabla"))
        if seal.size > len(leaves):
            yield Fault(name, _("hay menos actos de los que sella"))
        elif roots[seal.size].hex() != seal.root:
            yield Fault(name, _("la raíz del árbol no es la sellada"))
        if seal.size < size_before:
            yield Fault(name, _("sella menos actos que el anterior"))
        size_before = max(size_before, seal.size)


def _tiles(leaves: list[bytes]) -> Iterator[Fault]:
    stored = {(tile.level, tile.index): bytes(tile.data) for tile in Tile.objects.iterator()}
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
        yield Fault(_("losa %(level)s/%(index)s") % {"level": level, "index": index}, _("sobra: no hay actos para ella"))


def _roots(leaves: list[bytes], sizes: list[int]) -> dict[int, bytes]:
    """The roots at several sizes, in one pass."""
    found: dict[int, bytes] = {}
    stack: list[tuple[int, bytes]] = []
    wanted = iter(sizes)
    following = next(wanted, None)
    for n, leaf in enumerate(leaves, 1):
        level, value = 0, leaf
        while stack and stack[-1][0] == level:
            value = merkle.node_hash(stack.pop()[1], value)
            level += 1
        stack.append((level, value))
        if n == following:
            found[n] = merkle.fold([value for _level, value in stack])
            following = next(wanted, None)
    return found


def _disclosures(commitments: dict[tuple[str, str], set[str]]) -> Iterator[Fault]:
    for row in Disclosure.objects.iterator(chunk_size=2000):
        name = _("dato «%(field)s» de «%(on)s»") % {"field": row.field, "on": row.on}
        if row.commitment not in commitments.get((row.on, row.field), set()):
            yield Fault(name, _("ningún acto lo compromete"))
        elif row.erased is None:
            fits = row.salt is not None and len(row.salt) == disclose.SALT_BYTES
            if not fits or disclose.commit(bytes(row.salt), row.value) != row.commitment:
                yield Fault(name, _("no corresponde a su compromiso"))
        elif row.salt is not None or row.value:
            yield Fault(name, _("consta como borrado y sigue ahí"))


def verify_state(last: dict[str, Last] | None = None) -> list[Fault]:
    """Compares each public row with the after-image of its last act, and looks for rows that are gone."""
    if last is None:
        last = {}
        for _fault in _acts(last, {}):
            pass
    shown = {(row.on, row.field, row.commitment): row.value for row in Disclosure.objects.filter(erased=None)}
    faults: list[Fault] = []
    seen: set[str] = set()
    subjects = set()
    for model in recorded_models():
        subjects.add(model.subject)
        # Rows that public_rows filters by may be the very thing that was tampered with; so rows that were recorded count too.
        for row in model.public_rows().iterator(chunk_size=500):
            key = row.subject_key()
            seen.add(key)
            faults += _row(row, key, last.get(key), shown)
    for key in last.keys() - seen:
        if key.split("/")[1] in subjects:
            faults.append(Fault(f"«{key}»", _("tiene actos y ya no está a la vista")))
    return faults


def _row(row: Recorded, key: str, known: Last | None, shown: dict[tuple[str, str, str], str]) -> Iterator[Fault]:
    name = f"«{key}»"
    if known is None:
        yield Fault(name, _("está a la vista sin ningún acto"))
        return
    if (row.rev, row.tip) != (known.rev, known.leaf):
        yield Fault(name, _("no apunta a su último acto"))
    try:
        state = canon.encode(row.public_state())
    except ValueError:
        state = b""
    if state != known.state:
        yield Fault(name, _("no dice lo que dice su último acto%(where)s") % {"where": _where(state, known.state)})
    live = row.hidden_state()
    for field_name, value in live.items():
        if shown.get((key, field_name, known.hidden.get(field_name, ""))) != value:
            yield Fault(name, _("el dato «%(field)s» no es el comprometido") % {"field": field_name})


def _where(state: bytes, recorded: bytes) -> str:
    if not state:
        return ""
    now, then = canon.decode(state), canon.decode(recorded)
    names = sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
    return " (" + ", ".join(names) + ")"
