"""Makes the pages of a copy, in this process or in several at once."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from django.db import connection, connections
from django.utils.html import escape

from tequio.common.moment import standing
from tequio.mirror.folder import MirrorError, write
from tequio.mirror.names import file_of
from tequio.mirror.reads import Key, Question, Reads, answer
from tequio.mirror.render import Portal, at
from tequio.mirror.rewrite import Rewriter, Target
from tequio.mirror.snapshot import Head, head, snapshot

MOVED = "moved"
AT_ONCE = 12  # pages that a process takes at a time: those of one thing in both languages lie beside each other
SWEPT = (200_000, 10, 10)  # when Python looks for circles (gc.set_threshold)
FEW = 100  # pages for which other processes are not worth their beginning
Address = tuple[str, str]  # path and query


@dataclass
class Made:
    """A page as it was made. ``problem`` says in words why it could not be. ``questions`` are those that it asked the
    database, with the answers' fingerprints where this process has not told them before."""

    address: Address
    file: str = ""
    sha256: str = ""
    is_page: bool = False
    problem: str = ""
    time: bool = False
    whole: bool = True
    questions: dict[Key, tuple[Question, bytes] | None] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)
    wanted: set[Address] = field(default_factory=set)
    static: set[str] = field(default_factory=set)
    strange: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Job:
    """What every process that makes pages has to know."""

    root: Path
    moment: datetime
    known: dict[str, str]
    banners: dict[str, str]
    head: Head


class MovedError(MirrorError):
    """The record moved between two processes' first look at it."""


class Maker:
    """Makes one page after the other within the moment of the seal."""

    def __init__(self, job: Job, reads: Reads) -> None:
        self.job = job
        self.portal = Portal(job.known)
        self.reads = reads
        self.targets: dict[str, Target] = {}
        self._told: set[Key] = set()

    def make(self, address: Address) -> Made:
        """Asks for a page, rewrites it and writes its file; says from what it was made."""
        with self.reads.of_a_page() as seen:
            made = self._make(address)
        made.time, made.whole = seen.time, seen.whole
        for key, question in seen.questions.items():
            made.questions[key] = None if key in self._told else (question, answer(question))
        self._told |= seen.questions.keys()
        return made

    def _make(self, address: Address) -> Made:
        path, query = address
        answer = self.portal.get(path, query)
        made = Made(address, file_of(path, query), is_page=answer.media_type == "text/html")
        if answer.status in (301, 302):
            rewriter = self._rewriter()
            target = rewriter.link(answer.location, path, query, made.file)
            if "://" not in target:
                made.sha256 = write(self.job.root, made.file, moved_page(target))
                made.is_page, made.wanted, made.links = True, rewriter.wanted, rewriter.links
                return made
        if answer.status != 200:
            made.problem = f"{path}{'?' if query else ''}{query}: el portal contestó {answer.status}"
            return made
        body = answer.body
        if made.is_page:
            rewriter = self._rewriter()
            body = rewriter.page(path, query, body.decode()).encode()
            made.wanted, made.static, made.strange = rewriter.wanted, rewriter.static, rewriter.strange
            made.links = rewriter.links
        made.sha256 = write(self.job.root, made.file, body)
        return made

    def _rewriter(self) -> Rewriter:
        return Rewriter(self.job.known, self.job.banners, targets=self.targets)


@contextmanager
def listening(job: Job) -> Iterator[Reads]:
    """The moment that is copied, and somebody who notes what pages ask."""
    reads = Reads()
    with at(job.moment, reads.asked_for_time), standing(reads.keep), connection.execute_wrapper(reads), seldom_swept():
        yield reads


@contextmanager
def seldom_swept() -> Iterator[None]:
    """Looks for circles of dead objects a few times a minute instead of several times a page: most of a page's objects
    die with it."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SWEPT)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def moved_page(target: str) -> bytes:
    """A page that leads on, as an answer with another address does."""
    place = escape(target)
    return (
        f'<!doctype html><html lang="es-MX"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={place}">'
        f'<title>Tequio</title><p><a href="{place}">{place}</a></p></html>\n'
    ).encode()


_maker: Maker | None = None
_stack = ExitStack()


def _begin(job: Job) -> None:
    """The first thing that a new process does."""
    global _maker  # a pool hands its processes nothing else
    connections.close_all()
    _stack.enter_context(snapshot())
    reads = _stack.enter_context(listening(job))
    _maker = Maker(job, reads) if head() == job.head else None


def _make(address: Address) -> Made:
    if _maker is None:
        return Made(address, problem=MOVED)
    return _maker.make(address)


def make_all(
    job: Job,
    addresses: Iterable[Address],
    workers: int,
    *,
    follow: bool = True,
    good: Mapping[Address, Made] | None = None,
) -> Iterator[Made]:
    """Makes these pages and, if ``follow``, by and by the query pages that they lead to, each once.

    ``good`` are pages that are there already: they are handed on instead of being made.
    """
    seen: set[Address] = set()
    there: Mapping[Address, Made] = good or {}
    if workers <= 1 or (there and sum(address not in there for address in set(addresses)) < FEW):
        with snapshot(), listening(job) as reads:
            if head() != job.head:
                raise MovedError("El registro avanzó al empezar la copia.")
            maker = Maker(job, reads)
            yield from _rounds(addresses, seen, lambda now: map(maker.make, now), follow, there)
        return
    connections.close_all()  # no process may share a connection
    with get_context("fork").Pool(workers, _begin, (job,)) as pool:
        for made in _rounds(addresses, seen, lambda now: pool.imap_unordered(_make, now, AT_ONCE), follow, there):
            if made.problem == MOVED:
                raise MovedError("El registro avanzó al empezar la copia.")
            yield made


def _rounds(
    addresses: Iterable[Address],
    seen: set[Address],
    run: Callable[[list[Address]], Iterable[Made]],
    follow: bool,
    good: Mapping[Address, Made],
) -> Iterator[Made]:
    now = sorted(set(addresses), key=beside)
    while now:
        seen.update(now)
        found: set[Address] = set()
        for made in chain(
            (good[address] for address in now if address in good),
            run([address for address in now if address not in good]),
        ):
            found |= made.wanted
            yield made
        now = sorted(found - seen, key=beside) if follow else []


def beside(address: Address) -> tuple[str, str, str]:
    """Orders pages so that those of one thing in both languages lie beside each other, and an act's beside its bytes and proof:
    they ask the database the same."""
    path, query = address
    return path.removeprefix("/en"), query, path


def processes() -> int:
    """How many processes a copy uses: one for each core."""
    return os.cpu_count() or 1
