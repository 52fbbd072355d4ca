"""Serves a public file by its hash, and the words of an archived page."""

import re
from typing import TypeVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse

from tequio.documents import ranges
from tequio.documents.models import Blob
from tequio.documents.queries import is_public
from tequio.documents.types import FILMS, HTML, TEXTS
from tequio.documents.words import visible

HEX = re.compile(r"^[0-9a-f]{64}$")
# Only what a browser shows without running anything of the file; the rest, archived pages too, is downloaded.
SHOWN = {"application/pdf", "image/png", "image/jpeg", "image/webp", "text/plain", "text/csv"}
# Whatever a browser makes of the bytes: no script, no form, no request, no frame, an origin of its own.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'; form-action 'none'; base-uri 'none'"
Answer = TypeVar("Answer", HttpResponse, FileResponse, HttpResponse | StreamingHttpResponse)
FOR_EVER = "public, max-age=31536000, immutable"


def blob(request: HttpRequest, sha256: str) -> HttpResponse | FileResponse | StreamingHttpResponse:
    """The bytes of a file that some public object names; they never change, so anybody may keep them for ever."""
    found = _public(sha256)
    return film_answer(request, found) if found.media_type in FILMS else answer(found)


def film(request: HttpRequest, sha256: str) -> HttpResponse | StreamingHttpResponse:
    """A film that some public object names, at an address of its own: copies on a stick leave films to the live portal."""
    found = _public(sha256)
    if found.media_type not in FILMS:
        raise Http404
    return film_answer(request, found)


def film_answer(request: HttpRequest, found: Blob, *, is_private: bool = False) -> HttpResponse | StreamingHttpResponse:
    """A film, whole or the part that the player asks for."""
    response = ranges.answer(request, found.path, found.size, found.media_type, found.sha256)
    response["Content-Disposition"] = f'inline; filename="{found.sha256[:16]}{found.suffix}"'
    _sealed(response, "private, no-store" if is_private else FOR_EVER)
    response["Content-Security-Policy"] = f"{POLICY}; media-src 'self'"
    return response


def words(request: HttpRequest, sha256: str) -> HttpResponse:
    """What a reader sees of an archived page, as plain text: nothing of the page runs or calls home."""
    found = _public(sha256)
    if found.media_type != HTML:
        raise Http404
    return _sealed(HttpResponse(visible(found.path.read_bytes()), content_type="text/plain; charset=utf-8"))


def answer(found: Blob, *, is_private: bool = False) -> FileResponse:
    """A stored file for a browser. ``is_private``: one that is held back, for those whom the view above let in."""
    kind = found.media_type if found.media_type in SHOWN else "application/octet-stream"
    response = FileResponse(
        found.path.open("rb"),
        content_type=f"{kind}; charset=utf-8" if kind in TEXTS else kind,
        as_attachment=found.media_type not in SHOWN,
        filename=f"{found.sha256[:16]}{found.suffix}",
    )
    return _sealed(response, "private, no-store" if is_private else FOR_EVER)


def _public(sha256: str) -> Blob:
    found = Blob.objects.filter(sha256=sha256).first() if HEX.match(sha256) else None
    if found is None or not is_public(found) or not found.path.exists():
        raise Http404
    return found


def _sealed(response: Answer, keep: str = FOR_EVER) -> Answer:
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "DENY"
    response["Cross-Origin-Resource-Policy"] = "same-site"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = keep
    return response
