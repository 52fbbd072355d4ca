"""Brings what people and sources write into the one form of the plan document.

Two writings are taken: our own (which this gives back unchanged) and that of the plans gathered from OGP's public pages
(``title_es``/``title_en``, ``period``, ``completion`` …). What a source does not say stays away; nothing is filled in.
"""

import copy
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from tequio.vocabularies import terms

Doc = dict[str, Any]

TEXTS = {
    "plan": {
        "title_origin",
        "title",
        "approved_note",
        "summary",
        "vision",
        "achievements",
        "challenges",
        "plan_contribution",
        "administration_alignment",
    },
    "commitment": {
        *(
            "title_origin",
            "title",
            "problem",
            "causes",
            "status_quo",
            "action",
            "contribution",
            "early_results",
            "unfunded_reason",
        ),
        "funding_words",
    },
    "activity": {"source_note", "title", "description", "expected_output", "indicator_words"},
    "indicator": {
        *("name", "definition", "method", "baseline_note", "no_baseline_reason", "assumptions", "remarks"),
    },
    "money": {"note"},
    "evidence": {"title", "note"},
}
# Where a level says two things at once: "limited_to_substantial".
RANGE = re.compile(r"^([a-z_]+?)_to_([a-z_]+)$")
CODE = re.compile(r"[^a-z0-9]+")


def empty(value: Any) -> bool:
    """Whether a value says nothing."""
    return value is None or value == "" or value == [] or value == {}


def text(value: Any) -> Any:
    """``{es, en}`` from a text in either writing; anything else is left for ``check`` to complain of."""
    if isinstance(value, str):
        return {"es": value.strip()} if value.strip() else {}
    if isinstance(value, dict) and set(value) <= {"es", "en"}:
        found = {key: item.strip() if isinstance(item, str) else item for key, item in value.items()}
        return {key: item for key, item in found.items() if not empty(item)}
    return value


def versions_of(value: Any) -> dict[str, str]:
    """The non-empty versions of a text; nothing for what is no text."""
    return {key: item for key, item in value.items() if item} if isinstance(value, dict) else {}


def texts(values: Any) -> Any:
    """A list of texts."""
    return [text(value) for value in values] if isinstance(values, list) else values


def _rename(raw: Doc, names: dict[str, str]) -> Doc:
    return {names.get(key, key): value for key, value in raw.items()}


def _title(doc: Doc) -> None:
    spanish, english = doc.pop("title_es", None), doc.pop("title_en", None)
    if "title" not in doc and (spanish or english):
        doc["title"] = {key: value for key, value in (("es", spanish), ("en", english)) if value}
    if "title_es_origin" in doc:
        doc["title_origin"] = doc.pop("title_es_origin")


def _clean(doc: Doc, kind: str) -> Doc:
    for name in TEXTS[kind] & set(doc):
        doc[name] = text(doc[name])
    if "flags" in doc:
        doc["flags"] = texts(doc["flags"])
    return {key: value for key, value in doc.items() if not empty(value)}


def organisation(value: Any) -> Any:
    """``{"name", "slug", "sector", "note", "words"}`` from a name or a source's object."""
    if isinstance(value, str):
        return {"name": value.strip()}
    if isinstance(value, dict):
        found = {key: item for key, item in value.items() if key == "name" or not empty(item)}
        if isinstance(found.get("sector"), str):
            found["sector"] = terms.resolve("sector", found["sector"]) or found["sector"]
        if "note" in found:
            found["note"] = text(found["note"])
        return found
    return value


def organisations(values: Any) -> Any:
    """A list of organisations."""
    return [organisation(value) for value in values] if isinstance(values, list) else values


def normalise(raw: Any) -> Any:
    """A plan in the one form. What is not an object comes back as it is."""
    if not isinstance(raw, dict):
        return raw
    doc = _rename(copy.deepcopy(raw), {"id": "slug", "source_urls": "sources"})
    _title(doc)
    period = doc.pop("period", None)
    if isinstance(period, dict):
        names = {
            "submitted_to_ogp": "submitted_on",
            "approved": "approved_on",
            "alternative_title_raw": "alternative_title",
        }
        doc = {**_rename(period, names), **doc}
    elif not empty(period):
        doc["period"] = period
    term = doc.pop("term", None)
    if isinstance(term, dict):
        doc |= {f"term_{key}": value for key, value in term.items()}
    for name in ("institutions", "organisations"):
        if name in doc:
            doc[name] = organisations(doc[name])
    if isinstance(doc.get("documents"), list):
        doc["documents"] = [
            {**item, "title": text(item.get("title"))} if isinstance(item, dict) else item for item in doc["documents"]
        ]
    if "goals" in doc:
        doc["goals"] = texts(doc["goals"])
    if isinstance(doc.get("commitments"), list):
        doc["commitments"] = [commitment(item) for item in doc["commitments"]]
    return _clean(doc, "plan")


