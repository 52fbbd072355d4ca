"""Files to structured texts: plain text and Markdown, HTML, DOCX, PDF, Akoma Ntoso.

`read` is the way in. What a file must not hold is refused with a `ValidationError` that says what to do; what it holds
and could not be understood becomes a doubt of the document."""

from dataclasses import replace
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.legaltext.readers import akn, docx, html, pdf, text
from tequio.legaltext.readers.reading import Reading, Tell, quietly
from tequio.legaltext.segment import segment
from tequio.legaltext.tree import Document, Doubt, walk

MOST_BYTES = 25 << 20


class Read(NamedTuple):
    """A document and the text that its spans count in."""

    document: Document
    source: str


def read(content: bytes, name: str = "", profile: str = "law", tell: Tell = quietly) -> Read:
    """The structure of an uploaded file. What it is, its bytes tell; `name` only helps with text formats. `tell` hears how
    far the reading is."""
    if not content.strip():
        raise ValidationError(_("El archivo está vacío. Revisa que sea el correcto y súbelo de nuevo."))
    if len(content) > MOST_BYTES:
        raise ValidationError(_("El archivo pesa más de 25 MB. Súbelo sin imágenes o divídelo en partes."))
    kind = _kind(content, name.lower())
    if kind == "akn":
        return Read(*akn.read(content, profile))
    if kind == "pdf":
        reading = pdf.read(content, tell)
    else:
        reading = {"docx": docx.read, "html": html.read, "text": text.read}[kind](content)
    return structured(reading, profile, tell)


def paste(words: str, profile: str = "law") -> Read:
    """The structure of text that somebody pasted."""
    if not words.strip():
        raise ValidationError(_("Pega el texto que quieres publicar."))
    return structured(text.checked(words), profile)


def structured(reading: Reading, profile: str, tell: Tell = quietly) -> Read:
    """The structure of what a reader brought, with the reader's doubts."""
    tell(_("Buscamos sus artículos, fracciones e incisos."))
    document = segment(reading.text, profile, reading.layout, reading.markdown, reading.title)
    document = replace(document, doubts=(*reading.doubts, *document.doubts))
    if reading.second:
        tell(_("Lo leemos otra vez de otra manera, para saber dónde dudar."))
        document = _compared(document, segment(reading.text, profile, reading.second, reading.markdown))
    return Read(document, reading.text)


def _compared(one: Document, other: Document) -> Document:
    """The first reading, with a doubt at every provision that the second gives otherwise."""
    held = {(node.kind, node.number_key, "".join(node.text.split())) for node in walk(other.nodes)}
    doubts = [
        Doubt("two_readings", node.span)
        for node in walk(one.nodes)
        if node.text and (node.kind, node.number_key, "".join(node.text.split())) not in held
    ]
    return replace(one, doubts=(*one.doubts, *doubts))


def _kind(content: bytes, name: str) -> str:
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        if name.endswith((".odt", ".ods", ".odp")) or b"opendocument" in content[:200]:
            raise ValidationError(_("Los documentos de LibreOffice no se leen aquí. Guárdalo como .docx y súbelo."))
        return "docx"
    if content.startswith(b"PK"):
        raise ValidationError(_("El archivo comprimido está vacío o dañado. Sube el documento mismo."))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(
            _(
                "Es un documento del Word antiguo (.doc) o tiene contraseña. Guárdalo como .docx, sin contraseña, y súbelo."
            )
        )
    if start.startswith(b"{\\rtf"):
        raise ValidationError(_("Los archivos RTF no se leen aquí. Ábrelo en Word y guárdalo como .docx."))
    if content.startswith(_PICTURES):
        raise ValidationError(_("Es una imagen: aquí no se lee el texto de fotos. Sube el documento o copia su texto."))
    if content.startswith(_PROGRAMS):
        raise ValidationError(_("No es un documento. Sube un archivo de Word, PDF, texto, HTML o Akoma Ntoso."))
    wide = start.replace(b"\0", b"")[:1500].lower() if content[:2] in (b"\xff\xfe", b"\xfe\xff") else start.lower()
    wide = wide.lstrip(b"\xff\xfe \t\r\n")
    if b"<akomantoso" in wide or b":akomantoso" in wide or (wide.startswith(b"<?xml") and b"<html" not in wide):
        return "akn"
    if wide.startswith((b"<!doctype html", b"<html", b"<body", b"<head")) or name.endswith((".html", ".htm")):
        return "html"
    if wide.startswith((b"<!doctype", b"<!entity", b"<svg")) or name.endswith(".xml"):
        return "akn"
    return "text"


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ",
    b"\xca\xfe\xba\xbe",
    b"SQLite format",
)
