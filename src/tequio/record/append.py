"""Writes acts, in the transaction of the change they tell of."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.record import kinds
from tequio.record.core import canon, disclose
from tequio.record.core.merkle import leaf_hash
from tequio.record.models import Act, Disclosure, Recorded
from tequio.record.sequence import sequence_soon

SCHEMA = 1
MAX_ENTRY = 65_535  # bytes: bundles give each entry's length in 16 bits (C2SP tlog-tiles)


@dataclass(frozen=True)
class Actor:
    """Who acts: for which organisation (slug), in which role (key), from which office (words). Never a person's name."""

    organisation: str = ""
    role: str = ""
    office: str = ""

    def state(self) -> dict[str, str]:
        pairs = {"org": self.organisation, "role": self.role, "office": _nfc(self.office)}
        return {key: value for key, value in pairs.items() if value}


SYSTEM = Actor(role="system")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def stamp(moment: dt.datetime) -> str:
    """A moment as the record writes it: UTC, milliseconds."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def entry_for(kind: str, obj: Recorded, now: dt.datetime, by: Actor, hidden: dict[str, str], **said: Any) -> bytes:
    """The leaf's bytes for the next act on ``obj``. Raises ``ValidationError`` when they would not fit."""
    key = obj.subject_key()
    entry: dict[str, Any] = {
        "v": SCHEMA,
        "kind": kind,
        "at": stamp(now),
        "on": key,
        "rev": obj.rev + 1,
        "by": by.state(),
        "state": obj.public_state(),
    }
    if obj.tip:
        entry["prev"] = obj.tip
    if hidden:
        entry["hid"] = hidden
    for name, value in said.items():
        if isinstance(value, dt.date):
            value = value.isoformat()
        if isinstance(value, str):
            value = _nfc(value)
        if value:
            entry[name] = value
    data = canon.encode(entry)
    if len(data) > MAX_ENTRY:
        raise ValidationError(
            _("«%(what)s» tiene demasiado texto para un solo acto (%(size)s de %(max)s bytes). Acorta los textos o pasa una parte a un documento.")
            % {"what": str(obj)[:80], "size": len(data), "max": MAX_ENTRY}
        )
    return data


def _commitments(obj: Recorded) -> tuple[dict[str, str], list[Disclosure]]:
    """Commitments to the object's erasable values, and the rows that disclose new ones. An unchanged value keeps its salt."""
    values = obj.hidden_state()
    if not values:
        return {}, []
    key = obj.subject_key()
    known: dict[str, Disclosure] = {}
    if obj.rev:
        for row in Disclosure.objects.filter(on=key, erased=None).order_by("rev"):
            known[row.field] = row
    hidden: dict[str, str] = {}
    fresh: list[Disclosure] = []
    for field, value in values.items():
        value = _nfc(value)
        row = known.get(field)
        if row is None or row.value != value:
            salt = disclose.new_salt()
            row = Disclosure(
                on=key, rev=obj.rev + 1, field=field, commitment=disclose.commit(salt, value), salt=salt, value=value
            )
            fresh.append(row)
        hidden[field] = row.commitment
    return hidden, fresh


def _prepare(kind: str, obj: Recorded, now: dt.datetime, by: Actor, said: dict[str, Any]) -> tuple[Act, list[Disclosure]]:
    hidden, fresh = _commitments(obj)
    data = entry_for(kind, obj, now, by, hidden, **said)
    key = obj.subject_key()
    leaf = leaf_hash(data).hex()
    obj.rev += 1
    obj.tip = leaf
    row = Act(jurisdiction=key.split("/", 1)[0], kind=kind, on=key, rev=obj.rev, at=_milliseconds(now), entry=data, leaf=leaf)
    return row, fresh


def _milliseconds(moment: dt.datetime) -> dt.datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@contextmanager
def act(
    kind: str,
    obj: Recorded,
    *,
    by: Actor,
    why: str = "",
    basis: str = "",
    done: dt.date | None = None,
    files: Sequence[dict[str, Any]] = (),
) -> Iterator[None]:
    """One public act on ``obj``. The block changes the instance in memory; on leaving it the instance is saved with its
    new ``rev`` and ``tip`` and the act inserted: one statement more than the change itself.

    ``why`` is the public reason, ``basis`` the minutes or article relied on, ``done`` the day it happened if that is not
    today. Raises ``RuntimeError`` outside a transaction, ``ValidationError`` when somebody changed the object meanwhile.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an act needs the transaction of its change")
    kinds.kind(kind)
    yield
    # Children may have changed in the block; what was prefetched before it is no longer the state.
    getattr(obj, "_prefetched_objects_cache", {}).clear()
    row, fresh = _prepare(
        kind, obj, timezone.now(), by, {"why": why, "basis": basis, "done": done, "files": list(files)}
    )
    obj.save()
    try:
        row.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(
            _("Alguien cambió esto mientras lo editabas. Vuelve a abrir la página: tu texto sigue en el formulario."),
            code="changed",
        ) from error
    if fresh:
        Disclosure.objects.bulk_create(fresh)
    sequence_soon()


def act_many(
    kind: str,
    objects: Iterable[Recorded],
    *,
    by: Actor,
    why: str = "",
    basis: str = "",
    done: dt.date | None = None,
) -> None:
    """The same kind of act on many objects of one model, in few statements. New ones are inserted; stored ones are
    expected to be saved already and get their new ``rev`` and ``tip``."""
    rows = list(objects)
    if not rows:
        return
    if not connection.in_atomic_block:
        raise RuntimeError("acts need the transaction of their change")
    kinds.kind(kind)
    now = timezone.now()
    acts: list[Act] = []
    disclosures: list[Disclosure] = []
    new = [obj for obj in rows if obj._state.adding]
    stored = [obj for obj in rows if not obj._state.adding]
    for obj in rows:
        row, fresh = _prepare(kind, obj, now, by, {"why": why, "basis": basis, "done": done})
        acts.append(row)
        disclosures.extend(fresh)
    manager = type(rows[0])._default_manager
    if new:
        manager.bulk_create(new, batch_size=500)
    if stored:
        manager.bulk_update(stored, ["rev", "tip"], batch_size=500)
    try:
        Act.objects.bulk_create(acts, batch_size=500)
    except IntegrityError as error:
        raise ValidationError(_("Alguien cambió algo de esto mientras tanto. Inténtalo de nuevo."), code="changed") from error
    Disclosure.objects.bulk_create(disclosures, batch_size=500)
    sequence_soon()


@transaction.atomic
def erase(*, obj: Recorded, field: str, by: Actor, basis: str) -> int:
    """Erases every disclosed value of ``field`` of ``obj``; leaves, roots and proofs stay valid. Returns how many.

    The caller has taken the value out of ``obj`` itself first (so that ``hidden_state`` no longer gives it). The act
    names the field and the legal basis, never the value.
    """
    if field in obj.hidden_state():
        raise ValidationError(_("Primero hay que quitar el dato del objeto."))
    with act("disclosure.erased", obj, by=by, why=field, basis=basis):
        pass
    return Disclosure.objects.filter(on=obj.subject_key(), field=field, erased=None).update(
        salt=None, value="", erased=timezone.now()
    )
