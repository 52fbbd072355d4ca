"""PDFs: kept as they are, because they are evidence, or refused when they hold something that runs or another file.

Names are read with their escapes undone (``/J#53``), in the open and inside packed streams, where object streams hide.
"""

import re
import zlib
from collections.abc import Iterator
from html import unescape

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.documents.contents.looked import Looked
from tequio.documents.contents.unpack import Unpacker

MOST_OF_ONE = 32 << 20  # bytes of one stream when unpacked
MOST_OF_IMAGE = 1 << 20  # bytes of a stream that says it is an image that are looked at
MOST_OF_ALL = 160 << 20
MOST_STREAMS = 100_000
MOST_ESCAPES = 20_000  # of names in one piece; a busy document has some dozens
OVERLAP = 128

_VALUE = rb"[\s\0]*(?:[(<%]|\d+[\s\0]+\d+[\s\0]+R)"
_RUNS = re.compile(
    rb"/JS" + _VALUE + rb"|/S[\s\0]*/(?:JavaScript|Launch|ImportData|SubmitForm|GoToE|Rendition|RichMediaExecute)\b"
    rb"|/(?:JavaScript|Launch|XFA|RichMedia)(?=[\s\0/<\[(>])(?=[\s\0]*(?:<<|\[|\d+[\s\0]+\d+[\s\0]+R|/|>|endobj))"
)
_HOLDS = re.compile(rb"/EmbeddedFiles?(?=[\s\0/<\[>])|/EF[\s\0]*<<")
_ENCRYPTED = re.compile(rb"/Encrypt[\s\0]*(?:<<|\d+[\s\0]+\d+[\s\0]+R)")
_ESCAPE = re.compile(rb"#([0-9a-fA-F]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_FILTER = re.compile(rb"/Filter[\s\0]*(\[[^\]]*\]|/\w+|\d+)")
_PERSONAL = re.compile(rb"/Author[\s\0]*(\((?:[^()\\]|\\.){1,400}\)|<[0-9a-fA-F\s]{2,1600}>)", re.DOTALL)
_XMP_CREATOR = re.compile(rb"<dc:creator>\s{0,80}<rdf:\w{3}>\s{0,80}<rdf:li[^<>]{0,80}>([^<]{1,300})</rdf:li>")


def look(content: bytes) -> Looked:
    """A PDF whose bytes stay as they are. Raises ``ValidationError`` when something in it runs, hides or is cut off."""
    end = content.rfind(b"%%EOF")
    if end < 0 or not re.match(rb"%PDF-[12]\.\d", content):
        raise ValidationError(_("El PDF está incompleto o dañado. Ábrelo, guárdalo de nuevo y vuelve a subirlo."))
    if content[end + 5 :].strip(b"\0\r\n \t"):
        raise ValidationError(_("El PDF trae otra cosa pegada al final. Vuelve a guardarlo como PDF y súbelo."))
    if _ENCRYPTED.search(_named(content)):
        raise ValidationError(
            _("El PDF está protegido con contraseña o permisos. Guárdalo sin protección (Imprimir → Guardar como PDF).")
        )
    names: set[str] = set()
    for piece in _pieces(content):
        _look_through(piece, names)
    said = sorted(names)
    notes = (
        [_("El PDF dice quién lo hizo: %(who)s.") % {"who": ", ".join(f"«{name}»" for name in said)}] if said else []
    )
    return Looked(content, notes)


def _bursts() -> ValidationError:
    return ValidationError(
        _("El PDF se infla demasiado al abrirlo. Guárdalo de nuevo (Imprimir → Guardar como PDF) y súbelo.")
    )


def _named(data: bytes) -> bytes:
    """The bytes with the escapes of names undone."""
    if b"#" not in data:
        return data
    plain, count = _ESCAPE.subn(lambda found: bytes([int(found[1], 16)]), data, MOST_ESCAPES)
    if count == MOST_ESCAPES:
        raise _bursts()
    return plain


def _look_through(data: bytes, names: set[str]) -> None:
    plain = _named(data)
    if _RUNS.search(plain):
        raise ValidationError(
            _("El PDF trae instrucciones que se ejecutan al abrirlo. Guárdalo sin ellas (Imprimir → Guardar como PDF).")
        )
    if _HOLDS.search(plain):
        raise ValidationError(
            _("El PDF trae otro archivo dentro. Guárdalo sin adjuntos y sube cada archivo por separado.")
        )
    for found in _PERSONAL.finditer(data):
        names.add(_text(found[1]))
    for found in _XMP_CREATOR.finditer(data):
        names.add(unescape(found[1].decode("utf-8", "replace")).strip())
    names.discard("")


def _pieces(content: bytes) -> Iterator[bytes]:
    """The insides of every packed stream, window by window, each with the end of the one before; then the bytes that
    belong to none, where a byte that happens to look like a name would be found in packed data."""
    view, open_from, total, streams = memoryview(content), 0, 0, 0
    outside: list[bytes] = []
    for found in _STREAM.finditer(content):
        start = found.end()
        streams += 1
        if streams > MOST_STREAMS:
            raise _bursts()
        before = _named(content[max(0, found.start() - 2000) : found.start()])
        before = before[before.rfind(b" obj") + 1 :]
        if b"/ObjStm" in before:
            _check_filter(before)
        if not _is_packed(content[start : start + 2]):
            continue
        unpacker, tail, size = Unpacker(view[start:]), b"", 0
        try:
            for piece in unpacker.pieces():
                size += len(piece)
                total += len(piece)
                yield tail + piece
                tail = piece[-OVERLAP:]
                if size > MOST_OF_IMAGE and b"/Image" in before:
                    break
                if size > MOST_OF_ONE or total > MOST_OF_ALL:
                    raise _bursts()
        except zlib.error:
            continue  # not packed this way, or broken: a reader cannot unpack it either
        if unpacker.whole and start >= open_from:
            outside.append(content[open_from:start])
            open_from = start + unpacker.used
    yield from outside
    yield content[open_from:]


def _is_packed(start: bytes) -> bool:
    return len(start) == 2 and start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0


def _check_filter(dictionary: bytes) -> None:
    """Refuses an object stream packed in a way that is not looked into."""
    found = _FILTER.search(dictionary)
    if found and re.sub(rb"[\[\]\s\0]", b"", found[1]) not in (b"/FlateDecode", b"/Fl"):
        raise ValidationError(
            _(
                "El PDF esconde parte de su contenido de un modo poco común. Guárdalo de nuevo (Imprimir → Guardar como PDF)."
            )
        )


def _text(value: bytes) -> str:
    """A PDF string as text: literal or hexadecimal, in UTF-16 or one byte for each letter."""
    if value.startswith(b"<"):
        digits = re.sub(rb"\s", b"", value[1:-1])
        raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        raw = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8) & 0xFF]), value[1:-1])
        raw = re.sub(rb"\\(.)", rb"\1", raw, flags=re.DOTALL)
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace").strip("\0 ")
    return raw.decode("utf-8" if raw.startswith(b"\xef\xbb\xbf") else "latin-1", "replace").strip("\0 \ufeff")
