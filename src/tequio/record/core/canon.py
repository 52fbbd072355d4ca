"""Canonical JSON by profile: inside it, the standard library writes the very bytes of RFC 8785.

The profile: keys ``[a-z][a-z0-9_]*``; strings in NFC without surrogates; whole numbers below 2^53; true and false;
lists and objects. No floats and no null: decimals are strings and what is absent is left out.
"""

import json
import re
import unicodedata
from typing import Any

KEY = re.compile(r"[a-z][a-z0-9_]*")
SURROGATE = re.compile("[\ud800-\udfff]")
LIMIT = 2**53


def check(value: Any, place: str = "$") -> None:
    """Raises ``ValueError``, naming the place, where ``value`` lies outside the profile."""
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        if not -LIMIT < value < LIMIT:
            raise ValueError(f"{place}: whole number beyond 2^53")
    elif isinstance(value, str):
        if value.isascii():
            return
        if SURROGATE.search(value):
            raise ValueError(f"{place}: surrogate in text")
        if not unicodedata.is_normalized("NFC", value):
            raise ValueError(f"{place}: text is not in NFC")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            check(item, f"{place}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not KEY.fullmatch(key):
                raise ValueError(f"{place}: key {key!r} is not of the form a-z, 0-9, _")
            check(item, f"{place}.{key}")
    else:
        raise ValueError(f"{place}: {type(value).__name__} has no place in the record")


def encode(value: Any) -> bytes:
    """The canonical bytes of ``value``, UTF-8. Raises ``ValueError`` outside the profile."""
    check(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def decode(data: bytes) -> Any:
    """What canonical bytes say."""
    return json.loads(data)
