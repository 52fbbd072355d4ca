"""Terms of law explained at the word. The entries (`data/glossary.csv`) are drafts that no lawyer has reviewed."""

import csv
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "data" / "glossary.csv"
_WORD = re.compile(r"\w+")
_EVERYDAY = (
    "parte vista acción acciones plazo auto autos sala cargo causa término competencia toca menor menores procede mora fallo "
    "traslado actor actora custodia exhibir otorgar promover demanda testigo convenio demandar"
)
_HINTS = frozenset(_EVERYDAY.split())
"""Everyday words too: what is found may not be the term, so they are left out unless asked for."""


class Term(NamedTuple):
    """`mode` is `conservar-y-explicar`, `reemplazar` or `evitar`; `reviewed` is whether a lawyer has approved it."""

    term: str
    variants: tuple[str, ...]
    kind: str
    mode: str
    plain: str
    explanation: str
    reviewed: bool


class Hit(NamedTuple):
    """Characters `start` to `end` are a term."""

    start: int
    end: int
    term: Term


@cache
def terms() -> tuple[Term, ...]:
    """Every entry, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Term(
                row["term"],
                tuple(variant.strip() for variant in row["variants"].split(";") if variant.strip()),
                row["kind"],
                row["mode"],
                row["plain"],
                row["explanation"],
                row["review_state"] == "revisado",
            )
            for row in csv.DictReader(file)
        )


@cache
def _forms() -> dict[str, Term]:
    forms: dict[str, Term] = {}
    for term in terms():
        for form in (term.term, *term.variants):
            forms.setdefault(form.lower(), term)
    return forms


@cache
def _by_opening() -> dict[str, re.Pattern[str]]:
    """A search for the forms that begin with each word, the longest first: a text is tried only where one may begin."""
    groups: dict[str, list[str]] = defaultdict(list)
    for form in sorted(_forms(), key=len, reverse=True):
        groups[_WORD.findall(form)[0]].append(r"\s+".join(map(re.escape, form.split())))
    return {word: re.compile(rf"(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE) for word, forms in groups.items()}


def find(text: str, hints: bool = False) -> list[Hit]:
    """Every term in the text, in order; the longest where several begin. With `hints`, everyday words too."""
    out: list[Hit] = []
    openings, after = _by_opening(), 0
    for word in _WORD.finditer(text):
        pattern = openings.get(word[0].lower())
        found = pattern.match(text, word.start()) if pattern and word.start() >= after else None
        if found is None:
            continue
        after = found.end()
        term = _forms()[" ".join(found[0].lower().split())]
        if hints or (term.term not in _HINTS and found[0].lower() not in _HINTS):
            out.append(Hit(found.start(), found.end(), term))
    return out
