"""Labels, choices and other sources' words for the terms of a list. Warm, it asks the database nothing."""

import time
import unicodedata
from collections.abc import Callable

from django.utils.functional import lazy
from django.utils.translation import get_language

from tequio.vocabularies.models import Term

FRESH_SECONDS = 60  # an administrator's change shows everywhere within a minute

_kept: dict[str, dict[str, Term]] = {}
_kept_at = 0.0


def _schemes() -> dict[str, dict[str, Term]]:
    global _kept, _kept_at
    if not _kept or time.monotonic() - _kept_at > FRESH_SECONDS:
        found: dict[str, dict[str, Term]] = {}
        for term in Term.objects.order_by("scheme", "order", "key"):
            found.setdefault(term.scheme, {})[term.key] = term
        _kept, _kept_at = found, time.monotonic()
    return _kept


def forget() -> None:
    """Reads the lists anew at the next question."""
    global _kept
    _kept = {}


def term(scheme: str, key: str) -> Term | None:
    """One term, or None."""
    return _schemes().get(scheme, {}).get(key)


def keys(scheme: str) -> list[str]:
    """The keys of a list, in order."""
    return list(_schemes().get(scheme, {}))


def label(scheme: str, key: str, language: str | None = None) -> str:
    """The term's label in the reader's language; an unknown key is its own label."""
    found = term(scheme, key)
    if found is None:
        return key
    english = (language or get_language() or "es").startswith("en")
    return found.label_en if english else found.label_es


label_lazy = lazy(label, str)


def choices(scheme: str) -> Callable[[], list[tuple[str, str]]]:
    """For ``choices=`` of a form field: asked anew for each form, labels in the reader's language."""
    return lambda: [(key, label(scheme, key)) for key in keys(scheme)]


def fold(words: str) -> str:
    """Lower case without accents, hyphens and double spaces, to compare the words of different sources."""
    bare = unicodedata.normalize("NFD", words.lower().replace("_", " ").replace("-", " ").replace("/", " "))
    return " ".join("".join(c for c in bare if unicodedata.category(c) != "Mn").split())


def resolve(scheme: str, words: str) -> str | None:
    """The key that a source's words mean: key, label or alias, accents and case apart; None where nothing fits."""
    wanted = fold(words)
    if not wanted:
        return None
    for found in _schemes().get(scheme, {}).values():
        if wanted in {fold(text) for text in (found.key, found.label_es, found.label_en, *found.aliases)}:
            return found.key
    return None
