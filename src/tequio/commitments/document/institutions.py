"""Finds or makes the institutions that a document names. The source's own words are always kept."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.utils.text import slugify

from tequio.people.models import Organisation
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor, act, act_many
from tequio.vocabularies.terms import fold

Doc = dict[str, Any]
PARENTHESES = re.compile(r"\s*\(([^)]*)\)")
LEGAL_FORM = re.compile(r",?\s+(a\.? ?c\.?|s\.? ?c\.?|s\.? ?p\.?|i\.? ?a\.? ?p\.?)$", re.IGNORECASE)
ALIKE = 0.86  # how similar two names must be to offer them for merging; found by hand on Jalisco's list


def bare(name: str) -> str:
    """A name without what stands in parentheses and without its legal form, folded."""
    return fold(LEGAL_FORM.sub("", PARENTHESES.sub("", name)).replace(".", "").replace(",", ""))


def acronym_in(name: str) -> str:
    """An acronym in parentheses: "(STL)"; an empty text where there is none."""
    return next((words for words in PARENTHESES.findall(name) if re.fullmatch(r"[A-ZÁÉÍÓÚÑ]{2,12}", words)), "")


@dataclass
class Directory:
    """The institutions of a jurisdiction while a document is loaded: those that exist and those to be made."""

    jurisdiction: Jurisdiction
    by: Actor
    known: dict[str, Organisation] = field(default_factory=dict)
    new: list[Organisation] = field(default_factory=list)
    slugs: set[str] = field(default_factory=set)
    changed: list[Organisation] = field(default_factory=list)
    by_pk: dict[int, Organisation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for organisation in Organisation.objects.filter(jurisdiction=self.jurisdiction):
            organisation.jurisdiction = self.jurisdiction
            self.by_pk[organisation.pk] = organisation
            self._index(organisation)

    def _index(self, organisation: Organisation) -> None:
        self.slugs.add(organisation.slug)
        self.known[f"slug:{organisation.slug}"] = organisation
        for words in (organisation.name, *(alias["words"] for alias in organisation.aliases)):
            self.known.setdefault(bare(words), organisation)
        if organisation.acronym:
            self.known.setdefault(fold(organisation.acronym), organisation)

    def find(self, doc: Doc) -> Organisation | None:
        """The institution that a document's object means, if it is known."""
        found = self.known.get(f"slug:{doc['slug']}" if doc.get("slug") else bare(doc["name"]))
        # A name that was merged into another means the other from then on; a dissolved body keeps its own.
        while found is not None and found.replaced_by_id and not found.dissolved:
            found = self.by_pk.get(found.replaced_by_id)
        return found

    def take(self, doc: Doc, source: str) -> Organisation:
        """The institution, made if it is new. Other words for a known one are kept as an alias."""
        found = self.find(doc)
        if found is None:
            found = Organisation(
                jurisdiction=self.jurisdiction,
                slug=self._free_slug(
                    doc.get("slug") or slugify(PARENTHESES.sub("", doc["name"]))[:100] or "institucion"
                ),
                name=doc["name"],
                acronym=doc.get("acronym") or acronym_in(doc["name"]),
                sector=doc.get("sector", ""),
                branch=doc.get("branch", ""),
                website=doc.get("website", ""),
                sources=[source] if source else [],
            )
            self._index(found)
            self.new.append(found)
            return found
        self._enrich(found, doc, source)
        return found

    def _enrich(self, found: Organisation, doc: Doc, source: str) -> None:
        words = doc.get("words") or doc["name"]
        before = (found.sector, found.branch, len(found.aliases))
        if words != found.name and words not in {alias["words"] for alias in found.aliases}:
            found.aliases = [*found.aliases, {"words": words, "source": source}]
        vague = {"", "gov_other", "other"}
        if doc.get("sector") and found.sector in vague and doc["sector"] not in vague:
            found.sector = doc["sector"]
        if doc.get("branch") and not found.branch:
            found.branch = doc["branch"]
        if before != (found.sector, found.branch, len(found.aliases)) and found.pk and found not in self.changed:
            self.changed.append(found)

    def _free_slug(self, wanted: str) -> str:
        slug, n = wanted, 2
        while slug in self.slugs:
            slug, n = f"{wanted}-{n}", n + 1
        return slug

    def save(self, why: str) -> None:
        """Writes new institutions and new words of known ones, with their acts."""
        act_many("organisation.created", self.new, by=self.by, why=why)
        for organisation in self.changed:
            with act("organisation.changed", organisation, by=self.by, why=why):
                pass

    def merge_offers(self) -> list[tuple[Organisation, Organisation]]:
        """Pairs of institutions whose names are so alike that a person should look."""
        everybody = list({id(o): o for o in self.known.values()}.values())
        touched = {id(o) for o in (*self.new, *self.changed)}
        offers = []
        for n, one in enumerate(everybody):
            for other in everybody[n + 1 :]:
                if id(one) not in touched and id(other) not in touched:
                    continue
                if looks_like(one, other):
                    offers.append((one, other))
        return offers


def looks_like(one: Organisation, other: Organisation) -> bool:
    """Whether two institutions may be one: very similar names, or one name inside the other."""
    a, b = bare(one.name), bare(other.name)
    if min(len(a), len(b)) >= 12 and (a in b or b in a):
        return True
    return abs(len(a) - len(b)) < 12 and SequenceMatcher(None, a, b).ratio() >= ALIKE
