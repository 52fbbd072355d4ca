"""What a file is, found from its bytes."""

import re
import zipfile
from io import BytesIO

from django.utils.translation import gettext_lazy as _

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
SUFFIXES = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/json": ".json",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "text/html": ".html.txt",  # opened from a folder, a page must not run
    _OFFICE["word/"]: ".docx",
    _OFFICE["xl/"]: ".xlsx",
    _OFFICE["ppt/"]: ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
}
LABELS = {
    "application/pdf": _("PDF"),
    "image/png": _("Imagen"),
    "image/jpeg": _("Imagen"),
    "image/webp": _("Imagen"),
    "text/plain": _("Texto"),
    "text/csv": _("Datos CSV"),
    "application/json": _("Datos JSON"),
    "video/mp4": _("Video"),
    "video/webm": _("Video"),
    "text/html": _("Página web"),
    _OFFICE["word/"]: _("Documento de texto"),
    _OFFICE["xl/"]: _("Hoja de cálculo"),
    _OFFICE["ppt/"]: _("Presentación"),
    "application/vnd.oasis.opendocument.text": _("Documento de texto"),
    "application/vnd.oasis.opendocument.spreadsheet": _("Hoja de cálculo"),
    "application/vnd.oasis.opendocument.presentation": _("Presentación"),
}
# What the sender of an archived page may say of bytes that are text: it tells them apart, it makes nothing run.
TEXTS = {"text/plain", "text/csv", "application/json", "text/html"}
HTML = "text/html"
FILMS = {"video/mp4", "video/webm"}
MOST_OF_LIST = 1 << 20  # bytes of the list of parts of an office document
# Control characters, and those that turn the direction of reading round to make a text look like another one.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def media_type_of(content: bytes) -> str | None:
    """The media type of ``content`` among those we take, or None. A name or a claim of the sender counts for nothing."""
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"PK\x03\x04"):
        return _office_type(content)
    if _is_plain_text(content):
        return "text/plain"
    return None


def film_type(start: bytes) -> str | None:
    """The media type of a film by its first bytes, or None; ``contents.films`` says whether it is one to keep."""
    if start[4:8] == b"ftyp":
        return "video/mp4"
    return "video/webm" if start.startswith(b"\x1a\x45\xdf\xa3") else None


def fits(media_type: str, content: bytes) -> bool:
    """Whether a stored file can be what its row says: an archived page is text of the kind that its server named."""
    found, start = media_type_of(content), content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\f")[:1]
    if media_type in FILMS:
        return film_type(content) == media_type
    if media_type == HTML:
        return found is None and start == b"<"
    if media_type == "application/json":
        return found == "text/plain" and start in (b"{", b"[")
    if media_type == "text/csv":
        return found in (None, "text/plain") and start != b"<"
    return found == media_type


def _office_type(content: bytes) -> str | None:
    # Its list of parts is read whole into memory: one of more than a document ever has is not opened, nor the large
    # form of it (ZIP64), which no document of our size needs.
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_557))
    if (
        end < 0
        or int.from_bytes(content[end + 12 : end + 16], "little") > MOST_OF_LIST
        or content[end - 20 : end - 16] == b"PK\x06\x07"
    ):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                declared = archive.read("mimetype").decode("ascii", "replace")
                return declared if declared in SUFFIXES else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for folder, kind in _OFFICE.items() if any(n.startswith(folder) for n in names)), None)


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    # Markup is refused: a browser that guesses would run it.
    return not _UNPRINTABLE.search(text) and not text[:1000].lstrip("\ufeff \t\r\n\f").startswith("<")
