"""Whether two documents say the same plan: what the loader adds by itself is left out."""

from typing import Any

from tequio.commitments.document.holders import WORDS
from tequio.commitments.document.normal import normalise

Doc = dict[str, Any]
# Other installations number their roles otherwise; the words beside them say the same.
NUMBERS = {"number", *WORDS}


def comparable(doc: Doc) -> Doc:
    """A document without what the loader adds by itself (numbers, first dates), to compare two."""
    kept = {key: value for key, value in normalise(doc).items() if key not in ("organisations", "slug")}
    kept["institutions"] = [_org_words(item) for item in kept.get("institutions", [])]
    kept["commitments"] = [_comparable_commitment(item) for item in kept.get("commitments", [])]
    return kept


def _org_words(item: Doc) -> str:
    return item.get("words") or item["name"]


def _comparable_commitment(doc: Doc) -> Doc:
    kept = {key: value for key, value in doc.items() if key not in NUMBERS}
    for name in ("supporting",):
        kept[name] = [(_org_words(item), item.get("note", {})) for item in kept.get(name, [])]
    if "lead" in kept:
        kept["lead"] = (_org_words(kept["lead"]), kept["lead"].get("note", {}))
    for part in ("activities", "indicators", "money", "evidence"):
        items = []
        for item in kept.get(part, []):
            item = {key: value for key, value in item.items() if key not in NUMBERS | {"original_due"}}
            for name in ("lead", "responsible_unit"):
                if name in item:
                    item[name] = _org_words(item[name])
            if "supporting" in item:
                item["supporting"] = sorted(_org_words(o) for o in item["supporting"])
            items.append(item)
        kept[part] = items
    return kept
