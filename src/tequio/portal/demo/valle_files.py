"""Small real files as evidence of the invented plan: a page of PDF, a picture and a text, made here byte by byte."""

import struct
import zlib
from typing import cast

from django.core.files.base import ContentFile

from tequio.documents.actions import Upload, keep


def keep_files() -> dict[str, str]:
    """Keeps the files and gives their hashes by name. The same bytes twice are one file."""
    return {name: keep(upload=cast(Upload, ContentFile(content))).sha256 for name, content in files().items()}


PAGES = {
    "plan": [
        "Segundo Plan de Accion Local de Valle del Ejemplo",
        "Cinco compromisos: agua, presupuesto, cabildo, escuelas y compras.",
    ],
    "log": [
        "Bitacora de fugas de Valle del Ejemplo",
        "Semana 1: 14 fugas reportadas, 12 atendidas en 48 horas.",
        "Semana 2: 11 fugas reportadas, 10 atendidas en 48 horas.",
        "Semana 3: 9 fugas reportadas, 9 atendidas en 48 horas.",
    ],
    "lamps": [
        "Recorrido nocturno con el mapa del alumbrado",
        "20 calles: 61 lamparas encendidas, 4 apagadas; el mapa decia lo mismo.",
    ],
    "booklet": [
        "Presupuesto ciudadano de Valle del Ejemplo",
        "De cada 100 pesos: 34 a obra, 28 a agua, 22 a seguridad, 16 a lo demas.",
    ],
    "crossings": [
        "Cruces peligrosos cerca de once escuelas",
        "Cuatro en la avenida Primera, tres en la Segunda, cuatro en la ribera.",
    ],
}
TEXTS = {
    "minute": "Minuta de la capacitación de cuadrillas\n\nDos jornadas. Se practicó el llenado de la bitácora.\n",
    "session": "Acta de la sesión 7 del cabildo\n\nSe aprobó por mayoría escuchar propuestas ciudadanas.\n",
}
MARK = "Documento de practica: todo es inventado."


def files() -> dict[str, bytes]:
    """The content of each file; every page and text says that it is invented."""
    pages = {name: pdf([*lines, "", MARK]) for name, lines in PAGES.items()}
    return pages | {name: f"{text}\n{MARK}\n".encode() for name, text in TEXTS.items()} | {"drawing": png(96, 64)}


def pdf(lines: list[str]) -> bytes:
    """One page with lines of plain ASCII text."""
    words = " ".join(f"({line.replace('(', '[').replace(')', ']')}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 16 TL 60 720 Td {words} ET".encode("ascii")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(content))
    return content + head + table + tail


def png(width: int, height: int) -> bytes:
    """A picture of a street at a crossing: sky, ground and a striped band."""

    def pixel(x: int, y: int) -> bytes:
        if y < height // 2:
            return bytes((190, 215, 235))
        stripe = y > height * 2 // 3 and (x // 8) % 2
        return bytes((245, 245, 240)) if stripe else bytes((110, 110, 115))

    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    parts = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
