"""Asks the portal for a page within this process, as an anonymous reader does, at the moment of a seal."""

import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.urls import ResolverMatch, URLPattern, URLResolver, get_resolver
from django.utils import timezone, translation

# What only a server needs: packing, caches, static files, headers.
NOT_HERE = {
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tequio.common.compress.CompressMiddleware",
    "tequio.portal.pagecache.PageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
}


@dataclass(frozen=True)
class Answer:
    """What the portal answered. ``location`` is where it sends the reader instead."""

    status: int
    media_type: str
    body: bytes
    location: str = ""


class Handler(BaseHandler):
    """Finds a view by its name where that is known: looking through every route of the portal costs more than some pages."""

    def __init__(self, known: Mapping[str, str]) -> None:
        super().__init__()
        self.known = known

    def resolve_request(self, request: Any) -> ResolverMatch:
        found = named(self.known.get(request.path_info, ""), request.path_info)
        if found is None:
            return super().resolve_request(request)
        request.resolver_match = found
        return found


Chain = tuple[tuple[URLResolver, ...], URLPattern]


@cache
def _routes() -> dict[str, list[Chain]]:
    """The ways to each view, by its full name."""
    found: dict[str, list[Chain]] = {}

    def walk(above: tuple[URLResolver, ...]) -> None:
        for one in above[-1].url_patterns:
            if isinstance(one, URLResolver):
                walk((*above, one))
            elif one.name:
                spaces = [space.namespace for space in above if space.namespace]
                found.setdefault(":".join([*spaces, one.name]), []).append((above, one))

    walk((get_resolver(),))
    return found


def named(view: str, path: str) -> ResolverMatch | None:
    """What ``resolve`` gives for an address of this view."""
    for above, pattern in _routes().get(view, ()):
        rest: str = path
        kwargs: dict[str, Any] = {}
        for space in above:
            met = space.pattern.match(rest)
            if not met:
                break
            rest, _args, more = met
            kwargs |= more
        else:
            leaf = pattern.resolve(rest)
            if leaf is not None:
                spaces: list[str | None] = [space.namespace for space in above if space.namespace]
                apps: list[str | None] = [space.app_name for space in above if space.app_name]
                return ResolverMatch(leaf.func, leaf.args, {**kwargs, **leaf.kwargs}, leaf.url_name, apps, spaces)
    return None


class Portal:
    """The application with its middleware, without what only a server needs. ``known`` are addresses with their views."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self.handler = Handler(known)
        whole = settings.MIDDLEWARE
        settings.MIDDLEWARE = [name for name in whole if name not in NOT_HERE]
        try:
            self.handler.load_middleware()
        finally:
            settings.MIDDLEWARE = whole
        live = urlsplit(settings.BASE_URL)
        self.base = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "SERVER_NAME": live.hostname or "localhost",
            "SERVER_PORT": str(live.port or (443 if live.scheme == "https" else 80)),
            "HTTP_HOST": live.netloc,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": live.scheme,
            "HTTP_X_FORWARDED_PROTO": live.scheme,
            "wsgi.errors": io.StringIO(),
            "tequio.copy": True,
        }

    def get(self, path: str, query: str = "") -> Answer:
        """The answer to a GET, read to its end."""
        # WSGI hands a path on as bytes read as Latin-1 (PEP 3333).
        info = unquote(path).encode().decode("latin-1")
        request = WSGIRequest({**self.base, "PATH_INFO": info, "QUERY_STRING": query, "wsgi.input": io.BytesIO()})
        with translation.override(settings.LANGUAGE_CODE):
            response = self.handler.get_response(request)
        try:
            body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        finally:
            # Not ``close``: that ends the request for all, and with it the connection and the moment it sees.
            for close in response._resource_closers:  # type: ignore[attr-defined]
                close()
        media_type = response.get("Content-Type", "").partition(";")[0]
        return Answer(response.status_code, media_type, body, response.get("Location", ""))


@contextmanager
def at(moment: dt.datetime, asked: Callable[[], None] = lambda: None) -> Iterator[None]:
    """For this process, now is the moment that is copied: a page tells the days to a deadline from there, and a copy made
    later, or by a new host, has the same bytes. ``asked`` hears when somebody wants to know the time."""
    now = timezone.now

    def then() -> dt.datetime:
        asked()
        return moment

    timezone.now = then
    try:
        yield
    finally:
        timezone.now = now
