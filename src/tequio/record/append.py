"""Writes acts, in the transaction of the change they tell of."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.record import hold, kinds
from tequio.record.core import disclose
from tequio.record.core.merkle import leaf_hash
from tequio.record.entry import Actor, entry_for, milliseconds, nfc
from tequio.record.models import Act, Disclosure, Recorded
from tequio.record.pace import sequence_soon

__all__ = ["SYSTEM", "Actor", "act", "act_many", "erase"]

SYSTEM = Actor(role="system")
# The acts that the form of one request wrote, for their receipts; None where nobody asks.
acts_of_request: ContextVar[list[Act] | None] = ContextVar("acts_of_request", default=None)
# What says who the person behind the request is (``receipts.person_of``), for a commitment that only they can open; asked
# when an act is written. None where nobody is signed in, and for what tasks and commands write.
person_of_request: ContextVar[Callable[[], str] | None] = ContextVar("person_of_request", default=None)
CHANGED = gettext_lazy(
    "Alguien cambió esto mientras lo editabas. Vuelve a abrirlo para ver cómo quedó y repite tu cambio."
)


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
    seen: int | None = None,
) -> Iterator[None]:
    """One public act on ``obj``. The block changes the instance in memory; on leaving it the instance is saved with its
    new ``rev`` and ``tip`` and the act inserted: one statement more than the change itself.

    ``why`` is the public reason, ``basis`` the minutes or article relied on, ``done`` the day it happened if that is
    not today, ``seen`` the ``rev`` that the person had before them. An object that the block takes out of the
    public's sight gets an act without state. Raises ``RuntimeError`` outside a transaction, ``LookupError`` for an
    unregistered kind, ``ValidationError`` when somebody changed the object meanwhile or the act would be too long.
    """
    _check(kind)
    if seen is not None and seen != obj.rev:
        raise ValidationError(CHANGED, code="changed")
    yield
    # Children may have changed in the block; what was prefetched before it is no longer the state.
    getattr(obj, "_prefetched_objects_cache", {}).clear()
    said = {"why": why, "basis": basis, "done": done, "files": list(files)}
    known = _known_values([obj.subject_key()]) if obj.rev and obj.hidden_state() else {}
    _write([obj], [_prepare(kind, obj, milliseconds(timezone.now()), by, said, known, _who())])


def act_many(
    kind: str,
    objects: Iterable[Recorded],
    *,
    by: Actor,
    why: str = "",
    basis: str = "",
    done: dt.date | None = None,
) -> None:
    """The same kind of act on many objects of one model, in few statements: ten thousand take seconds.

    New objects are inserted, stored ones written with all their columns. What ``public_state`` reads from related rows
    must be stored before; it is fetched once for all objects, as ``public_rows`` fetches it.
    """
    rows = list(objects)
    if not rows:
        return
    _check(kind)
    stored = [obj for obj in rows if not obj._state.adding]
    for obj in stored:
        getattr(obj, "_prefetched_objects_cache", {}).clear()
    models.prefetch_related_objects(stored, *_related(type(rows[0])))
    now = milliseconds(timezone.now())
    said = {"why": why, "basis": basis, "done": done}
    known = _known_values([obj.subject_key() for obj in rows if obj.rev and obj.hidden_state()])
    _write(rows, [_prepare(kind, obj, now, by, said, known) for obj in rows])


@transaction.atomic
def erase(*, obj: Recorded, field: str, by: Actor, basis: str, why: str = "", value: str | None = None) -> int:
    """Erases the disclosed values of ``field`` of ``obj``, or only those equal to ``value``. Returns how many.

    Leaves, roots and proofs stay valid. The caller has taken the value out of ``obj`` first, so that ``hidden_state``
    no longer gives it; ``obj`` is saved with the act. The act names field, commitments and legal basis, never the
    value. Raises ``ValidationError`` while the object still shows the value, or when there is nothing to erase.
    """
    shown = obj.hidden_state().get(field)
    if shown is not None and value in (None, shown):
        raise ValidationError(_("Primero hay que quitar el dato del objeto."))
    rows = Disclosure.objects.filter(on=obj.subject_key(), field=field, erased=None)
    if value is not None:
        rows = rows.filter(value=nfc(value))
    gone = {row.pk: row.commitment for row in rows.order_by("rev")}
    if not gone:
        raise ValidationError(_("No hay ningún dato que borrar."))
    _check("disclosure.erased")
    getattr(obj, "_prefetched_objects_cache", {}).clear()
    now = milliseconds(timezone.now())
    said = {"why": why, "basis": basis, "erased": [{"field": field, "commitment": c} for c in gone.values()]}
    known = _known_values([obj.subject_key()])
    _write([obj], [_prepare("disclosure.erased", obj, now, by, said, known, _who())])
    return Disclosure.objects.filter(pk__in=gone).update(salt=None, value="", erased=now)


Values = dict[tuple[str, str], Disclosure]
Prepared = tuple[Act, list[Disclosure]]


def _check(kind: str) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("an act needs the transaction of its change")
    hold.need_none()
    kinds.kind(kind)


def _known_values(keys: Sequence[str]) -> Values:
    """The newest value that is not erased, for each object and field."""
    found: Values = {}
    for start in range(0, len(keys), 500):
        rows = Disclosure.objects.filter(on__in=keys[start : start + 500], erased=None)
        found.update({(row.on, row.field): row for row in rows.order_by("rev")})
    return found


def _who() -> tuple[bytes, str] | None:
    """A fresh salt and who acts, where a person does."""
    ask = person_of_request.get()
    who = ask() if ask is not None else ""
    return (disclose.new_salt(), who) if who else None


def _prepare(
    kind: str,
    obj: Recorded,
    now: dt.datetime,
    by: Actor,
    said: dict[str, Any],
    known: Values,
    who: tuple[bytes, str] | None = None,
) -> Prepared:
    """The act that tells of ``obj`` as it stands in memory, and the values it discloses for the first time. ``who`` (salt
    and person) enters it as a commitment, and stays on the act in memory for the person's receipt."""
    key = obj.subject_key()
    hidden: dict[str, str] = {}
    fresh: list[Disclosure] = []
    for field, value in obj.hidden_state().items() if obj.is_public() else ():
        value = nfc(value)
        row = known.get((key, field))
        if row is None or row.value != value:  # an unchanged value keeps its salt
            salt = disclose.new_salt()
            commitment = disclose.commit(salt, value)
            row = Disclosure(on=key, rev=obj.rev + 1, field=field, commitment=commitment, salt=salt, value=value)
            fresh.append(row)
        hidden[field] = row.commitment
    data = entry_for(kind, obj, key, now, by, hidden, said, disclose.commit(*who) if who else "")
    jurisdiction = key.split("/", 1)[0]
    leaf = leaf_hash(data).hex()
    made = Act(jurisdiction=jurisdiction, kind=kind, on=key, rev=obj.rev + 1, at=now, entry=data, leaf=leaf)
    made.who = who
    return made, fresh


