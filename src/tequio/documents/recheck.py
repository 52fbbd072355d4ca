"""The weekly look at addresses that public objects name: still the same, moved, changed, or gone.

Apps whose objects name addresses register a ``Source``; this app knows none of them.
"""

import datetime as dt
import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from tequio.documents.actions import store
from tequio.documents.capture import sorted_out
from tequio.documents.fetch import Fetched, fetch
from tequio.documents.models import Blob, Capture, LinkCheck, LinkState
from tequio.documents.types import HTML
from tequio.documents.words import says_the_same

WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)
DAYS_UNTIL_GONE = 3
A_ROUND = 5  # addresses looked at in one round
SECONDS = 40.0  # after which a round begins no other one
NEW_AT_ONCE = 200


@dataclass(frozen=True)
class Source:
    """What an app tells of the addresses of its public objects.

    ``unchecked(n)``: up to ``n`` addresses that have no ``LinkCheck`` yet. ``copies(url)``: the hashes of the copies that
    objects keep of it, an empty text for those without; none where no object names it any more. ``tell(url, sha256,
    state)``: writes the state to the objects that keep this copy, with an act where it is another than before.
    """

    unchecked: Callable[[int], Iterable[str]]
    copies: Callable[[str], Iterable[str]]
    tell: Callable[[str, str, LinkState], object]


_sources: list[Source] = []


def register(source: Source) -> None:
    """Adds a source; each app does so in ``apps.py``."""
    if source not in _sources:
        _sources.append(source)


def tick() -> int:
    """Takes up new addresses and looks at some of those that are due. Safe beside another round. Returns how many."""
    if not settings.LINK_CHECKS:
        return 0
    _take_up()
    until, looked_at = time.monotonic() + SECONDS, 0
    for check in LinkCheck.objects.filter(due__lte=timezone.now()).order_by("due")[:A_ROUND]:
        # Whoever moves the day first looks at it; a round that dies on the way leaves it for tomorrow.
        if LinkCheck.objects.filter(pk=check.pk, due=check.due).update(due=timezone.now() + DAY):
            look_at(check)
            looked_at += 1
        if time.monotonic() > until:
            break
    return looked_at


def _take_up() -> None:
    """A row for each new address; the first looks are spread over a week, the same for the same address."""
    now = timezone.now()
    for source in _sources:
        rows = [LinkCheck(url=url, due=now + _share_of_week(url)) for url in source.unchecked(NEW_AT_ONCE)]
        LinkCheck.objects.bulk_create(rows, ignore_conflicts=True)


def _share_of_week(url: str) -> dt.timedelta:
    return WEEK * ((hashlib.sha256(url.encode()).digest()[0] + 1) / 256)


def look_at(check: LinkCheck) -> None:
    """Asks the address once and tells every object that names it. Private addresses count as gone: nobody can open them."""
    copies = [(source, sha256) for source in _sources for sha256 in source.copies(check.url)]
    if not copies:
        check.delete()
        return
    try:
        found = fetch(check.url)
    except ValidationError as error:
        _failed(check, copies, getattr(error, "code", None) in ("dead", "gone", "private"))
        return
    try:
        media_type, content, _notes = sorted_out(found)
    except ValidationError:  # something we would not keep: it is there, and it is another thing than what was kept
        media_type, content = "", b""
    if check.first is None and content:
        blob = store(content=content, media_type=media_type)
        check.first = Capture.objects.create(
            url=check.url, final_url=found.final_url[:2000], blob=blob, status=found.status
        )
    for source, sha256 in copies:
        kept = _kept(check, sha256)
        state = _state(kept, found, content, media_type) if kept else LinkState.OK
        source.tell(check.url, sha256, state)
    check.failures, check.failed_on, check.due = 0, None, timezone.now() + WEEK
    check.save()


def _failed(check: LinkCheck, copies: list[tuple[Source, str]], counts: bool) -> None:
    """A failure counts once a day, and only where there is nothing: a site that shuts us out may let readers in."""
    today = timezone.localdate()
    if counts and check.failed_on != today:
        check.failures = min(check.failures + 1, 1000)
        check.failed_on = today
    gone = check.failures >= DAYS_UNTIL_GONE
    check.due = timezone.now() + (DAY if counts and not gone else WEEK)
    check.save()
    if gone and counts:
        for source, sha256 in copies:
            source.tell(check.url, sha256, LinkState.GONE)


def _kept(check: LinkCheck, sha256: str) -> Capture | None:
    if not sha256:
        return check.first
    return Capture.objects.filter(url=check.url, blob_id=sha256).order_by("captured").first()


def _state(kept: Capture, found: Fetched, content: bytes, media_type: str) -> LinkState:
    if _place(kept.final_url) != _place(found.final_url):
        return LinkState.MOVED
    return LinkState.OK if _is_same(kept.blob, content, media_type) else LinkState.CHANGED


def _place(url: str) -> tuple[str, str]:
    """Where an address leads, without what changes by itself: the scheme, ``www.``, a slash at the end, sessions."""
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")


def _is_same(blob: Blob, content: bytes, media_type: str) -> bool:
    if hashlib.sha256(content).hexdigest() == blob.pk:
        return True
    if media_type != HTML or blob.media_type != HTML:
        return False
    try:
        return says_the_same(blob.path.read_bytes(), content)
    except OSError:  # ``record_verify`` says that the copy is missing
        return True
