"""Makes the pages of a copy, in this process or in several at once."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

from django.db import connections
from django.utils.html import escape

from tequio.mirror.folder import MirrorError, write
from tequio.mirror.names import file_of
from tequio.mirror.render import Portal, at
from tequio.mirror.rewrite import Rewriter
from tequio.mirror.snapshot import Head, head, snapshot

MOVED = "moved"
AT_ONCE = 8  # pages that a process takes at a time
Address = tuple[str, str]  # path and query


@dataclass
class Made:
    """A page as it was made. ``problem`` says in words why it could not be."""

    address: Address
    file: str = ""
    sha256: str = ""
    is_page: bool = False
    problem: str = ""
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

    def __init__(self, job: Job) -> None:
        self.job = job
        self.portal = Portal()

    def make(self, address: Address) -> Made:
        """Asks for a page, rewrites it and writes its file."""
        path, query = address
        answer = self.portal.get(path, query)
        made = Made(address, file_of(path, query), is_page=answer.media_type == "text/html")
        if answer.status in (301, 302):
            rewriter = Rewriter(self.job.known, self.job.banners)
            target = rewriter.link(answer.location, path, query, made.file)
            if "://" not in target:
                made.sha256 = write(self.job.root, made.file, moved_page(target))
                made.is_page, made.wanted = True, rewriter.wanted
                return made
        if answer.status != 200:
            made.problem = f"{path}{'?' if query else ''}{query}: el portal contestó {answer.status}"
            return made
        body = answer.body
        if made.is_page:
            rewriter = Rewriter(self.job.known, self.job.banners)
            body = rewriter.page(path, query, body.decode()).encode()
            made.wanted, made.static, made.strange = rewriter.wanted, rewriter.static, rewriter.strange
        made.sha256 = write(self.job.root, made.file, body)
        return made


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
    _stack.enter_context(at(job.moment))
    _maker = Maker(job) if head() == job.head else None


def _make(address: Address) -> Made:
    if _maker is None:
        return Made(address, problem=MOVED)
    return _maker.make(address)


def make_all(job: Job, addresses: Iterable[Address], workers: int, *, follow: bool = True) -> Iterator[Made]:
    """Makes these pages and, if ``follow``, by and by the query pages that they lead to, each once."""
    seen: set[Address] = set()
    if workers <= 1:
        with at(job.moment):
            maker = Maker(job)
            yield from _rounds(addresses, seen, lambda now: map(maker.make, now), follow)
        return
    connections.close_all()  # no process may share a connection
    with get_context("fork").Pool(workers, _begin, (job,)) as pool:
        for made in _rounds(addresses, seen, lambda now: pool.imap_unordered(_make, now, AT_ONCE), follow):
            if made.problem == MOVED:
                raise MovedError("El registro avanzó al empezar la copia.")
            yield made


def _rounds(
    addresses: Iterable[Address],
    seen: set[Address],
    run: Callable[[list[Address]], Iterable[Made]],
    follow: bool,
) -> Iterator[Made]:
    now = sorted(set(addresses))
    while now:
        seen.update(now)
        found: set[Address] = set()
        for made in run(now):
            found |= made.wanted
            yield made
        now = sorted(found - seen) if follow else []


def processes() -> int:
    """How many processes a copy uses: one for each core."""
    return os.cpu_count() or 1
