"""What changed between two versions of a commitment, field by field, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.commitments.document import fields, labels
from tequio.common.dates import in_words
from tequio.common.difference import Piece, compare
from tequio.common.i18n import best
from tequio.vocabularies import terms

Doc = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """A field that differs: ``path`` in words, the text before and after, and the two as one run of pieces."""

    path: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        return compare(self.before, self.after)


def promise_of(doc: Doc) -> Doc:
    """A commitment's document without what is recorded on pages of its own as time goes by, and is no part of what was
    promised: its evidence, and the measured values of its indicators."""
    kept = {key: value for key, value in doc.items() if key != "evidence"}
    if kept.get("indicators"):
        kept["indicators"] = [
            {key: value for key, value in item.items() if key != "values"} for item in kept["indicators"]
        ]
    return kept


def difference(old: Doc, new: Doc) -> list[Change]:
    """The changes of what is promised from ``old`` to ``new`` (commitments in the form of the plan document), in reading
    order."""
    old, new = promise_of(old), promise_of(new)
    changes: list[Change] = []
    _compare_fields(old, new, fields.COMMITMENT, labels.COMMITMENT, (), changes)
    for part, table in fields.PARTS.items():
        names, noun = labels.PARTS[part]
        before, after = _by_number(old.get(part, [])), _by_number(new.get(part, []))
        for key in dict.fromkeys([*before, *after]):
            path = (f"{noun} {list(dict.fromkeys([*before, *after])).index(key) + 1}",)
            if key not in after:
                changes.append(Change(path[0], _name_of(before[key]), _("(se quita)")))
            elif key not in before:
                changes.append(Change(path[0], _("(nueva)"), _name_of(after[key])))
            else:
                _compare_fields(before[key], after[key], table, names, path, changes)
    return changes


def differing_fields(kind: str, old: Doc, new: Doc) -> list[Change]:
    """The fields that differ between two versions of one thing: ``plan``, ``commitment`` or one of its parts."""
    tables = {"plan": (fields.PLAN, labels.PLAN), "commitment": (fields.COMMITMENT, labels.COMMITMENT)}
    table, names = tables.get(kind) or (fields.PARTS[kind], labels.PARTS[kind][0])
    changes: list[Change] = []
    _compare_fields(old, new, table, names, (), changes)
    return changes


def _by_number(items: list[Doc]) -> dict[Any, Doc]:
    return {item.get("number") or f"new-{n}": item for n, item in enumerate(items)}


def _name_of(item: Doc) -> str:
    return best(item.get("title") or item.get("name") or item.get("note") or item.get("source") or "")[0]


def _compare_fields(
    old: Doc, new: Doc, table: dict[str, str], names: dict[str, Any], path: tuple[str, ...], changes: list[Change]
) -> None:
    for key, kind in table.items():
        if kind == "list" or old.get(key) == new.get(key):
            continue
        languages = ("es", "en") if kind.partition(":")[0] == "text" and isinstance(old.get(key, {}), dict) else (None,)
        for language in languages:
            before = _words((old.get(key) or {}).get(language) if language else old.get(key), kind)
            after = _words((new.get(key) or {}).get(language) if language else new.get(key), kind)
            if before != after:
                note = "" if language in (None, get_language() or "es", "es") else f" ({language})"
                changes.append(Change(" › ".join((*path, f"{names[key]}{note}")), before, after))


def _words(value: Any, kind: str) -> str:
    if value in (None, "", [], {}):
        return ""
    name, _colon, parameter = kind.partition(":")
    if name in ("date", "day"):
        return in_words(value)
    if name == "choice":
        return terms.label(parameter, value)
    if name == "choices":
        return ", ".join(terms.label(parameter, item) for item in value)
    if name == "bool":
        return _("Sí") if value else _("No")
    if isinstance(value, list):
        return "; ".join(_plain(item) for item in value)
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("Sí") if value else _("No")
    if isinstance(value, list):
        return "; ".join(_plain(item) for item in value)
    if isinstance(value, dict):
        if "rules" in value or "metric" in value:  # a manual, and one of its rules
            return _plain(value.get("rules") or value["metric"])
        if set(value) <= {"es", "en"}:
            return best(value)[0]
        if "name" in value and isinstance(value["name"], str):
            return value["name"]
        if "bands" in value:
            return "; ".join(_band(band) for band in value["bands"])
        if "preset" in value:
            return terms.label("threshold_preset", value["preset"])
        if "code" in value and value["code"] in terms.keys("sdg_target"):
            return ": ".join(part for part in (value["code"], best(value.get("reason", ""))[0]) if part)
        if "key" in value:
            return ": ".join(
                part for part in (terms.label("ogp_value", value["key"]), best(value.get("reason", ""))[0]) if part
            )
        if "type" in value:
            return terms.label("evidence_type", value["type"])
        return ", ".join(_plain(item) for item in value.values() if item)
    return str(value)


def _band(band: Doc) -> str:
    """A band of thresholds: "Cerca de la meta 60–90 %"."""
    edges = "–".join(str(band.get(name) or "…") for name in ("from", "to"))
    return f"{terms.label('attainment', band.get('light', ''))} {edges} %"
