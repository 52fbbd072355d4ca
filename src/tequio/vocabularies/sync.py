"""Brings the table of terms in line with the list files.

Terms that left a file stay, retired, for old records. A term that this installation's administrator changed
(``changed_here``) keeps its labels.
"""

import json
from pathlib import Path
from typing import Any

from django.utils import timezone

FOLDER = Path(__file__).parent / "lists"
SHIPPED = ("label_es", "label_en", "group", "order", "basis", "aliases", "details")


def terms_in_files() -> list[dict[str, Any]]:
    """Every term of every list file as column values."""
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        for order, row in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            found.append(
                {
                    "scheme": path.stem,
                    "key": row["key"],
                    "label_es": row["es"],
                    "label_en": row["en"],
                    "group": row.get("group", ""),
                    "order": order,
                    "basis": row.get("basis", "P"),
                    "aliases": row.get("aliases", []),
                    "details": row.get("details", {}),
                }
            )
    return found


def sync(model: Any) -> int:
    """Writes all terms to ``model`` (the real one or a migration's, which may lack later columns).

    Returns how many terms the files have. Running it again changes nothing.
    """
    columns = {field.name for field in model._meta.get_fields()}
    guarded = "changed_here" in columns
    kept = set(model.objects.filter(changed_here=True).values_list("scheme", "key")) if guarded else set()
    wanted = terms_in_files()
    rows = [
        model(**{name: value for name, value in row.items() if name in columns})
        for row in wanted
        if (row["scheme"], row["key"]) not in kept
    ]
    model.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["scheme", "key"],
        update_fields=[name for name in SHIPPED if name in columns],
        batch_size=200,
    )
    known = {(row["scheme"], row["key"]) for row in wanted}
    gone = [term.pk for term in model.objects.filter(valid_to=None) if (term.scheme, term.key) not in known]
    if guarded and gone:  # what an administrator added is theirs, not this release's to retire
        model.objects.filter(pk__in=gone, changed_here=False).update(valid_to=timezone.localdate())
    return len(wanted)
