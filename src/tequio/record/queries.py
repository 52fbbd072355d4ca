"""What the record's pages show. Every question names a jurisdiction: no page shows another one's acts."""

import base64
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from tequio.common.difference import Piece, compare
from tequio.common.i18n import best
from tequio.common.moment import remembered
from tequio.record import actors, kinds, subjects, tree
from tequio.record.core import canon
from tequio.record.core.proof import Proof
from tequio.record.models import Act, Checkpoint, Disclosure, Recorded
from tequio.record.publish import newest

# What an after-image calls its object, best first.
NAMES = ("title", "name", "alternative_title", "ogp_id", "code", "slug")


@dataclass(frozen=True)
class Told:
    """An act as its entry tells it. ``number`` is its place in the tree; ``sealed`` whether a checkpoint covers it."""

    act: Act
    number: int
    sealed: bool
    organisation: Any = ""

    @cached_property
    def entry(self) -> dict[str, Any]:
        return canon.decode(bytes(self.act.entry))

    @property
    def words(self) -> str:
        return kinds.words(self.act.kind)

    @property
    def subject(self) -> str:
        return self.act.on.split("/", 2)[1]

    @property
    def name(self) -> str:
        """The last part of the object's key, for addresses below the jurisdiction."""
        return self.act.on.split("/", 1)[1]

    @property
    def sort(self) -> str:
        return subjects.label(self.subject)

    @property
    def own_name(self) -> Any:
        """What the object is called in the after-image, a text in one or two languages; None where it has only a number."""
        state = self.entry.get("state", {})
        found = next((state[key] for key in NAMES if state.get(key)), None)
        return found if found is None or isinstance(found, dict) else str(found)

    @property
    def title(self) -> Any:
        """The object's own name, else its sort and the last part of its key ("Opinión 2")."""
        return self.own_name or f"{self.sort} {self.act.on.rsplit('/', 1)[1]}"

    @property
    def who(self) -> Any:
        """The office, else the organisation, else the kind of role; a text in one or two languages."""
        by = self.entry.get("by", {})
        if by.get("role") == "system":
            return _("El sistema")
        return by.get("office") or self.organisation or by.get("org") or actors.role(by.get("role", ""))

    @property
    def done(self) -> dt.date | None:
        return dt.date.fromisoformat(self.entry["done"]) if "done" in self.entry else None


@dataclass(frozen=True)
class Change:
    """A column of the after-image: its word, what it says as lines of text, and how it differs from the act before."""

    label: str
    lines: list[tuple[str, str]]
    pieces: list[Piece]
    same: bool
    gone: bool = False


@dataclass(frozen=True)
class Hidden:
    """A personal value that an act commits to. ``value`` is empty once it was erased."""

    label: str
    value: str
    erased: dt.datetime | None
    commitment: str


def numbered(jurisdiction: str) -> QuerySet[Act]:
    """The acts of a jurisdiction that have their number, newest first, with number and whether they are sealed."""
    sealed = Exists(Checkpoint.objects.filter(size__gt=OuterRef("numbered__position")))
    return (
        Act.objects.filter(jurisdiction=jurisdiction, numbered__isnull=False)
        .annotate(number=F("numbered__position"), sealed=sealed)
        .order_by("-id")
    )


def acts(jurisdiction: str, *, kind: str = "", subject: str = "", on: str = "") -> QuerySet[Act]:
    """The acts of a jurisdiction, of one kind, about one sort of object or about one object."""
    rows = numbered(jurisdiction)
    if kind:
        rows = rows.filter(kind=kind)
    if subject:
        rows = rows.filter(on__startswith=f"{jurisdiction}/{subject}/")
    if on:
        rows = rows.filter(on=on).order_by("-rev")
    return rows


def tell(rows: Iterable[Any]) -> list[Told]:
    """Acts of one jurisdiction, from ``numbered``, as its pages show them. The names of organisations cost one query."""
    found = [Told(act, act.number, bool(act.sealed)) for act in rows]
    keys = {told.entry["by"]["org"] for told in found if _is_told_by_organisation(told)}
    names = actors.organisations(found[0].act.jurisdiction, keys) if keys else {}
    return [replace(told, organisation=names.get(told.entry.get("by", {}).get("org"), "")) for told in found]


