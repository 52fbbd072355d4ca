"""Who acts, in words. An act keeps keys ("obras-publicas", "facilitator"); what they are called, an app above knows."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Words:
    """``role`` gives a kind of role in the reader's language; ``organisations`` the names (texts in one or two languages)
    of some organisations of a jurisdiction, by their keys."""

    role: Callable[[str], str]
    organisations: Callable[[str, Collection[str]], Mapping[str, Any]]


_words: list[Words] = []


def register(words: Words) -> None:
    """Says how the keys of actors are told; the last one registered counts."""
    _words[:] = [words]


def role(key: str) -> str:
    """A kind of role in words; the key itself where nobody knows it."""
    return (_words[0].role(key) if _words else "") or key


def organisations(jurisdiction: str, keys: Collection[str]) -> Mapping[str, Any]:
    """Names of organisations; those that are not known are left out. No query for no keys."""
    return _words[0].organisations(jurisdiction, keys) if _words and keys else {}
