"""Archives what an address shows today, as a file with its hash, so that the proof outlives the page."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.documents.actions import store
from tequio.documents.clamd import scan
from tequio.documents.contents import look
from tequio.documents.fetch import Fetched, fetch
from tequio.documents.models import Blob, Capture
from tequio.documents.types import HTML

PAGES = {"text/html", "application/xhtml+xml"}
SHEETS = {"text/csv", "application/csv", "application/vnd.ms-excel"}
LONGEST_KEPT_URL = 500


@dataclass(frozen=True)
class Captured:
    """The archived copy, where it was found in the end, and what it is; ``notes`` as ``actions.keep_with_notes`` gives them."""

    blob: Blob
    final_url: str
    media_type: str
    capture: Capture
    notes: list[str] = field(default_factory=list)


def capture(url: str) -> Captured:
    """Asks the address once and keeps what it shows: pages, PDFs, pictures, office documents, CSV, JSON and text.

    Never call it inside a transaction: it waits for another site, up to half a minute. A page is kept as its server
    sent it and never shown as a page (``views.blob``). Raises ``ValidationError`` in one sentence that says what to do.
    """
    url = url.strip()
    if len(url) > LONGEST_KEPT_URL:
        raise ValidationError(_("La dirección es demasiado larga. Usa la dirección corta de la página."))
    found = fetch(url)
    media_type, content, notes = sorted_out(found)
    scan(content)
    blob = store(content=content, media_type=media_type)
    row = Capture.objects.create(url=url, final_url=found.final_url[:2000], blob=blob, status=found.status)
    return Captured(blob, found.final_url, blob.media_type, row, notes)


def sorted_out(found: Fetched) -> tuple[str, bytes, list[str]]:
    """What an answer is by its content, the bytes to keep, and notes. The server's word only tells texts apart."""
    content, said = found.content, found.content_type
    if not content:
        raise ValidationError(_("Esa dirección contesta, pero sin nada que guardar. Usa otra o sube el archivo."))
    is_text = not any(byte in content for byte in (b"\0", b"\x01", b"\x02", b"\x1b"))
    if is_text and content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\f").startswith(b"<") and said in PAGES:
        return HTML, content, []
    if is_text and said in SHEETS and not content.lstrip(b"\xef\xbb\xbf \t\r\n\f").startswith(b"<"):
        return "text/csv", content, []
    media_type, looked = look(content)
    if (
        media_type == "text/plain"
        and said.endswith("json")
        and content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    ):
        media_type = "application/json"
    return media_type, looked.content, looked.notes
