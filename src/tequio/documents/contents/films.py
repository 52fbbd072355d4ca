"""Films looked through before they are kept: MP4 and WebM, box by box, without decoding anything or reading it whole.

A film is walked by seeking: memory stays at a few megabytes whatever its size. What a phone wrote beside pictures and sound
(place, model, names) and every part that no player needs is named in ``blanks``, to be stored as zeros; pictures and sound stay
bit for bit. Refused with a sentence: what is cut short, what has something hung behind it, encrypted films, those that fetch
their pictures from elsewhere, and codecs that many phones cannot show.

Sources: ISO/IEC 14496-12 (boxes of MP4), RFC 8794 (EBML), RFC 9559 and the WebM container guidelines.
"""

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.documents.contents.looked import MARKUP
from tequio.documents.types import film_type

MP4, WEBM = "video/mp4", "video/webm"
MOST_OF_INDEX = 32 << 20  # bytes of ``moov``: an hour of film needs about two million
MOST_PARTS = 600_000  # boxes or elements: two hours as a browser records them
_KEPT = {b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"pdin", b"prft"}
_INSIDE = {b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"mvex", b"edts"}
_TOLD = {b"udta", b"meta", b"uuid", b"free", b"skip"}
_SHOWN = {b"avc1", b"avc3", b"av01", b"vp08", b"vp09"}


@dataclass
class Film:
    """What a film is. ``seconds`` is its length where it says so; ``blanks`` are (first byte, bytes) that are stored as zeros,
    ``heads`` the bytes that go to a place instead of what was there."""

    media_type: str
    seconds: int | None = None
    blanks: list[tuple[int, int]] = field(default_factory=list)
    heads: dict[int, bytes] = field(default_factory=dict)

    def empty(self, start: int, header: int, end: int, head: bytes) -> None:
        """Has the part from ``start`` to ``end`` stored as padding of the same length."""
        self.heads[start] = head
        if end > start + header:
            self.blanks.append((start + header, end - start - header))


def look(file: IO[bytes], size: int) -> Film:
    """What is kept of a film of ``size`` bytes. Raises ``ValidationError`` with one sentence that says what to do."""
    start = _at(file, 0, 2048)
    kind = film_type(start)
    if kind is None:
        raise ValidationError(_("No es un video MP4 ni WebM. Guárdalo o conviértelo a MP4 (H.264) y súbelo de nuevo."))
    film = _mp4(file, size) if kind == MP4 else _webm(file, size)
    if MARKUP.search(start) or zipfile.is_zipfile(file):
        raise ValidationError(
            _("Este archivo es dos cosas a la vez: un video y algo escondido. Expórtalo de nuevo y súbelo.")
        )
    return film


def _at(file: IO[bytes], place: int, count: int) -> bytes:
    file.seek(place)
    return file.read(count)


def _broken() -> ValidationError:
    return ValidationError(_("El video está incompleto o dañado. Expórtalo de nuevo y súbelo completo."))


def _no_picture() -> ValidationError:
    return ValidationError(_("El archivo no trae imagen de video. Si es solo audio, publica su transcripción."))


def _not_everywhere() -> ValidationError:
    return ValidationError(
        _("Muchos teléfonos no pueden ver este video por como está comprimido. Expórtalo como MP4 con H.264 y súbelo.")
    )


# --- MP4 ------------------------------------------------------------------------------------------------------


