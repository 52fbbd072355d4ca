"""Pictures: whole, of a size that a phone can show, and without what the camera wrote about place, time and owner.

The picture itself is not touched: its parts are copied, those that tell on somebody left out. Nothing is decoded.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.documents.contents.looked import Looked
from tequio.documents.contents.unpack import Unpacker

MAX_PIXELS = 64_000_000  # the largest photos of today's phones; more bursts a reader's memory
MAX_SIDE = 32_767
MOST_PARTS = 20_000  # chunks or segments of a picture; a large one has some thousands

PNG_KEPT = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"cICP",
    b"sBIT",
    b"bKGD",
    b"pHYs",
}
WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"}
WEBP_PERSONAL = 0x08 | 0x04  # flags of VP8X: there is EXIF, there is XMP
FILL = re.compile(rb"\xff*")  # any number of them before a marker
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def _broken() -> ValidationError:
    return ValidationError(_("La imagen está incompleta o dañada. Ábrela, guárdala de nuevo y vuelve a subirla."))


def _extra() -> ValidationError:
    return ValidationError(_("La imagen trae otra cosa pegada al final. Ábrela, guárdala de nuevo y súbela."))


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise _broken()
    if width > MAX_SIDE or height > MAX_SIDE or width * height > MAX_PIXELS:
        raise ValidationError(
            _(
                "La imagen mide %(w)s × %(h)s puntos: es demasiado grande para abrirla. Redúcela a menos de 64 megapixeles."
            )
            % {"w": width, "h": height}
        )


def look_png(content: bytes) -> Looked:
    """A PNG without its texts, time and EXIF; still, if it moved. Its data must unpack to what its header says."""
    kept, place, data = [content[:8]], 8, bytearray()
    while True:
        if place + 12 > len(content) or len(kept) > MOST_PARTS:
            raise _broken()
        length, kind = struct.unpack(">I4s", content[place : place + 8])
        end = place + 12 + length
        if (
            end > len(content)
            or zlib.crc32(content[place + 4 : end - 4]) != struct.unpack(">I", content[end - 4 : end])[0]
        ):
            raise _broken()
        if (kind == b"IHDR") != (place == 8) or (kind == b"IHDR" and length != 13):
            raise _broken()
        if kind == b"IDAT":
            data += content[place + 8 : end - 4]
        if kind in PNG_KEPT:
            kept.append(content[place:end])
        place = end
        if kind == b"IEND":
            break
    if content[place:].strip(b"\0\r\n"):
        raise _extra()
    width, height, depth, colour = struct.unpack(">IIBB", content[16:26])
    _check_size(width, height)
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(colour)
    if channels is None or depth not in (1, 2, 4, 8, 16):
        raise _broken()
    # Seven passes of an interlaced picture need at most some bytes more for each line.
    _check_unpacked(bytes(data), height * (2 + width * channels * depth // 8) * 2 + 1024)
    return Looked(b"".join(kept))


def _check_unpacked(data: bytes, most: int) -> None:
    """Unpacks piece by piece, keeping none, and refuses more bytes than the picture can have."""
    unpacker, total = Unpacker(memoryview(data)), 0
    try:
        for piece in unpacker.pieces():
            total += len(piece)
            if total > most:
                raise ValidationError(
                    _("La imagen se infla al abrirla y podría trabar el teléfono. Guárdala como JPG.")
                )
    except zlib.error as error:
        raise _broken() from error
    if not unpacker.whole:
        raise _broken()


def look_jpeg(content: bytes) -> Looked:
    """A JPEG without comments, EXIF, place, previews and the makers' own parts. Which side is up stays, as does colour."""
    kept, place, turned, measured, parts = [b"\xff\xd8"], 2, 0, False, 0
    while True:
        place = max(place, FILL.match(content, place).end() - 1)  # type: ignore[union-attr]
        found = MARKER.match(content, place)
        parts += 1
        if not found or parts > MOST_PARTS:
            raise _broken()
        marker = content[place + 1]
        if marker == 0xD9:
            kept.append(b"\xff\xd9")
            place += 2
            break
        (length,) = struct.unpack(">H", content[place + 2 : place + 4].ljust(2, b"\0"))
        end = place + 2 + length
        if length < 2 or end > len(content):
            raise _broken()
        body = content[place + 4 : end]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", body[1:5].ljust(4, b"\0"))
            _check_size(width, height)
            measured = True
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            turned = turned or _orientation(body[6:])
        if marker == 0xDA:  # the picture's data reaches to the next marker
            following = MARKER.search(content, end)
            if not following:
                raise _broken()
            end = following.start()
        if _is_picture_part(marker, body):
            kept.append(content[place:end])
        place = end
    _check_behind(content, place)
    if not measured:
        raise _broken()
    if 1 < turned <= 8:
        kept.insert(1, _only_orientation(turned))
    return Looked(b"".join(kept))


