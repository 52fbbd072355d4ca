"""Rendered pages kept until the record moves.

A public page of an anonymous reader depends only on its address (which carries the language), the code version, the head
of the record and the date there (``docs/architecture.md``). Those five make its ETag and its key in the cache, so a page
is rendered again only when one of them has changed. Whoever is signed in, or holds any cookie of ours, passes by.
"""

import gzip
import hashlib
import re
import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from tequio.places.models import Jurisdiction
from tequio.record import hold
from tequio.record.models import Act, Checkpoint, Leaf
from tequio.witnesses.models import Cosignature

KEPT_HEADERS = (
    *("Content-Type", "Content-Security-Policy", "Content-Language", "Link", "Content-Disposition"),
    "Access-Control-Allow-Origin",
)
MAX_QUERY = 600  # characters of query string; a longer one is rendered but not kept
OUR_COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
FOR_ALL = "/api/"  # where no answer depends on who asks, so cookies do not count
# What never is kept: the record for machines (sets its own), accounts, work pages, and the search page, whose index
# comes a moment after the record it follows. Language and jurisdiction may stand before.
NEVER = re.compile(r"/registro/|(/en)?/(cuentas|buzon|mi)/|(/en)?/[^/]+/(buscar|gestion)/")

HEAD_SQL = (
    f"SELECT (SELECT max(position) FROM {Leaf._meta.db_table}),"  # noqa: S608  names of our own tables
    f" (SELECT max(id) FROM {Act._meta.db_table}), (SELECT max(id) FROM {Checkpoint._meta.db_table}),"
    f" (SELECT max(id) FROM {Cosignature._meta.db_table}),"
    f" (SELECT time_zone FROM {Jurisdiction._meta.db_table} WHERE slug = %s)"
)
PLACE = re.compile(r"/(?:en/)?(?:api/v1/)?([-a-zA-Z0-9_]+)/")  # the jurisdiction of an address


# What was last read, by jurisdiction: when (monotonic seconds), head, time zone.
_remembered: dict[str, tuple[float, str, str | None]] = {}


def head_and_day(path: str) -> tuple[str, str]:
    """What the public record has come to, and the date where the address is about, in one query.

    The head is the last position, act, checkpoint and cosignature. The position is in it beside the act's id because an
    act with a lower id may commit after a higher one; it still gets a position of its own, so the head moves for it too.

    What was read less than ``PAGE_HEAD_SECONDS`` ago is taken again. That cannot put an old page under a new head: the
    head is read before the page, so a page that is kept is as new as its head or newer.
    """
    place = PLACE.match(path)
    slug = place[1] if place else ""
    now = time.monotonic()
    known = _remembered.get(slug)
    if known is None or now - known[0] >= settings.PAGE_HEAD_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(HEAD_SQL, [slug])
            *parts, zone = cursor.fetchone()
        if len(_remembered) > 5000:  # addresses that nobody has; the memory stays small
            _remembered.clear()
        known = _remembered[slug] = (now, "-".join(map(str, parts)) + "!" * hold.path().exists(), zone)
    _when, head, zone = known
    today = timezone.localdate(timezone=ZoneInfo(zone) if zone else None)
    return head, today.isoformat()


class PageCacheMiddleware:
    """Answers anonymous readers from the cache, with an ETag; see the module."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.cache = caches["pages"]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.may_keep(request):
            return self.get_response(request)
        key = self.key(request)
        etag = f'"{key}"'
        if request.headers.get("If-None-Match") in (etag, f"W/{etag}"):
            response = HttpResponse(status=304)
            return self.mark(response, etag)
        form = "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else ""
        kept = self.cache.get(f"{key}{form}")
        if kept is not None:
            return self.answer(kept, form, etag)
        response = self.get_response(request)
        if not self.is_public(response):
            return response
        if response.streaming:  # a download: too large to keep, but with its ETag
            return self.mark(response, etag)
        headers = {name: response[name] for name in KEPT_HEADERS if name in response}
        # Each form under its own key: whoever takes the packed page does not read the plain one, many times as long.
        forms = {"": (response.content, headers), "gzip": (gzip.compress(response.content, 6, mtime=0), headers)}
        self.cache.set_many({f"{key}{name}": value for name, value in forms.items()})
        return self.answer(forms[form], form, etag)

    @staticmethod
    def may_keep(request: HttpRequest) -> bool:
        return (
            settings.PAGE_CACHE
            and request.method in ("GET", "HEAD")
            and len(request.META.get("QUERY_STRING", "")) <= MAX_QUERY
            and (request.path_info.startswith(FOR_ALL) or not any(name in request.COOKIES for name in OUR_COOKIES))
            and not NEVER.match(request.path_info)
        )

    @staticmethod
    def is_public(response: HttpResponse) -> bool:
        """Whether the answer is the same for everybody and says nothing else of how long it may be kept."""
        return response.status_code == 200 and not response.cookies and not response.has_header("Cache-Control")

    @staticmethod
    def key(request: HttpRequest) -> str:
        parts = (
            request.get_host(),
            request.get_full_path(),
            settings.CODE_VERSION,
            *head_and_day(request.path_info),
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]

    def answer(self, kept: tuple[bytes, dict[str, str]], form: str, etag: str) -> HttpResponse:
        body, headers = kept
        response = HttpResponse(body, headers=headers)
        if form:
            response["Content-Encoding"] = form
        response["Content-Length"] = str(len(body))
        return self.mark(response, etag)

    @staticmethod
    def mark(response: HttpResponse, etag: str) -> HttpResponse:
        response["ETag"] = etag
        response["Cache-Control"] = "public, max-age=0, must-revalidate"
        patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
        return response