def _boxes(file: IO[bytes], start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """The boxes from ``start`` to ``end``: type, first byte, length of its header, end."""
    for _count in range(MOST_PARTS):
        if start == end:
            return
        head = _at(file, start, 16)
        if len(head) < 8:
            raise _broken()
        length, kind = struct.unpack(">I4s", head[:8])
        header = 8
        if length == 1:
            if len(head) < 16:
                raise _broken()
            length, header = struct.unpack(">Q", head[8:16])[0], 16
        elif length == 0:
            length = end - start
        if length < header or start + length > end:
            raise _broken()
        yield kind, start, header, start + length
        start += length
    raise _broken()


def _mp4(file: IO[bytes], size: int) -> Film:
    brand = _at(file, 8, 4)
    if brand == b"qt  ":
        raise ValidationError(_("Es un video de QuickTime (.mov). Expórtalo como MP4 y súbelo."))
    if brand in (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif"):
        raise ValidationError(_("Es una foto, no un video. Elige el video."))
    film, seen, codecs = Film(MP4), set(), set()
    for kind, start, header, end in _boxes(file, 0, size):
        if kind not in _KEPT:
            film.empty(start + 4, header - 4, end, _free(file, start, header))
            continue
        seen.add(kind)
        if kind == b"moov":
            if end - start > MOST_OF_INDEX:
                raise _broken()
            codecs |= _index(file, start + header, end, film, 0)
    if b"moov" not in seen or not seen & {b"mdat", b"moof"}:
        raise _broken()
    _shown(codecs)
    return film


def _free(file: IO[bytes], start: int, header: int) -> bytes:
    """The header of an empty box in the place of another, from its type on."""
    return b"free" + (_at(file, start + 8, 8) if header == 16 else b"")


def _shown(codecs: set[bytes]) -> None:
    if codecs & {b"encv", b"drmi"}:
        raise ValidationError(_("El video está cifrado (con DRM) y nadie podría verlo. Súbelo sin protección."))
    if not codecs:
        raise _no_picture()
    if not codecs & _SHOWN:
        raise _not_everywhere()


def _index(file: IO[bytes], start: int, end: int, film: Film, depth: int) -> set[bytes]:
    """Walks the index; gives the codecs of its pictures."""
    if depth > 8:
        raise _broken()
    found: set[bytes] = set()
    handler = b""
    for kind, first, header, last in _boxes(file, start, end):
        body = first + header
        if kind in _TOLD:
            film.empty(first + 4, header - 4, last, _free(file, first, header))
        elif kind in _INSIDE:
            inner = _index(file, body, last, film, depth + 1)
            found |= inner if kind != b"minf" or handler == b"vide" else set()
        elif kind == b"hdlr":
            handler = _at(file, body + 8, 4)
        elif kind == b"mvhd":
            film.seconds = _length(_at(file, body, 32))
        elif kind == b"stsd":
            found.add(_at(file, body + 12, 4))
        elif kind == b"dref":
            _no_outside(file, body, last)
    return found


def _length(said: bytes) -> int | None:
    try:
        scale, length = struct.unpack(">IQ", said[20:32]) if said[0] == 1 else struct.unpack(">II", said[12:20])
    except (struct.error, IndexError) as error:
        raise _broken() from error
    return round(length / scale) if scale and 0 < length < scale * 86400 else None


def _no_outside(file: IO[bytes], body: int, end: int) -> None:
    for _kind, first, header, _last in _boxes(file, body + 8, end):
        if not _at(file, first + header + 3, 1) or not _at(file, first + header + 3, 1)[0] & 1:
            raise ValidationError(
                _("El video trae sus imágenes de otro lugar. Expórtalo completo, en un solo archivo.")
            )


# --- WebM -----------------------------------------------------------------------------------------------------

_EBML, _SEGMENT, _CLUSTER, _INFO, _TRACKS = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B
_SEEK, _CUES, _TAGS, _CHAPTERS, _ATTACHED, _VOID, _CRC = (
    0x114D9B74,
    0x1C53BB6B,
    0x1254C367,
    0x1043A770,
    0x1941A469,
    0xEC,
    0xBF,
)
_IN_CLUSTER = {0xE7, 0xA3, 0xA0, 0xAB, 0xA7, 0x5854}
_UNKNOWN = -1


def _number(data: bytes, *, keep: bool) -> tuple[int, int]:
    """A number of EBML and how many bytes it takes; ``keep`` leaves its marker, as identifiers do."""
    if not data or not data[0]:
        raise _broken()
    width = 9 - data[0].bit_length()
    if len(data) < width:
        raise _broken()
    value = int.from_bytes(data[:width], "big")
    if keep:
        return value, width
    value &= (1 << 7 * width) - 1
    return (_UNKNOWN if value == (1 << 7 * width) - 1 else value), width


def _elements(file: IO[bytes], start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """The elements from ``start`` to ``end``: identifier, first byte, first byte of its body, its end (that of the file where
    a live recording does not say it; the walk then goes on inside)."""
    for _count in range(MOST_PARTS):
        if start == end:
            return
        head = _at(file, start, 12)
        name, width = _number(head[:4], keep=True)
        length, more = _number(head[width:], keep=False)
        body = start + width + more
        if length == _UNKNOWN and name in (_SEGMENT, _CLUSTER):
            yield name, start, body, end
            start = body
            continue
        if length == _UNKNOWN or body + length > end:
            raise _broken()
        yield name, start, body, body + length
        start = body if name == _SEGMENT else body + length
    raise _broken()


def _webm(file: IO[bytes], size: int) -> Film:
    film, codecs, seen = Film(WEBM), set(), set()
    for name, start, body, end in _elements(file, 0, size):
        seen.add(name)
        if name == _EBML:
            if start or end > 4096 or _value(file, body, end, 0x4282).rstrip(b"\0") != b"webm":
                raise ValidationError(_("Es un video Matroska (.mkv), no WebM. Expórtalo como MP4 y súbelo."))
        elif name == _INFO:
            film.seconds = _duration(file, body, end)
        elif name == _TRACKS:
            codecs |= set(_codecs(file, body, end))
        elif name == _ATTACHED:
            raise ValidationError(_("El video trae archivos adentro. Expórtalo sin adjuntos y súbelo."))
        elif name in (_TAGS, _CHAPTERS, _VOID):
            _void(film, start, body, end)
        elif name not in {_SEGMENT, _CLUSTER, _SEEK, _CUES, _CRC, *_IN_CLUSTER}:
            raise _broken()
    if not {_SEGMENT, _CLUSTER, _TRACKS} <= seen:
        raise _broken()
    if not codecs:
        raise _no_picture()
    if not codecs & {b"V_VP8", b"V_VP9", b"V_AV1"}:
        raise _not_everywhere()
    return film


def _void(film: Film, start: int, body: int, end: int) -> None:
    """An element of the same length that says nothing: its identifier takes a byte, its length what is left up to eight."""
    width = min(body - start - 1, 8)
    length = end - start - 1 - width
    film.empty(start, 1 + width, end, bytes([_VOID]) + ((1 << 7 * width) | length).to_bytes(width, "big"))


def _value(file: IO[bytes], body: int, end: int, wanted: int) -> bytes:
    """The bytes of a small element inside another; none where it is not there."""
    for name, _start, first, last in _elements(file, body, end):
        if name == wanted:
            return _at(file, first, min(last - first, 64))
    return b""


def _duration(file: IO[bytes], body: int, end: int) -> int | None:
    said, scale = _value(file, body, end, 0x4489), int.from_bytes(_value(file, body, end, 0x2AD7B1), "big")
    if len(said) not in (4, 8):
        return None
    length = struct.unpack(">f" if len(said) == 4 else ">d", said)[0] * (scale or 1_000_000) / 1e9
    return round(length) if 0 < length < 86400 else None


def _codecs(file: IO[bytes], body: int, end: int) -> Iterator[bytes]:
    for name, _start, first, last in _elements(file, body, end):
        if name == 0xAE:
            codec = _value(file, first, last, 0x86).rstrip(b"\0")
            if _value(file, first, last, 0x83) == b"\x01":
                yield codec