def commitment(raw: Any) -> Any:
    """A commitment in the one form."""
    if not isinstance(raw, dict):
        return raw
    names = {
        "lead_institution": "lead",
        "supporting_institutions": "supporting",
        "how_contributes": "contribution",
        "activity_count_per_source": "activity_count",
        "source_urls": "sources",
        "ogp_values": "values",
    }
    doc = _rename(raw, names)
    _title(doc)
    if not doc.get("code") and isinstance(doc.get("ogp_id"), str):
        doc["code"] = CODE.sub("-", doc["ogp_id"].lower()).strip("-")
    for name in ("lead",):
        if not empty(doc.get(name)):
            doc[name] = organisation(doc[name])
    for name in ("supporting",):
        if name in doc:
            doc[name] = organisations(doc[name])
    _values(doc)
    _policy(doc)
    if "target_groups" in doc:
        doc["target_groups"] = texts(doc["target_groups"])
    if isinstance(doc.get("sdg_targets"), list):
        doc["sdg_targets"] = [
            {"code": item, "role": "secondary" if n else "main"} if isinstance(item, str) else item
            for n, item in enumerate(doc["sdg_targets"])
        ]
    funding = doc.pop("funding", None)
    if not empty(funding):
        doc["funding_words"] = funding
    _assessments(doc)
    for name, part in (("activities", activity), ("indicators", indicator), ("money", money), ("evidence", evidence)):
        if isinstance(doc.get(name), list):
            doc[name] = [part(item) for item in doc[name]]
    return _clean(doc, "commitment")


def _values(doc: Doc) -> None:
    if not isinstance(doc.get("values"), list):
        return
    found = []
    for item in doc["values"]:
        item = {"key": item} if isinstance(item, str) else dict(item) if isinstance(item, dict) else item
        if isinstance(item, dict) and isinstance(item.get("key"), str):
            item["key"] = terms.resolve("ogp_value", item["key"]) or item["key"]
            if "reason" in item:
                item["reason"] = text(item["reason"])
        found.append(item)
    doc["values"] = found


def _policy(doc: Doc) -> None:
    words = doc.pop("policy_area", None)
    if isinstance(words, str) and words:
        doc["policy_words"] = words
        keys = [terms.resolve("policy_area", part) for part in words.split(";")]
        doc["policy_areas"] = list(dict.fromkeys([*doc.get("policy_areas", []), *(key for key in keys if key)]))


def _assessments(doc: Doc) -> None:
    completion = doc.pop("completion", None)
    if not isinstance(completion, dict):
        if not empty(completion):
            doc["completion"] = completion
        return
    found = {key: value for key, value in completion.items() if not empty(value)}
    level = found.pop("level", None)
    low = high = level
    if isinstance(level, str) and (match := RANGE.match(level)):
        low, high = match.groups()
    names = {"level_raw": "words", "did_it_open_government": "opened", "potential_impact": "potential"}
    entry = {**_rename(found, names), "low": low, "high": high}
    if "note" in entry:
        entry["note"] = text(entry["note"])
    if isinstance(entry.get("verifiable"), bool):
        entry["verifiable"] = "yes" if entry["verifiable"] else "no"
    doc["assessments"] = [*doc.get("assessments", []), {k: v for k, v in entry.items() if not empty(v)}]


def activity(raw: Any) -> Any:
    """An activity in the one form."""
    if not isinstance(raw, dict):
        return raw
    doc = _rename(raw, {"end": "due", "end_raw": "due_raw", "status": "source_status", "note": "source_note"})
    _title(doc)
    if isinstance(doc.get("responsible"), str):
        doc["responsible_words"] = doc.pop("responsible")
    if "indicator" in doc and not isinstance(doc["indicator"], int):
        doc["indicator_words"] = doc.pop("indicator")
    if isinstance(doc.get("means_of_verification"), list):
        doc["means_of_verification"] = [
            {"type": item} if isinstance(item, str) else item for item in doc["means_of_verification"]
        ]
    if not empty(doc.get("lead")):
        doc["lead"] = organisation(doc["lead"])
    if "supporting" in doc:
        doc["supporting"] = organisations(doc["supporting"])
    if "weight" in doc:
        doc["weight"] = decimal(doc["weight"])
    return _clean(doc, "activity")


def indicator(raw: Any) -> Any:
    """An indicator in the one form."""
    if not isinstance(raw, dict):
        return raw
    doc = dict(raw)
    if not empty(doc.get("responsible_unit")):
        doc["responsible_unit"] = organisation(doc["responsible_unit"])
    if "baseline_value" in doc:
        doc["baseline_value"] = decimal(doc["baseline_value"])
    for name in ("targets", "values"):
        if isinstance(doc.get(name), list):
            doc[name] = [
                {**item, "value": decimal(item.get("value")), "period": str(item.get("period", ""))}
                if isinstance(item, dict)
                else item
                for item in doc[name]
            ]
    return _clean(doc, "indicator")


def money(raw: Any) -> Any:
    """A line of resources in the one form."""
    if not isinstance(raw, dict):
        return raw
    doc = dict(raw)
    for name in ("earmarked", "released", "spent"):
        if name in doc:
            doc[name] = decimal(doc[name])
    return _clean(doc, "money")


def evidence(raw: Any) -> Any:
    """A piece of evidence in the one form."""
    if not isinstance(raw, dict):
        return raw
    doc = dict(raw)
    if isinstance(doc.get("kind"), str):
        doc["kind"] = terms.resolve("evidence_type", doc["kind"]) or doc["kind"]
    return _clean(doc, "evidence")


def decimal(value: Any) -> Any:
    """A number as text, for none is to be rounded: without thousands separators and without zeros at its end."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        value = repr(value)
    if not isinstance(value, str):
        return value
    bare = value.strip().replace(",", "").replace("\u00a0", "")
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return bare
    # A number that no column holds stays as it was written, for check to complain of.
    return format(number.normalize(), "f") if number.is_finite() and abs(number.adjusted()) < 20 else bare
