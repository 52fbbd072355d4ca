"""Names that may mean the same institution, and names that are two run together. A person decides; this only points."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from tequio.people.models import Organisation
from tequio.vocabularies.terms import fold

PARENTHESES = re.compile(r"\s*\(([^)]*)\)")
LEGAL_FORM = re.compile(r",?\s+(a\.? ?c\.?|s\.? ?c\.?|s\.? ?p\.?|i\.? ?a\.? ?p\.?)$", re.IGNORECASE)
ALIKE = 0.86  # how similar two names must be to be offered for merging; found by hand on Jalisco's list
TELLING = 12  # characters that a name needs before finding it inside another one says anything


def bare(name: str) -> str:
    """A name without what stands in parentheses and without its legal form, folded."""
    return fold(LEGAL_FORM.sub("", PARENTHESES.sub("", name)).replace(".", "").replace(",", ""))


def looks_like(one: str, other: str) -> bool:
    """Whether two bare names may be one: very similar, or one inside the other."""
    if min(len(one), len(other)) >= TELLING and (one in other or other in one):
        return True
    if abs(len(one) - len(other)) >= TELLING:
        return False
    matcher = SequenceMatcher(None, one, other)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def possible_duplicates(organisation: Organisation, others: Iterable[Organisation] | None = None) -> list[Organisation]:
    """The institutions of the same jurisdiction whose names are so alike that a person should look, by name.

    ``others``: where to look, when the caller has them already; else all that stand for themselves.
    """
    if others is None:
        others = Organisation.objects.filter(jurisdiction_id=organisation.jurisdiction_id, replaced_by=None)
    mine = bare(organisation.name)
    found = [row for row in others if row.pk != organisation.pk and looks_like(mine, bare(row.name))]
    return sorted(found, key=lambda row: row.name)


def run_together(organisation: Organisation, others: Iterable[Organisation] | None = None) -> list[Organisation]:
    """The institutions whose whole names stand inside this one's: two or more mean that a source ran names together
    ("Secretaría de Salud Secretaría de Educación"). Names inside another found name do not count."""
    if others is None:
        others = Organisation.objects.filter(jurisdiction_id=organisation.jurisdiction_id, replaced_by=None)
    mine = f" {bare(organisation.name)} "
    names = {row: bare(row.name) for row in others if row.pk != organisation.pk}
    inside = {row: name for row, name in names.items() if len(name) >= TELLING and f" {name} " in mine}
    alone = [
        row
        for row, name in inside.items()
        if not any(name != other and f" {name} " in f" {other} " for other in inside.values())
    ]
    return sorted(alone, key=lambda row: mine.index(inside[row])) if len(alone) > 1 else []


def to_look_at(organisations: Iterable[Organisation]) -> dict[int, list[Organisation]]:
    """For a whole list at once: by primary key, the institutions that each may be one with, or is made of."""
    rows = list(organisations)
    names = [(row, bare(row.name)) for row in rows]
    found: dict[int, list[Organisation]] = {}
    for n, (one, name) in enumerate(names):
        for other, other_name in names[n + 1 :]:
            if looks_like(name, other_name):
                found.setdefault(one.pk, []).append(other)
                found.setdefault(other.pk, []).append(one)
    return found
