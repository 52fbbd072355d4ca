"""Serves a public file by its hash."""

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from tequio.documents.models import Blob
from tequio.documents.queries import is_public

HEX = re.compile(r"^[0-9a-f]{64}$")
# Only what a browser shows without running anything of the file; the rest is downloaded.
SHOWN = {"application/pdf", "image/png", "image/jpeg", "image/webp", "text/plain", "text/csv"}


def blob(request: HttpRequest, sha256: str) -> HttpResponse | FileResponse:
    """The bytes of a file that some public object names; they never change, so anybody may keep them for ever."""
    found = Blob.objects.filter(sha256=sha256).first() if HEX.match(sha256) else None
    if found is None or not is_public(found) or not found.path.exists():
        raise Http404
    response = FileResponse(
        found.path.open("rb"),
        content_type=found.media_type if found.media_type in SHOWN else "application/octet-stream",
        as_attachment=found.media_type not in SHOWN,
        filename=f"{sha256[:16]}{found.suffix}",
    )
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
