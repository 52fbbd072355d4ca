"""A long text is read while its reader watches: the page comes in pieces, each saying what is happening and how far it is.

No script, no job that could be lost, nothing to ask again: one answer that lasts as long as the reading. The reading itself
needs no database and runs in a thread of its own; the draft is made here, when it is done."""

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, StreamingHttpResponse
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tequio.legaltext.readers import Read, read

LONG = 1 << 20  # bytes of a file; one below is read in a second or two
HERE = "<!-- here -->"
PULSE = 2  # seconds without news after which a space goes out, so that nothing between takes the answer for dead


def is_long(request: HttpRequest) -> bool:
    """Whether the file that came takes longer to read than somebody waits before an empty page."""
    upload = request.FILES.get("file")
    return upload is not None and (upload.size or 0) > LONG


def answer(
    request: HttpRequest, form: Any, profile: str, make: Callable[[], str], context: dict[str, Any]
) -> StreamingHttpResponse:
    """The page that tells. ``make`` checks the form, makes the draft and gives its address; raises ``ValidationError``."""
    pieces = _pieces(request, form, profile, make, context, translation.get_language() or "es")
    response = StreamingHttpResponse(pieces, content_type="text/html; charset=utf-8")
    response["Content-Encoding"] = "identity"  # packed, the pieces would wait for each other
    response["X-Accel-Buffering"] = "no"
    response["Cache-Control"] = "no-store"
    return response


def _pieces(
    request: HttpRequest, form: Any, profile: str, make: Callable[[], str], context: dict[str, Any], language: str
) -> Iterator[str]:
    upload: Any = request.FILES["file"]
    with translation.override(language):
        head, tail = render_to_string("legaltext/work/reading.html", context, request).split(HERE)
        yield head
        said = _("Recibimos «%(name)s» (%(size)s).") % {"name": upload.name, "size": filesizeformat(upload.size)}
        yield format_html("<li>{}</li>", said)
        content = upload.read()
        upload.seek(0)
        yield from _told(lambda tell: read(content, str(upload.name), profile, tell), form, language)
        try:
            address = make()
        except ValidationError as error:
            if not form.errors:
                form.add_error(None, error)
            yield "</ol>"
            yield render_to_string("legaltext/work/reading_failed.html", {**context, "form": form}, request)
        else:
            yield format_html("<li>{}</li></ol>", _("Listo."))
            words = _("Revisar lo que no quedó claro")
            yield format_html('<p><a class="btn" href="{}">{}</a></p>', address, words)
            yield format_html('<meta http-equiv="refresh" content="1;url={}">', address)
        yield tail


def _told(reading: Callable[[Callable[[str], None]], Read], form: Any, language: str) -> Iterator[str]:
    """Reads in a thread; each thing that it tells as a line. What it read, or why it could not, is the form's."""
    news: queue.Queue[str | None] = queue.Queue()

    def run() -> None:
        with translation.override(language):
            try:
                form.given = reading(news.put)
            except ValidationError as error:
                form.given = error
            finally:
                news.put(None)

    threading.Thread(target=run, daemon=True).start()
    while True:
        try:
            words = news.get(timeout=PULSE)
        except queue.Empty:
            yield " "
            continue
        if words is None:
            return
        yield format_html("<li>{}</li>", words)
