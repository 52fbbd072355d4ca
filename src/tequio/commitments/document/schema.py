"""The JSON Schema (draft 2020-12) of the plan document, made from the same tables that ``check`` reads."""

from typing import Any

from tequio.commitments.document import fields, labels
from tequio.vocabularies import terms

Schema = dict[str, Any]
TEXT: Schema = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"es": {"type": "string"}, "en": {"type": "string"}},
            "additionalProperties": False,
        },
    ]
}
DATE: Schema = {"type": "string", "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"}
DECIMAL: Schema = {"type": ["string", "number"]}
ORGANISATION: Schema = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string", "maxLength": 250}, "note": TEXT}
            | {key: {"type": "string"} for key in sorted(fields.ORGANISATION - {"name", "note"})},
            "additionalProperties": False,
        },
    ]
}


def _field(kind: str) -> Schema:
    name, _colon, parameter = kind.partition(":")
    simple: dict[str, Schema] = {
        "int": {"type": "integer", "minimum": 0},
        "bool": {"type": "boolean"},
        "text": TEXT,
        "date": DATE,
        "day": {"type": "string", "format": "date"},
        "decimal": DECIMAL,
        "org": ORGANISATION,
        "role": {"type": "object", "required": ["kind"]},
        "object": {"type": "object"},
        "url": {"type": "string", "format": "uri"},
        "slug": {"type": "string", "pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$"},
        "preset": {"enum": list(fields.PRESETS)},
    }
    if name == "str":
        return {"type": "string", **({"maxLength": int(parameter)} if parameter else {})}
    if name == "choice":
        return {"enum": terms.keys(parameter)}
    if name == "choices":
        return {"type": "array", "items": {"enum": terms.keys(parameter)}}
    lists: dict[str, Schema] = {
        "texts": TEXT,
        "strs": TEXT,
        "days": {"type": "string", "format": "date"},
        "orgs": ORGANISATION,
        "means": {"anyOf": [{"enum": terms.keys("evidence_type")}, {"type": "object", "required": ["type"]}]},
        "values": {"anyOf": [{"type": "string"}, {"type": "object", "required": ["key"]}]},
        "sdg": {"anyOf": [{"enum": terms.keys("sdg_target")}, {"type": "object", "required": ["code"]}]},
        "measures": {"type": "object", "required": ["period", "value"]},
    }
    if name in simple:
        return simple[name]
    return {"type": "array", "items": lists.get(name, {"type": "object"})}


def _object(table: dict[str, str], names: dict[str, Any], required: list[str], parts: Schema | None = None) -> Schema:
    properties = {key: {"title": str(names[key]), **_field(kind)} for key, kind in table.items()}
    for key, value in (parts or {}).items():
        properties[key] = {"title": str(names[key]), "type": "array", "items": value}
    return {"type": "object", "required": required, "properties": properties}


def schema() -> Schema:
    """The schema of a plan in our own writing. The writing of OGP's public pages is taken as well (``docs/plan-document.md``)."""
    parts = {
        part: _object(table, labels.PARTS[part][0], ["title"] if part in ("activities", "evidence") else [])
        for part, table in fields.PARTS.items()
    }
    commitment = _object(fields.COMMITMENT, labels.COMMITMENT, ["code"], parts)
    plan = _object(fields.PLAN, labels.PLAN, ["number", "title"], {"commitments": commitment})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Tequio plan", **plan}
