"""Labels, choices and other sources' words for the terms of a list. Warm, it asks the database nothing."""

import datetime as dt
import time
import unicodedata
from collections.abc import Callable, Sequence

from django.utils.functional import lazy
from django.utils.translation import get_language

from tequio.vocabularies.models import Term

FRESH_SECONDS = 60  # an administrator's change shows everywhere within a minute

Choice = tuple[str, str]

_kept: dict[str, dict[str, Term]] = {}
_words: dict[str, dict[str, str]] = {}
_kept_at = 0.0


def _schemes() -> dict[str, dict[str, Term]]:
    global _kept, _kept_at
    if not _kept or time.monotonic() - _kept_at > FRESH_SECONDS:
        found: dict[str, dict[str, Term]] = {}
        for term in Term.objects.order_by("scheme", "order", "key"):
            found.setdefault(term.scheme, {})[term.key] = term
        _kept, _kept_at = found, time.monotonic()
        _words.clear()
    return _kept


def forget() -> None:
    """Reads the lists anew at the next question."""
    global _kept
    _kept = {}


def schemes() -> list[str]:
    """The names of all lists."""
    return sorted(_schemes())


def term(scheme: str, key: str) -> Term | None:
    """One term, retired ones included, or None."""
    return _schemes().get(scheme, {}).get(key)


def terms(scheme: str) -> list[Term]:
    """All terms of a list in order, retired ones included."""
    return list(_schemes().get(scheme, {}).values())


def keys(scheme: str) -> list[str]:
    """The keys of a list, in order, retired ones included (an old record that has one is still right)."""
    return list(_schemes().get(scheme, {}))


def label(scheme: str, key: str, language: str | None = None) -> str:
    """The term's label in the reader's language; an unknown key is its own label."""
    found = term(scheme, key)
    if found is None:
        return key
    english = (language or get_language() or "es").startswith("en")
    return found.label_en if english else found.label_es


label_lazy = lazy(label, str)


def in_force(scheme: str, on: dt.date | None = None) -> list[Term]:
    """The terms that may be chosen on a day (without one: those never retired), in order."""
    return [found for found in terms(scheme) if (found.valid_to is None if on is None else found.in_force(on))]


def choices(scheme: str, on: dt.date | None = None, blank: str | None = None) -> Callable[[], list[Choice]]:
    """For ``choices=`` of a form field: asked anew for each form, labels in the reader's language.

    ``on``: the terms in force that day. ``blank``: the words of an empty first choice.
    """

    def found() -> list[Choice]:
        first = [] if blank is None else [("", blank)]
        return first + [(item.key, label(scheme, item.key)) for item in in_force(scheme, on)]

    return found


def grouped_choices(
    scheme: str, group_scheme: str, on: dt.date | None = None
) -> Callable[[], list[tuple[str, Sequence[Choice]]]]:
    """Like ``choices``, under the labels of their groups, in the groups' order (``<optgroup>``)."""

    def found() -> list[tuple[str, Sequence[Choice]]]:
        rows: dict[str, list[Choice]] = {key: [] for key in keys(group_scheme)}
        for item in in_force(scheme, on):
            rows.setdefault(item.group, []).append((item.key, label(scheme, item.key)))
        return [(label(group_scheme, key), items) for key, items in rows.items() if items]

    return found


def is_government(sector: str) -> bool:
    """Whether a sector stands on the government's side; an unknown one does not."""
    found = term("sector", sector)
    return found is not None and found.is_government


def fold(words: str) -> str:
    """Lower case without accents, punctuation and double spaces, "&" as "and", to compare the words of sources."""
    bare = unicodedata.normalize("NFD", words.lower().replace("&", " and "))
    kept = (c if c.isalnum() or c in "+." else " " for c in bare if unicodedata.category(c) != "Mn")
    return " ".join("".join(kept).split())


def resolve(scheme: str, words: str) -> str | None:
    """The key that a source's words mean: key, label or alias, accents and case apart; None where nothing fits.

    A key or a label wins over another term's alias.
    """
    found = _schemes().get(scheme, {})
    if words in found:
        return words
    if scheme not in _words:
        meant: dict[str, str] = {}
        for item in found.values():
            for text in (item.key, item.label_es, item.label_en):
                meant.setdefault(fold(text), item.key)
        for item in found.values():
            for text in item.aliases:
                meant.setdefault(fold(text), item.key)
        _words[scheme] = meant
    return _words[scheme].get(fold(words)) if words else None
