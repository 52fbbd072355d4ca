"""Office documents (Open XML and OpenDocument): a ZIP of XML that must hold nothing but the document.

Macros, embedded files, ActiveX, references that load something from outside, entities, passwords and archives in the
archive are refused; nothing is taken out, because the file is evidence and its hash must be that of the author's copy.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.documents.contents.looked import Looked

MOST_PARTS = 5000
MOST_UNPACKED = 200 << 20  # bytes of all parts together
SMALL_UNPACKED = 20 << 20  # below it, how tightly a part is packed does not matter
MOST_RATIO = 200
LONGEST_NAME = 255
CHUNK, OVERLAP = 1 << 18, 512

_MACROS = re.compile(r"vba\w*\.(bin|xml)$|/macrosheets/|/dialogsheets/|^Basic/|^Scripts/", re.IGNORECASE)
_INSIDE = re.compile(
    r"/embeddings/|/activex/|/oleobject|/controls/|^Object[ \d]+/|^ObjectBLOB"
    r"|\.(zip|jar|rar|7z|gz|docx|xlsx|pptx|exe|js|html?|svg)$",
    re.IGNORECASE,
)
_XML = re.compile(r"\.(xml|rels|vml|rdf)$", re.IGNORECASE)
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O\0C|E\0N\0T)|\0<\0!\0[DE]", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
_OUTSIDE = re.compile(rb"""TargetMode\s*=\s*["']External["']""", re.IGNORECASE)
_LINK = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""")
_SAFE_TARGET = re.compile(rb"""Target\s*=\s*["'](?:https?:|mailto:|#)""", re.IGNORECASE)
_MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject|ms-office\.activeX", re.IGNORECASE)
_FIELD = re.compile(
    rb"<w:instrText[^<>]*>\s*(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b|w:instr=\"\s*DDE", re.IGNORECASE
)
_ODF_RUNS = re.compile(
    rb"<script:event-listener|<office:dde-source|<draw:(?:image|object|plugin|applet)[^<>]*xlink:href=\"(?:https?|file|ftp):"
)
_ODF_LOCKED = re.compile(rb"<manifest:encryption-data")
_PEOPLE = re.compile(
    rb"<(dc:creator|cp:lastModifiedBy|meta:initial-creator|meta:printed-by|Company|Manager)>([^<]{1,300})</",
    re.IGNORECASE,
)
_HIDDEN_SHEET = re.compile(rb"<sheet\b[^<>]*state=\"(?:hidden|veryHidden)\"")
_ABOUT = {"docProps/core.xml", "docProps/app.xml", "meta.xml"}


def look(content: bytes) -> Looked:
    """An office document whose bytes stay as they are. Raises ``ValidationError`` for what it must not hold."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            _check_archive(content, infos)
            _check_names(infos)
            names: set[str] = set()
            notes: list[str] = []
            for info in infos:
                _look_into(archive, info, names, notes)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
        raise ValidationError(
            _("El documento está incompleto o dañado. Ábrelo, guárdalo de nuevo y vuelve a subirlo.")
        ) from error
    if any(re.search(r"(^|/)comments\w*\.xml$|/threadedComments/", info.filename) for info in infos):
        notes.append(_("El documento trae comentarios de revisión, con el nombre de quien los escribió."))
    if names:
        said = ", ".join(f"«{name}»" for name in sorted(names))
        notes.insert(0, _("El documento dice quién lo hizo o guardó: %(who)s.") % {"who": said})
    return Looked(content, notes)


def _check_archive(content: bytes, infos: list[zipfile.ZipInfo]) -> None:
    """One whole archive from the first byte to the last, that unpacks to a size that fits."""
    if content.rfind(b"PK\x05\x06") != len(content) - 22 or min(info.header_offset for info in infos) != 0:
        raise ValidationError(_("El documento trae otra cosa pegada. Ábrelo, guárdalo de nuevo y súbelo."))
    if any(info.flag_bits & 0x1 for info in infos):
        raise ValidationError(_("El documento tiene contraseña. Guárdalo sin contraseña y vuelve a subirlo."))
    total = sum(info.file_size for info in infos)
    too_tight = total > SMALL_UNPACKED and total > MOST_RATIO * len(content)
    places = sorted(infos, key=lambda info: info.header_offset)
    overlap = any(a.header_offset + 30 + a.compress_size > b.header_offset for a, b in pairwise(places))
    if len(infos) > MOST_PARTS or total > MOST_UNPACKED or too_tight or overlap:
        raise ValidationError(
            _("El documento se infla demasiado al abrirlo. Divídelo o guárdalo como PDF y vuelve a subirlo.")
        )
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
        raise ValidationError(_("El documento está comprimido de un modo poco común. Guárdalo de nuevo y súbelo."))


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    names = [info.orig_filename for info in infos]
    for name in names:
        parts = name.split("/")
        if (
            len(name) > LONGEST_NAME
            or name.startswith("/")
            or ".." in parts
            or "\\" in name
            or re.search(r"[\x00-\x1f:]", name)
        ):
            raise ValidationError(
                _("El documento trae por dentro nombres que apuntan fuera de él. Vuelve a guardarlo desde su programa.")
            )
    if len({name.lower() for name in names}) != len(names):
        raise ValidationError(_("El documento trae dos veces la misma parte. Vuelve a guardarlo desde su programa."))
    if any(_MACROS.search(name) for name in names):
        raise ValidationError(_("El documento trae macros. Guárdalo sin macros (.docx, .xlsx o .pptx) o como PDF."))
    if any(_INSIDE.search(name) for name in names):
        raise ValidationError(
            _("El documento trae otro archivo dentro, como una hoja incrustada. Guárdalo como PDF y súbelo.")
        )
    if any(re.search(r"/externalLinks/", name) for name in names):
        raise _refers_outside()


def _refers_outside() -> ValidationError:
    return ValidationError(
        _("El documento depende de otro que está fuera. Pega sus valores o imágenes en este, o guárdalo como PDF.")
    )


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part's bytes, chunk by chunk, each with the end of the one before."""
    tail = b""
    with archive.open(info) as part:
        while piece := part.read(CHUNK):
            yield tail + piece
            tail = piece[-OVERLAP:]


def _look_into(archive: zipfile.ZipFile, info: zipfile.ZipInfo, names: set[str], notes: list[str]) -> None:
    """Reads a part to its end, which also proves that it is as long as it says."""
    is_xml = bool(_XML.search(info.filename))
    first = True
    for data in _chunks(archive, info):
        if first and data.startswith(
            (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF")
        ):
            raise ValidationError(
                _("El documento trae otro archivo dentro, como una hoja incrustada. Guárdalo como PDF y súbelo.")
            )
        first = False
        if is_xml:
            _look_through(info.filename, data, names, notes)


def _look_through(name: str, data: bytes, names: set[str], notes: list[str]) -> None:
    if _ENTITIES.search(data):
        raise ValidationError(_("El documento trae definiciones que no debería. Ábrelo, guárdalo de nuevo y súbelo."))
    if _ODF_LOCKED.search(data):
        raise ValidationError(_("El documento tiene contraseña. Guárdalo sin contraseña y vuelve a subirlo."))
    if name == "[Content_Types].xml" and _MACRO_TYPE.search(data):
        raise ValidationError(_("El documento trae macros. Guárdalo sin macros (.docx, .xlsx o .pptx) o como PDF."))
    if _FIELD.search(data) or _ODF_RUNS.search(data):
        raise _refers_outside()
    if name.endswith(".rels"):
        for found in _RELATION.finditer(data):
            if _OUTSIDE.search(found[0]) and not (_LINK.search(found[0]) and _SAFE_TARGET.search(found[0])):
                raise _refers_outside()
    if name in _ABOUT:
        names.update(found[2].decode("utf-8", "replace").strip() for found in _PEOPLE.finditer(data))
        names.discard("")
    if name == "xl/workbook.xml" and _HIDDEN_SHEET.search(data):
        notes.append(_("El documento trae hojas ocultas: cualquiera podrá verlas."))
