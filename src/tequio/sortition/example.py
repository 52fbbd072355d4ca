"""The worked example of the formula page: seven people, three places, computed by the formula itself."""

import hashlib
import json
from typing import Any

from tequio.sortition import sorteo

ROOT = hashlib.sha256(b"ejemplo").hexdigest()
SEED = hashlib.sha256(b"semilla de ejemplo 16").hexdigest()
PEOPLE = [
    {"edad": "joven"},
    {"edad": "mayor", "zona": "centro"},
    {"edad": "mayor", "zona": "rancho"},
    {"edad": "joven", "zona": "centro"},
    {"zona": "centro"},
    {"edad": "mayor", "zona": "centro"},
    {"edad": "joven", "zona": "rancho"},
]
FILE: dict[str, Any] = {
    "formula": sorteo.FORMULA,
    "call": "ejemplo/call/1",
    "places": 3,
    "alternates": 2,
    "quotas": [
        {"dimension": "edad", "category": "joven", "places": 1},
        {"dimension": "edad", "category": "mayor", "places": 1},
        {"dimension": "zona", "category": "rancho", "places": 1},
    ],
    "volunteers": [{"number": number, **answers} for number, answers in enumerate(PEOPLE, 1)],
}


def worked() -> dict[str, Any]:
    """The example with its turns in order and what became of each person."""
    raw = json.dumps(FILE, ensure_ascii=True, sort_keys=True, indent=0) + "\n"
    fingerprint = hashlib.sha256(raw.encode()).hexdigest()
    key = sorteo.key_of(FILE["call"], SEED, ROOT, fingerprint)
    members, alternates = sorteo.draw(FILE, key)
    rows = sorted(
        (
            {
                "number": row["number"],
                "age": row.get("edad", ""),
                "zone": row.get("zona", ""),
                "turn": sorteo.ticket(key, row["number"])[:8],
                "is_member": row["number"] in members,
                "is_alternate": row["number"] in alternates,
            }
            for row in FILE["volunteers"]
        ),
        key=lambda row: row["turn"],
    )
    return {
        "file": raw,
        "fingerprint": fingerprint,
        "seed": SEED,
        "commitment": hashlib.sha256(SEED.encode()).hexdigest(),
        "root": ROOT,
        "key": key.hex(),
        "rows": rows,
        "members": members,
        "alternates": alternates,
    }
