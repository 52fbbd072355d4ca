"""Brings the table of terms in line with the list files. Terms that left a file stay, retired, for old records."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lists"


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
                }
            )
    return found


def sync(model: Any) -> int:
    """Writes all terms to ``model`` (the real one or a migration's) and returns how many there are."""
    rows = [model(**columns) for columns in terms_in_files()]
    model.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["scheme", "key"],
        update_fields=["label_es", "label_en", "group", "order", "basis", "aliases"],
        batch_size=200,
    )
    return len(rows)
