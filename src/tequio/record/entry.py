"""The bytes of an act: what stands in the tree, for ever."""

import datetime as dt
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.translation import gettext as _

from tequio.record.core import canon
from tequio.record.models import Recorded
from tequio.record.state import plain

SCHEMA = 1
MAX_ENTRY = 65_535  # bytes: bundles give each entry's length in 16 bits (C2SP tlog-tiles)


@dataclass(frozen=True)
class Actor:
    """Who acts: for which organisation (slug), in which role (key), from which office (words). Never a name."""

    organisation: str = ""
    role: str = ""
    office: str = ""

    def state(self) -> dict[str, str]:
        pairs = {"org": self.organisation, "role": self.role, "office": nfc(self.office)}
        return {key: value for key, value in pairs.items() if value}


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def milliseconds(moment: dt.datetime) -> dt.datetime:
    """A moment at the precision that an entry holds."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def stamp(moment: dt.datetime) -> str:
    """A moment as the record writes it: UTC, milliseconds."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def entry_for(
    kind: str,
    obj: Recorded,
    key: str,
    now: dt.datetime,
    by: Actor,
    hidden: dict[str, str],
    said: dict[str, Any],
    person: str = "",
) -> bytes:
    """The leaf's bytes for the next act on ``obj``; ``person`` is the commitment to whoever acts. Raises
    ``ValidationError`` when they would not fit.

    An object that leaves the public's sight has no ``state`` in the act that tells so.
    """
    entry: dict[str, Any] = {
        "v": SCHEMA,
        "kind": kind,
        "at": stamp(now),
        "on": key,
        "rev": obj.rev + 1,
        "by": by.state() | ({"person": person} if person else {}),
    }
    if obj.is_public():
        entry["state"] = obj.public_state()
    elif not obj.rev:
        raise RuntimeError(f"{key} is private: it has no acts until it is public")
    if obj.tip:
        entry["prev"] = obj.tip
    if hidden:
        entry["hid"] = hidden
    entry |= {name: plain(value) for name, value in said.items() if plain(value) is not None}
    data = canon.encode(entry)
    if len(data) > MAX_ENTRY:
        raise ValidationError(
            _(
                "«%(what)s» es demasiado largo para un solo acto (%(size)s de %(max)s bytes). "
                "Acorta «%(field)s» o pásalo a un documento."
            )
            % {"what": str(obj)[:80], "size": len(data), "max": MAX_ENTRY, "field": _longest(obj, entry)}
        )
    return data


def _longest(obj: Recorded, entry: dict[str, Any]) -> str:
    """The name of the part that takes most room, as forms call it."""
    state = entry.get("state", {})
    sizes = {name: len(canon.encode(value)) for name, value in state.items()}
    name = max(sizes, key=sizes.__getitem__, default="why")
    try:
        return str(obj._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except (FieldDoesNotExist, AttributeError):
        return name


def said_in(entry: bytes) -> dict[str, Any] | None:
    """What an entry says, or None where it is no act. Its hash tells whether these are the bytes that were written."""
    try:
        said = canon.decode(entry)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        return None
    kind, on, at, rev = said.get("kind"), said.get("on"), said.get("at"), said.get("rev")
    if not (isinstance(kind, str) and isinstance(on, str) and isinstance(at, str) and isinstance(rev, int)):
        return None
    hidden, erased = said.get("hid", {}), said.get("erased", [])
    if not isinstance(hidden, dict) or not all(isinstance(value, str) for value in hidden.values()):
        return None
    erasures = isinstance(erased, list) and all(
        isinstance(one, dict) and isinstance(one.get("commitment"), str) for one in erased
    )
    return said if erasures else None
