"""Texts in two languages, Spanish first. The authoritative text is the Spanish one."""

from typing import Any

from django.utils.translation import get_language
from i18nfield.fields import I18nCharField as _I18nCharField
from i18nfield.fields import I18nTextField as _I18nTextField
from i18nfield.strings import LazyI18nString

LANGUAGES = ("es", "en")
TAGS = {"es": "es-MX", "en": "en"}

Text = LazyI18nString


class I18nCharField(_I18nCharField):
    """A line of text in two languages; ``max_length`` holds for each (checked by forms and the plan document)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.each_length = kwargs.pop("max_length", None)
        super().__init__(*args, **kwargs)


class I18nTextField(_I18nTextField):
    """A text in two languages."""


def text(es: str = "", en: str = "") -> LazyI18nString:
    """A text from its two versions; an empty one is left out."""
    return LazyI18nString({key: value for key, value in (("es", es), ("en", en)) if value})


def versions(value: Any) -> dict[str, str]:
    """The non-empty versions of a text: a ``LazyI18nString``, a dict ``{es, en}`` or a plain Spanish text."""
    data = value.data if isinstance(value, LazyI18nString) else value
    if isinstance(data, dict):
        return {key: str(data[key]) for key in LANGUAGES if data.get(key)}
    return {"es": str(data)} if data else {}


def best(value: Any, language: str | None = None) -> tuple[str, str]:
    """The text in the reader's language, else in the other one, with the language it is in; empty where there is none."""
    found = versions(value)
    wanted = "en" if (language or get_language() or "es").startswith("en") else "es"
    for key in (wanted, *LANGUAGES):
        if found.get(key):
            return found[key], key
    return "", wanted
