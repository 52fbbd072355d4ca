"""What a page was made from: the questions that it asked the database, and whether it asked for the time.

A page of an anonymous reader depends on these, on the code and on the settings, and on nothing else (the one list that the
process itself remembers is that of terms, ``vocabularies``). So a page whose questions have the same answers is the page
that is there already. Answers are compared as they come from the database, row by row: nobody has to say, and nobody can
forget to say, which acts touch which pages.
"""

import pickle
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.db import connection

KEY_BYTES = 12
KEPT = 2_000  # answers that are kept at a time; what belongs together is made one after the other
QUESTION = re.compile(r"\s*(\(|SELECT|WITH)\b", re.IGNORECASE)
HARMLESS = re.compile(r"\s*(SAVEPOINT|RELEASE|DECLARE|FETCH|CLOSE|SET)\b", re.IGNORECASE)
NAME = re.compile(r'"([a-z0-9_]+)"')

Key = bytes
Question = tuple[str, Any]  # text and parameters


@dataclass
class Seen:
    """What one page asked. ``whole`` is False where it did something that cannot be asked again."""

    questions: dict[Key, Question] = field(default_factory=dict)
    time: bool = False
    whole: bool = True

    def add(self, part: "Seen") -> None:
        """Takes in what a part of the page asked."""
        self.questions |= part.questions
        self.time |= part.time
        self.whole &= part.whole


class Reads:
    """Listens to what is asked while a page is made, and keeps answers for other pages (``common.moment``)."""

    def __init__(self) -> None:
        self._seen: Seen | None = None
        self._kept: dict[Hashable, tuple[bytes, Seen]] = {}

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if self._seen is not None:
            if QUESTION.match(sql) and not many:
                self._seen.questions[key_of(sql, params)] = (sql, params)
            elif not HARMLESS.match(sql):
                self._seen.whole = False
        return execute(sql, params, many, context)

    def asked_for_time(self) -> None:
        """Somebody asked what time it is."""
        if self._seen is not None:
            self._seen.time = True

    def keep(self, name: Hashable, ask: Callable[[], Any]) -> Any:
        """An answer that other pages may have asked for; to each of them belong the questions behind it.

        Each page gets a copy of its own, as the database gave it: what one page does to an object, or has it fetch later, is
        nothing to the others, and is heard for each.
        """
        outer = self._seen
        if outer is None:
            return ask()
        if (found := self._kept.get(name)) is not None:
            outer.add(found[1])
            return pickle.loads(found[0])  # noqa: S301  our own, of this process
        part = self._seen = Seen()
        try:
            value = ask()
            copy = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        finally:
            self._seen = outer
            outer.add(part)
        while len(self._kept) >= KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[name] = copy, part
        return value

    @contextmanager
    def of_a_page(self) -> Iterator[Seen]:
        """Gathers until the page is made."""
        self._seen = Seen()
        try:
            yield self._seen
        finally:
            self._seen = None


def key_of(sql: str, params: Any) -> Key:
    """The same for the same question."""
    return blake2b(f"{sql}\0{params!r}".encode(), digest_size=KEY_BYTES).digest()


def answer(question: Question) -> bytes:
    """The fingerprint of what the database answers now. Must not be heard by ``Reads``."""
    with connection.cursor() as cursor:
        cursor.execute(*question)
        return blake2b(repr(cursor.fetchall()).encode(), digest_size=KEY_BYTES).digest()


def tables_in(sql: str, known: Iterable[str]) -> frozenset[str]:
    """The tables that a statement of Django's names."""
    return frozenset(NAME.findall(sql)).intersection(known)


def contents(tables: Iterable[str]) -> dict[str, bytes]:
    """A fingerprint of each table's rows, whatever their order."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  a table of ours
            total, count = 0, 0
            while rows := cursor.fetchmany(2_000):
                count += len(rows)
                for row in rows:
                    total ^= int.from_bytes(blake2b(repr(row).encode(), digest_size=16).digest(), "big")
            found[table] = total.to_bytes(16, "big") + count.to_bytes(8, "big")
    return found
