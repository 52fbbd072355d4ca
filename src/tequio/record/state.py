"""After-images: the public state of an object as plain canonical values (strings, integers, booleans, lists, dicts)."""

import datetime as dt
import json
import unicodedata
from decimal import Decimal
from typing import Any

from django.db import models
from i18nfield.strings import LazyI18nString

LANGUAGES = ("es", "en")


def plain(value: Any) -> Any:
    """``value`` in the canonical profile, or ``None`` where there is nothing to say (the caller leaves the key out).

    Decimals and dates become strings, texts NFC, related objects their key; empty texts, lists and nulls vanish.
    """
    if value is None:
        return None
    if isinstance(value, bool | int):
        return value
    if isinstance(value, LazyI18nString):
        data = value.data if isinstance(value.data, dict) else {"es": value.data or ""}
        return plain({key: str(data[key]) for key in LANGUAGES if data.get(key)})
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    if isinstance(value, models.Model):
        return value.subject_key() if hasattr(value, "subject_key") else str(value.pk)
    if isinstance(value, dict):
        kept = {key: plain(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item is not None} or None
    if isinstance(value, list | tuple):
        return [item for item in (plain(item) for item in value) if item is not None] or None
    return unicodedata.normalize("NFC", str(value)) or None


def _column(obj: models.Model, name: str) -> Any:
    """A column's value as the database will give it back: a bare text put into a column of dates or of texts in two
    languages makes the same after-image before and after saving."""
    value = getattr(obj, name)
    if isinstance(value, str | float) and name in obj.__dict__:
        return obj._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
    return value


def state_of(obj: models.Model, *names: str, **more: Any) -> dict[str, Any]:
    """The named columns of ``obj`` and the values in ``more`` as an after-image; what is empty is left out."""
    pairs = {**{name: _column(obj, name) for name in names}, **more}
    kept = {name: plain(value) for name, value in pairs.items()}
    return {name: value for name, value in kept.items() if value is not None}


def free_form(value: Any) -> str:
    """What a source tells in a shape of its own, as one text: its keys need not be in the canonical profile."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if value else ""