def _write(objects: Sequence[Recorded], prepared: Sequence[Prepared]) -> None:
    """Saves the objects with their new ``rev`` and ``tip``, then the acts. If that fails, the instances stay."""
    before = [(obj.rev, obj.tip, obj._state.adding) for obj in objects]
    for obj, (row, _fresh) in zip(objects, prepared, strict=True):
        obj.rev, obj.tip = row.rev, row.leaf
    acts = [row for row, _fresh in prepared]
    fresh = [value for _row, values in prepared for value in values]
    try:
        stored = [obj for obj, (_rev, _tip, adding) in zip(objects, before, strict=True) if not adding]
        new = [obj for obj, (_rev, _tip, adding) in zip(objects, before, strict=True) if adding]
        if len(new) == 1:
            new[0].save(force_insert=True)
        elif new:
            type(new[0])._base_manager.bulk_create(new, batch_size=500)
        if stored:
            _update(stored)
        if len(acts) == 1:
            acts[0].save(force_insert=True)
        else:
            Act.objects.bulk_create(acts, batch_size=500)
        if fresh:
            Disclosure.objects.bulk_create(fresh, batch_size=500)
        written = acts_of_request.get()
        if written is not None:
            written += acts
    except Exception as error:
        for obj, (rev, tip, adding) in zip(objects, before, strict=True):
            obj.rev, obj.tip, obj._state.adding = rev, tip, adding
        if isinstance(error, IntegrityError) and "on" in str(error) and "rev" in str(error):
            raise ValidationError(CHANGED, code="changed") from error
        raise
    sequence_soon()


def _update(objects: Sequence[Recorded]) -> None:
    """Writes every column of stored objects, each only if it still has the ``rev`` it was read with."""
    model = type(objects[0])
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), model._meta.pk
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    where = f"{quote(str(key.column))} = %s AND {quote('rev')} = %s"
    sql = f"UPDATE {table} SET {columns} WHERE {where}"  # noqa: S608  names of our own columns
    rows = [
        [
            *(field.get_db_prep_save(field.pre_save(obj, False), connection) for field in fields),
            key.get_db_prep_save(obj.pk, connection),
            obj.rev - 1,
        ]
        for obj in objects
    ]
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(sql, rows[0])
        else:
            cursor.executemany(sql, rows)
        if cursor.rowcount != len(rows):
            raise ValidationError(CHANGED, code="changed")


def _related(model: type[Recorded]) -> list[str]:
    """What ``public_rows`` fetches along, as lookups for prefetching."""
    query = model.public_rows()
    lookups: list[Any] = []

    def walk(tree: Any, prefix: str) -> None:
        for name, below in tree.items() if isinstance(tree, dict) else ():
            lookups.append(prefix + name)
            walk(below, f"{prefix}{name}__")

    walk(query.query.select_related, "")
    return [*lookups, *query._prefetch_related_lookups]  # type: ignore[attr-defined]
