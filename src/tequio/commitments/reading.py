"""A commitment as a stored document tells it, field by field in words: how an old version is read."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tequio.commitments.document import fields, labels
from tequio.common.charts import figure
from tequio.common.dates import in_words
from tequio.common.i18n import best, versions
from tequio.vocabularies import terms

Doc = dict[str, Any]
# What a reader of the story does not need twice, or what is only for machines.
LEFT_OUT = {
    "code",
    "number",
    "title",
    "title_origin",
    "flags",
    "sources",
    "head_role",
    "liaison_role",
    "responsible_role",
}


@dataclass(frozen=True)
class Field:
    """A field in words: a line, a list of lines, or a text in two languages (``prose``)."""

    label: Any
    words: str = ""
    lines: tuple[str, ...] = ()
    prose: Any = None


@dataclass(frozen=True)
class Part:
    """An activity, indicator, line of money or piece of evidence of the document."""

    title: Any
    fields: list[Field]


def own_fields(document: Doc) -> list[Field]:
    """The commitment's own fields that say something, in reading order."""
    return _fields(document, fields.COMMITMENT, labels.COMMITMENT)


def parts(document: Doc) -> list[tuple[Any, list[Part]]]:
    """Activities, indicators, money and evidence of the document, each kind under its name."""
    found = []
    for name, table in fields.PARTS.items():
        words, _noun = labels.PARTS[name]
        rows = [
            Part(item.get("title") or item.get("name") or item.get("source") or "", _fields(item, table, words))
            for item in document.get(name, [])
        ]
        if rows:
            found.append((labels.COMMITMENT[name], rows))
    return found


def _fields(doc: Doc, table: dict[str, str], words: dict[str, Any]) -> list[Field]:
    found = []
    for name, kind in table.items():
        value = doc.get(name)
        if name in LEFT_OUT or kind == "list" or value in (None, "", [], {}):
            continue
        found.append(_field(words[name], value, kind))
    return found


def _field(label: Any, value: Any, kind: str) -> Field:
    name, _colon, parameter = kind.partition(":")
    if name == "text" and isinstance(value, dict):
        return Field(label, prose=versions(value))
    if name in ("date", "day"):
        return Field(label, in_words(value))
    if name == "choice":
        return Field(label, terms.label(parameter, value))
    if name == "choices":
        return Field(label, lines=tuple(terms.label(parameter, key) for key in value))
    if name == "bool":
        return Field(label, _("Sí") if value else _("No"))
    if isinstance(value, list):
        return Field(label, lines=tuple(line for item in value if (line := said(item))))
    return Field(label, said(value))


def said(value: Any) -> str:
    """Anything of a document in one line of words."""
    if isinstance(value, list):
        return ", ".join(words for item in value if (words := said(item)))
    if not isinstance(value, dict):
        return "" if value is None else str(value)
    if set(value) <= {"es", "en"}:
        return best(value)[0]
    if isinstance(value.get("name"), str):
        return _joined(value["name"], value.get("words"), value.get("note"))
    if "period" in value and "value" in value:
        return _joined(f"{in_words(value['period'])}: {figure(value['value'])}", value.get("note"))
    if "low" in value or "high" in value:
        levels = dict.fromkeys(value[name] for name in ("low", "high") if value.get(name))
        return _joined(
            " – ".join(terms.label("completion", key) for key in levels), value.get("words"), value.get("by")
        )
    for scheme, name in (("ogp_value", "key"), ("evidence_type", "type"), ("sdg_target", "code")):
        if value.get(name) in terms.keys(scheme):
            rest = said(value.get("reason") or value.get("words"))
            return f"{terms.label(scheme, value[name])}: {rest}" if rest else terms.label(scheme, value[name])
    return _joined(*value.values())


def _joined(first: Any, *others: Any) -> str:
    """Several things said in one line, each once."""
    return " · ".join(dict.fromkeys(words for item in (first, *others) if (words := said(item))))
