"""Files looked through before they are kept: what could run, burst, hide something or tell on somebody.

A module for each sort of file, each with ``look(content) -> Looked``: the bytes to keep and what the uploader should know.
They raise ``ValidationError`` with one plain sentence that says what to do. Nothing is decoded, unpacked to disk or run;
memory stays at a few times the file's own size, which is capped (``actions.MAX_BYTES``).
"""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.documents.contents import office, pdf, pictures
from tequio.documents.contents.looked import MARKUP, Looked
from tequio.documents.types import media_type_of

__all__ = ["Looked", "look"]

_LOOKS: dict[str, Callable[[bytes], Looked]] = {
    "application/pdf": pdf.look,
    "image/png": pictures.look_png,
    "image/jpeg": pictures.look_jpeg,
    "image/webp": pictures.look_webp,
    "text/plain": lambda content: Looked(content),
}


def look(content: bytes) -> tuple[str, Looked]:
    """The media type of a file and what is kept of it. Raises ``ValidationError`` for what we do not take."""
    media_type = media_type_of(content)
    if media_type is None:
        raise ValidationError(_why_not(content))
    if not content.startswith(b"PK") and zipfile.is_zipfile(BytesIO(content)):
        raise ValidationError(
            _("Este archivo es dos cosas a la vez: trae un ZIP pegado. Sube solo el documento o la imagen.")
        )
    if media_type != "text/plain" and MARKUP.search(content, 0, 2048):
        raise ValidationError(
            _("Este archivo trae una página web escondida. Ábrelo en su programa, guárdalo de nuevo y súbelo.")
        )
    return media_type, _LOOKS.get(media_type, office.look)(content)


def _why_not(content: bytes) -> str:
    """What an unknown file most probably is, and what to do instead."""
    start = content[:1024]
    if start.startswith(b"PK"):
        return _("Es un ZIP, no un documento. Ábrelo y sube cada archivo por separado.")
    if (
        start.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd"))
        or content[257:262] == b"ustar"
    ):
        return _("Es un archivo comprimido. Descomprímelo y sube cada documento por separado.")
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k" in content:
            return _("El documento tiene contraseña. Guárdalo sin contraseña y vuelve a subirlo.")
        return _(
            "Es un documento de Office antiguo (.doc, .xls o .ppt). Guárdalo como PDF o como .docx, .xlsx o .pptx."
        )
    if start.startswith((b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\0asm")):
        return _("Es un programa, y aquí no se guardan programas. Sube el documento que quieres mostrar.")
    if start[4:8] == b"ftyp":
        if start[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif"):
            return _("Es una foto HEIC o AVIF. Compártela o guárdala como JPG y súbela.")
        return _("Es un video o un audio. Publícalo en otro sitio y pega aquí su dirección.")
    if start.startswith((b"GIF8", b"BM", b"II*\0", b"MM\0*")):
        return _("Ese tipo de imagen no lo guardamos. Guárdala como JPG o PNG y súbela.")
    if _looks_like_markup(start):
        return _("Es una página web, un SVG o un XML: podría ejecutar algo al abrirse. Guárdala como PDF y súbela.")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_western_text(content):
        return _("Es un texto que no está en UTF-8. Guárdalo como «UTF-8» o «CSV UTF-8» y vuelve a subirlo.")
    return _(
        "No reconocemos este archivo. Aceptamos PDF, imágenes PNG, JPG o WebP, texto, y documentos, "
        "hojas y presentaciones de oficina sin macros."
    )


def _looks_like_markup(start: bytes) -> bool:
    plain = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f")
    return plain.startswith(b"<")


def _is_western_text(content: bytes) -> bool:
    return not re.search(rb"[\x00-\x08\x0b\x0e-\x1f]", content)
