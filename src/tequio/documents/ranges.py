"""A long file in pieces, as players ask for them (RFC 9110, 14)."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse

PIECE = 1 << 16
# A player asks "from here to the end" and reads as slowly as it plays. Answered with a part, as the standard allows, it
# comes back for the next one, and no thread of the server waits for somebody who paused.
MOST = 2 << 20
_ASKED = re.compile(r"bytes=(\d*)-(\d*)$")


def answer(
    request: HttpRequest, path: Path, size: int, media_type: str, etag: str
) -> HttpResponse | StreamingHttpResponse:
    """The whole file, or the part that the request asks for: at most ``MOST`` bytes of it. Of several parts, all."""
    quoted = f'"{etag}"'
    if request.headers.get("If-None-Match") == quoted:
        return HttpResponseNotModified(headers={"ETag": quoted})
    asked = request.headers.get("Range", "")
    start, end, status = 0, size, 200
    if asked.startswith("bytes=") and "," not in asked and request.headers.get("If-Range", quoted) == quoted:
        found = _part(asked, size)
        if found is None:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
        (start, end), status = found, 206
    headers = {"Accept-Ranges": "bytes", "ETag": quoted, "Content-Length": str(end - start), "Content-Type": media_type}
    if status == 206:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    return StreamingHttpResponse(_read(path, start, end), status=status, headers=headers)


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last, or None where the file has no such part."""
    found = _ASKED.match(asked)
    if found is None or found[1] == found[2] == "" or len(asked) > 60:
        return None
    if not found[1]:
        start, end = max(size - int(found[2]), 0), size
    else:
        start, end = int(found[1]), min(int(found[2]) + 1, size) if found[2] else size
    return (start, min(end, start + MOST)) if start < end else None


def _read(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        left = end - start
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
