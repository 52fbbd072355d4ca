"""Finds public things in one jurisdiction. Never in two: nothing here takes more than one."""

import datetime as dt
import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language

from tequio.search import engine
from tequio.search.engine import Phrase, Term, Word
from tequio.search.marks import Piece, excerpt, marked
from tequio.search.models import Entry
from tequio.search.sources import label, sources
from tequio.search.words import fold, is_stop, stem, stems, tokens

LONGEST_QUERY = 200  # characters
MOST_TERMS = 12
SIZE = 20
MOST_PAGES = 50
SHORTEST_PREFIX = 3
TITLES_FOR_SUGGESTIONS = 1500

QUOTED = re.compile(r'["“”«»]([^"“”«»]*)["“”«»]')


@dataclass(frozen=True)
class Hit:
    """A found thing; title and excerpt as pieces of text with their marks."""

    kind: str
    key: str
    url: str
    title: list[Piece]
    excerpt: list[Piece]
    day: dt.date | None
    text_language: str

    @property
    def kind_label(self) -> str:
        """What its kind is called on screen."""
        return label(self.kind)


@dataclass(frozen=True)
class Facet:
    """How many of one kind were found."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True)
class Results:
    """A page of what was found. ``relaxed``: nothing had all the words, these have some of them.

    ``suggestion`` is the same query with words that do occur here in the place of those that do not; empty if none
    is near.
    """

    words: str
    kind: str
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    everything: int = 0
    facets: list[Facet] = field(default_factory=list)
    page: int = 1
    pages: int = 1
    relaxed: bool = False
    suggestion: str = ""

    @property
    def asked(self) -> bool:
        """Whether there was anything to look for."""
        return bool(self.words)


def terms_of(words: str) -> list[Term]:
    """The terms of what a person typed: quoted phrases, words; the last word may still be unfinished."""
    words = words[:LONGEST_QUERY]
    found: list[Term] = []
    for quoted in QUOTED.finditer(words):
        phrase = tuple(part for token in tokens(quoted.group(1)) if (part := fold(token.text)))
        if phrase:
            found.append(Phrase(phrase))
    rest = QUOTED.sub(" ", words)
    typed = [token.text for token in tokens(rest) if fold(token.text)]
    kept = [word for word in typed if not is_stop(word)] or ([] if found else typed)
    unfinished = (
        bool(typed) and bool(kept) and kept[-1] == typed[-1] and words.rstrip(" ") == words and words.endswith(kept[-1])
    )
    for at, word in enumerate(kept):
        exact = fold(word)
        prefix = unfinished and at == len(kept) - 1 and len(exact) >= SHORTEST_PREFIX
        found.append(Word(stems=frozenset(filter(None, stems(word))), exact=exact, prefix=prefix))
    return list(dict.fromkeys(found))[:MOST_TERMS]


def find(
    jurisdiction: str,
    words: str,
    language: str | None = None,
    kind: str | None = None,
    page: int = 1,
    size: int = SIZE,
) -> Results:
    """What is found in a jurisdiction (its slug) for the words of a person, best first.

    A word finds its whole family ("compromiso": "compromisos"), accents apart; words in quotes are taken as they
    are. An
    unknown ``kind`` counts as none; ``page`` is kept within what exists. At most two queries to the index and one
    for rows, four more where nothing has all the words.
    """
    words = " ".join(words[:LONGEST_QUERY].replace("\x00", " ").split())
    language = "en" if (language or get_language() or "es").startswith("en") else "es"
    kind = kind if kind in {source.kind for source in sources()} else ""
    terms = terms_of(words)
    if not terms:
        return Results(words=words, kind=kind)
    match = engine.Match(jurisdiction, language, terms, every=True)
    counts = match.counts()
    relaxed, suggestion = False, ""
    if not counts:
        suggestion = _suggest(jurisdiction, language, words)
        if len(terms) > 1:
            match = engine.Match(jurisdiction, language, terms, every=False)
            counts = match.counts()
            relaxed = bool(counts)
    everything = sum(counts.values())
    total = counts.get(kind, 0) if kind else everything
    pages = max(1, min(MOST_PAGES, -(-total // size)))
    page = max(1, min(page, pages))
    pks = match.best(kind, (page - 1) * size, size) if total else []
    rows = Entry.objects.in_bulk(pks)
    order = {source.kind: at for at, source in enumerate(sources())}
    return Results(
        words=words,
        kind=kind,
        hits=[_hit(rows[pk], terms) for pk in pks if pk in rows],
        total=total,
        everything=everything,
        facets=[
            Facet(name, label(name), count)
            for name, count in sorted(counts.items(), key=lambda pair: order.get(pair[0], len(order)))
        ],
        page=page,
        pages=pages,
        relaxed=relaxed,
        suggestion=suggestion,
    )


def _hit(entry: Entry, terms: Sequence[Term]) -> Hit:
    return Hit(
        kind=entry.kind,
        key=entry.key,
        url=entry.url,
        title=marked(entry.title, terms, entry.text_language),
        excerpt=excerpt(entry.body, terms, entry.text_language) if entry.body else [],
        day=entry.day,
        text_language=entry.text_language,
    )


def _suggest(jurisdiction: str, language: str, words: str) -> str:
    """The nearest words of this jurisdiction's titles in the place of those that occur in none of them."""
    rows = Entry.objects.filter(jurisdiction=jurisdiction, language=language).order_by("-weight", "-day", "key")
    shown: dict[str, str] = {}
    families: set[str] = set()
    for title, text_language in rows.values_list("title", "text_language")[:TITLES_FOR_SUGGESTIONS]:
        for token in tokens(title):
            if len(token.text) >= 4 and not is_stop(token.text):
                shown.setdefault(fold(token.text), token.text.lower())
                families.add(stem(token.text, text_language))
    changed = words
    for token in reversed(tokens(words)):
        folded = fold(token.text)
        if len(folded) < 4 or is_stop(token.text) or families & stems(token.text):
            continue
        near = difflib.get_close_matches(folded, shown, n=1, cutoff=0.75)
        if near:
            changed = changed[: token.start] + shown[near[0]] + changed[token.end :]
    return changed if changed != words else ""