def _is_picture_part(marker: int, body: bytes) -> bool:
    if marker == 0xFE:  # a comment
        return False
    if not 0xE0 <= marker <= 0xEF:
        return True
    return (
        (marker == 0xE0 and body.startswith(b"JFIF\0"))
        or (marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"))
        or (marker == 0xEE and body.startswith(b"Adobe"))
    )


def _check_behind(content: bytes, place: int) -> None:
    """Refuses what hangs behind the picture's end, but for what phones put there: a second picture (MPF), Samsung's own
    parts, some seconds of film. None of it is kept."""
    behind = content[place:].strip(b"\0\r\n")
    if behind and not (behind.startswith(b"\xff\xd8\xff") or behind.endswith(b"SEFT") or b"ftyp" in behind[:8]):
        raise _extra()


def _orientation(tiff: bytes) -> int:
    """Which way up the camera was held (EXIF tag 0x0112), 0 where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 0
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for n in range(min(count, 200)):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * n)
            if tag == 0x0112:
                return int(value)
    except struct.error:
        return 0
    return 0


def _only_orientation(turned: int) -> bytes:
    """An EXIF part that says which side is up and nothing else."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def look_webp(content: bytes) -> Looked:
    """A WebP without EXIF and XMP."""
    (size,) = struct.unpack("<I", content[4:8])
    if size + 8 > len(content):
        raise _broken()
    if content[size + 8 :].strip(b"\0"):
        raise _extra()
    kept, seen = [], False
    for kind, body in _webp_parts(content[12 : size + 8]):
        if kind == b"VP8X":
            if len(body) < 10:
                raise _broken()
            _check_size(*(1 + int.from_bytes(body[at : at + 3], "little") for at in (4, 7)))
            body = bytes([body[0] & ~WEBP_PERSONAL]) + body[1:]
        if kind in (b"VP8 ", b"VP8L"):
            _check_size(*_webp_size(kind, body))
            seen = True
        if kind == b"ANMF":
            for inner, part in _webp_parts(body[16:]):
                if inner in (b"VP8 ", b"VP8L"):
                    _check_size(*_webp_size(inner, part))
            seen = True
        if kind in WEBP_KEPT:
            kept.append(kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2))
    if not seen:
        raise _broken()
    whole = b"WEBP" + b"".join(kept)
    return Looked(b"RIFF" + struct.pack("<I", len(whole)) + whole)


def _webp_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + 8 <= len(data):
        kind, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        if place + 8 + length > len(data):
            raise _broken()
        yield kind, data[place + 8 : place + 8 + length]
        place += 8 + length + length % 2


def _webp_size(kind: bytes, body: bytes) -> tuple[int, int]:
    if len(body) < 10:
        raise _broken()
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if body[3:6] != b"\x9d\x01\x2a":
        raise _broken()
    width, height = struct.unpack("<HH", body[6:10])
    return width & 0x3FFF, height & 0x3FFF
