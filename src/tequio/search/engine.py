"""The index of words, in SQLite's FTS5 or in PostgreSQL's ``tsvector``. Both get the same stems, made in Python.

Every token that reaches an engine consists of letters and digits only and is quoted, so nothing that a person types is
ever syntax. ``place`` is a token for jurisdiction and language: it narrows the search inside the index, and the rows
are compared with both again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from tequio.search.models import Entry
from tequio.search.words import fold, is_stop, stem, tokens

LONGEST_BODY = 60_000  # characters that are indexed; the rest of a longer text is not found
LAST_POSITION = 16_383  # PostgreSQL counts no further
TITLE, BODY, EXACT = 8.0, 1.0, 0.5  # weights of a word in the title, in the text, and as typed


@dataclass(frozen=True)
class Word:
    """A word that must occur: one of its stems, the word itself, or, while still being typed, a word that starts so."""

    stems: frozenset[str]
    exact: str
    prefix: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words that must occur one after the other, as typed."""

    words: tuple[str, ...]


Term = Word | Phrase


def place(jurisdiction: str, language: str) -> str:
    """The token of a jurisdiction and a language."""
    return "p" + "".join(c if c.isalnum() else "0" for c in jurisdiction.lower()) + "x" + language


def _stemmed(text: str, language: str) -> list[str]:
    return [found for token in tokens(text) if not is_stop(token.text) and (found := stem(token.text, language))]


def _exact(text: str) -> list[str]:
    return [found for token in tokens(text) if (found := fold(token.text))]


# --- SQLite -----------------------------------------------------------------------------------------------------------

SQLITE_TABLE = (
    "CREATE VIRTUAL TABLE search_words USING fts5("
    "place, title, body, exact, tokenize = \"unicode61 remove_diacritics 0\", prefix = '3')"
)


def _sqlite_row(entry: Entry) -> tuple[int | str, ...]:
    body = entry.body[:LONGEST_BODY]
    return (
        entry.pk,
        place(entry.jurisdiction, entry.language),
        " ".join(_stemmed(entry.title, entry.text_language)),
        " ".join(_stemmed(body, entry.text_language)),
        " ".join([*_exact(entry.title), "xbreakx", *_exact(body)]),
    )


def _sqlite_term(term: Term) -> str:
    if isinstance(term, Phrase):
        return f'exact : "{" ".join(term.words)}"'
    parts = [f'{{title body}} : "{found}"' for found in sorted(term.stems)]
    parts.append(f'exact : "{term.exact}"' + (" *" if term.prefix else ""))
    return "(" + " OR ".join(parts) + ")"


# --- PostgreSQL -------------------------------------------------------------------------------------------------------

POSTGRES_TABLE = (
    ("CREATE TABLE search_words (entry_id bigint PRIMARY KEY, words tsvector NOT NULL)"),
    "CREATE INDEX search_words_gin ON search_words USING gin (words)",
)


def _postgres_row(entry: Entry) -> tuple[int | str, ...]:
    places: dict[str, list[str]] = {place(entry.jurisdiction, entry.language): ["1"]}

    def add(found: Iterable[str], letter: str, start: int) -> int:
        position = start
        for position, token in enumerate(found, start):
            if position > LAST_POSITION:
                break
            known = places.setdefault(token, [])
            if len(known) < 250:  # PostgreSQL keeps 256 places of a word
                known.append(f"{position}{letter}")
        return position + 2

    body = entry.body[:LONGEST_BODY]
    after = add(_stemmed(entry.title, entry.text_language), "A", 1)
    add(_stemmed(body, entry.text_language), "C", after)
    after = add((f"x{word}" for word in _exact(entry.title)), "", 1)
    add((f"x{word}" for word in _exact(body)), "", after)
    return entry.pk, " ".join(f"'{token}':{','.join(at)}" for token, at in places.items())


def _postgres_term(term: Term) -> str:
    if isinstance(term, Phrase):
        return "(" + " <-> ".join(f"'x{word}'" for word in term.words) + ")"
    parts = [f"'{found}'" for found in sorted(term.stems)]
    parts.append(f"'x{term.exact}'" + (":*" if term.prefix else ""))
    return "(" + " | ".join(parts) + ")"


# --- Both -------------------------------------------------------------------------------------------------------------


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def add(entries: Sequence[Entry]) -> None:
    """Writes the words of saved entries."""
    with connection.cursor() as cursor:
        if _is_sqlite():
            cursor.executemany(
                "INSERT INTO search_words (rowid, place, title, body, exact) VALUES (%s, %s, %s, %s, %s)",
                [_sqlite_row(entry) for entry in entries],
            )
        else:
            cursor.executemany(
                "INSERT INTO search_words (entry_id, words) VALUES (%s, %s::tsvector)",
                [_postgres_row(entry) for entry in entries],
            )


def remove(pks: Sequence[int]) -> None:
    """Takes the words of entries out, before the entries themselves go."""
    column = "rowid" if _is_sqlite() else "entry_id"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM search_words WHERE {column} = %s", [(pk,) for pk in pks])  # noqa: S608  one of two columns


class Match:
    """The entries of one jurisdiction and language that have all the terms, or any of them."""

    def __init__(self, jurisdiction: str, language: str, terms: Sequence[Term], every: bool) -> None:
        scope = place(jurisdiction, language)
        if _is_sqlite():
            wanted = (" AND " if every else " OR ").join(_sqlite_term(term) for term in terms)
            # CROSS JOIN keeps the order: else the planner asks the index anew for each row of the jurisdiction.
            self.source = "search_words CROSS JOIN search_entry e ON e.id = search_words.rowid"
            self.where = "search_words MATCH %s"
            self.values: list[int | str] = [f'place : "{scope}" AND ({wanted})']
            self.rank = f"-bm25(search_words, 0.0, {TITLE}, {BODY}, {EXACT}) * e.weight"
            self.rank_values: list[int | str] = []
        else:
            wanted = (" & " if every else " | ").join(_postgres_term(term) for term in terms)
            self.source = "search_words w JOIN search_entry e ON e.id = w.entry_id"
            self.where = "w.words @@ %s::tsquery"
            self.values = [f"'{scope}' & ({wanted})"]
            low, high = EXACT / TITLE, BODY / TITLE
            self.rank = f"ts_rank('{{{low}, {high}, {high}, 1.0}}', w.words, %s::tsquery, 1) * e.weight"
            self.rank_values = [wanted]
        self.where += " AND e.jurisdiction = %s AND e.language = %s"
        self.values += [jurisdiction, language]

    def counts(self) -> dict[str, int]:
        """How many entries of each kind."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT e.kind, count(*) FROM {self.source} WHERE {self.where} GROUP BY e.kind",  # noqa: S608  parts of our own; what was typed is a parameter
                self.values,
            )
            return dict(cursor.fetchall())

    def best(self, kind: str | None, offset: int, limit: int) -> list[int]:
        """The ids of a page, best first; the newer one where two are equally good."""
        where, values = self.where, [*self.rank_values, *self.values]
        if kind:
            where, values = where + " AND e.kind = %s", [*values, kind]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT e.id, {self.rank} AS points FROM {self.source} WHERE {where} "  # noqa: S608  as above
                "ORDER BY points DESC, e.day DESC NULLS LAST, e.key LIMIT %s OFFSET %s",
                [*values, limit, offset],
            )
            return [row[0] for row in cursor.fetchall()]