def _is_told_by_organisation(told: Told) -> bool:
    by = told.entry.get("by", {})
    return bool(by.get("org")) and not by.get("office")


def told(act: Any) -> Told:
    """An act from ``numbered`` as its pages show it."""
    return tell([act])[0]


@remembered
def act_at(jurisdiction: str, number: int) -> Told | None:
    """The act with a number, if it is one of this jurisdiction."""
    row = numbered(jurisdiction).filter(numbered__position=number).first()
    return told(row) if row else None


def around(found: Told) -> tuple[Told | None, Told | None]:
    """The acts on the same object before and after this one."""
    return _around(found.act.jurisdiction, found.act.on, found.act.rev)


@remembered
def _around(jurisdiction: str, on: str, rev: int) -> tuple[Told | None, Told | None]:
    by_rev = {one.act.rev: one for one in tell(numbered(jurisdiction).filter(on=on, rev__in=(rev - 1, rev + 1)))}
    return by_rev.get(rev - 1), by_rev.get(rev + 1)


def changes(found: Told, before: Told | None) -> list[Change]:
    """Each column of the after-image beside what the act before said; columns that vanished come last."""
    now, then = found.entry.get("state", {}), before.entry.get("state", {}) if before else {}
    rows = []
    for name in [*now, *(name for name in then if name not in now)]:
        label = subjects.field_label(found.subject, name)
        lines, old = in_lines(now.get(name)), in_lines(then.get(name))
        pieces = compare(_joined(old), _joined(lines)) if before and lines != old else []
        rows.append(Change(label, lines, pieces, same=lines == old, gone=name not in now))
    return rows


def _joined(lines: list[tuple[str, str]]) -> str:
    return "\n".join(text for _language, text in lines)


def in_lines(value: Any) -> list[tuple[str, str]]:
    """A value of an after-image as lines of text, each with its language where that is known."""
    if value is None:
        return []
    if isinstance(value, bool):
        return [("", _("sí") if value else _("no"))]
    if isinstance(value, dict) and value and value.keys() <= {"es", "en"}:
        return [(key, str(value[key])) for key in ("es", "en") if key in value]
    if isinstance(value, dict):
        return [(lang, f"{key}: {text}") for key, inner in value.items() for lang, text in in_lines(inner)]
    if isinstance(value, list):
        return [("", " · ".join(text for _lang, text in in_lines(item))) for item in value]
    return [("", str(value))]


def hidden(found: Told) -> list[Hidden]:
    """The personal values that the act commits to, erased ones as erased."""
    said = found.entry.get("hid", {})
    if not said:
        return []
    rows = Disclosure.objects.filter(on=found.act.on, commitment__in=said.values())
    known = {row.commitment: row for row in rows}
    return [
        Hidden(
            subjects.field_label(found.subject, name),
            known[commitment].value if commitment in known else "",
            known[commitment].erased if commitment in known else None,
            commitment,
        )
        for name, commitment in said.items()
    ]


def proof(found: Told) -> Proof | None:
    """The act's stand-alone proof, with what is needed to check the personal values that are still public."""
    made = tree.proof(found.number)
    said = found.entry.get("hid", {})
    if made is None or not said:
        return made
    rows = Disclosure.objects.filter(on=found.act.on, commitment__in=said.values(), erased=None)
    shown = {row.field: {"salt": base64.b64encode(bytes(row.salt or b"")).decode(), "value": row.value} for row in rows}
    return Proof(made.index, made.path, made.checkpoint, canon.encode(shown) if shown else b"")


def last_act(obj: Recorded) -> Told | None:
    """The act that stands behind an object as it is now, in one query; None for a private one or before numbering."""
    if not obj.rev:
        return None
    key = obj.subject_key()
    row = numbered(key.split("/", 1)[0]).filter(on=key, rev=obj.rev).first()
    return told(row) if row else None


def seal() -> Checkpoint | None:
    """The newest seal of the whole record."""
    return newest()


def title_words(found: Told) -> str:
    """The object's name as plain words in the reader's language."""
    return best(found.title)[0]
