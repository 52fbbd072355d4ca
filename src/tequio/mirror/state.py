"""What an installation remembers of a copy that it made, so that the next time it makes only the pages that changed.

It lies with the installation's own data, not in the copy: questions to the database are nobody else's business.
"""

import json
import os
import pickle
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zlib import crc32

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.db import connection

from tequio.mirror.reads import Key, Question, answer, tables_in
from tequio.record import hold

FORMAT = 1
LISTS = "vocabularies_term"  # what the process remembers, so that pages use it without asking
Address = tuple[str, str]


@dataclass
class Page:
    """A page as it was made. ``links`` are marks of the registered addresses that it leads to."""

    file: str
    sha256: str
    stat: tuple[int, int]
    is_page: bool
    time: bool
    reads: tuple[Key, ...]
    links: frozenset[int]
    wanted: frozenset[Address]
    static: frozenset[str]


@dataclass
class State:
    """A copy: of which code and settings, at which moment, with which addresses; its pages, and their questions with the
    fingerprints of the answers; and a fingerprint of each table."""

    basis: str
    moment: datetime
    known: frozenset[str]
    tables: dict[str, bytes]
    pages: dict[Address, Page] = field(default_factory=dict)
    questions: dict[Key, tuple[Question, bytes]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)  # the scripts of the search, with their hashes
    stats: dict[str, tuple[int, int]] = field(default_factory=dict)
    format: int = FORMAT


def mark(path: str) -> int:
    """A short mark of an address. Two that share one cost a page made once too often."""
    return crc32(path.encode())


def basis() -> str:
    """Everything but rows and time that pages depend on: the code, the settings, the names of static files, the pause."""
    said = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    if isinstance(staticfiles_storage, ManifestStaticFilesStorage):
        said["static"] = staticfiles_storage.hashed_files
    said["pause"] = hold.path().exists()
    return sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def place(root: Path) -> Path:
    """Where the state of the copy in this folder lies."""
    name = sha256(str(root.resolve()).encode()).hexdigest()[:24]
    return Path(settings.DATA) / "copias" / f"{name}.estado"


def read(root: Path) -> State | None:
    """The state of the copy in this folder; None where there is none that can be used."""
    try:
        with place(root).open("rb") as file:
            found = pickle.load(file)  # noqa: S301  our own file, readable by the system alone
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, ValueError):
        return None
    return found if isinstance(found, State) and found.format == FORMAT else None


def keep(root: Path, state: State) -> None:
    """Writes the state; whole under its name or not there at all."""
    path = place(root)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        pickle.dump(state, file, pickle.HIGHEST_PROTOCOL)
    draft.replace(path)


def stat(path: Path) -> tuple[int, int]:
    """Size and time of a file; two zeros where there is none."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def still_good(root: Path, old: State | None, now: State) -> dict[Address, Page]:
    """The pages of the earlier copy that would come out the same, by their addresses. To be asked within the snapshot."""
    if old is None or old.basis != now.basis or old.tables.get(LISTS) != now.tables.get(LISTS):
        return {}
    changed = {name for name in {*old.tables, *now.tables} if old.tables.get(name) != now.tables.get(name)}
    touched: dict[str, bool] = {}
    bad: set[Key] = set()
    for key, (question, said) in old.questions.items():
        sql = question[0]
        if sql not in touched:
            touched[sql] = bool(tables_in(sql, changed))
        if touched[sql] and answer(question) != said:
            bad.add(key)
    gone = {mark(path) for path in old.known - now.known}
    later = old.moment != now.moment
    return {
        address: page
        for address, page in old.pages.items()
        if not (later and page.time)
        and bad.isdisjoint(page.reads)
        and old.questions.keys() >= set(page.reads)
        and gone.isdisjoint(page.links)
        and stat(root / page.file) == page.stat
    }


def tables() -> list[str]:
    """Every table that a page may ask."""
    return [name for name in connection.introspection.table_names() if name not in NEVER]


def words_of(root: Path, old: State | None, now: State) -> dict[str, str] | None:
    """The search's scripts with their hashes, where they would come out the same; else None."""
    same = old is not None and (old.basis, old.known, *map(old.tables.get, INDEXED)) == (
        *(now.basis, now.known),
        *map(now.tables.get, INDEXED),
    )
    if not same or old is None or any(stat(root / name) != old.stats[name] for name in old.words):
        return None
    return old.words


INDEXED = ("search_entry", "places_jurisdiction")
NEVER = {"django_session", "django_migrations"}


def used(pages: Iterable[Page]) -> set[Key]:
    """The questions of these pages."""
    return {key for page in pages for key in page.reads}
