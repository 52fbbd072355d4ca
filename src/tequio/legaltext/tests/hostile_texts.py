"""Files that somebody might bring as a law to do harm or by mistake, each made here, with the words that must answer;
no words means that the file must be read, whole and at once."""

import codecs
import io

import docx

from tequio.documents.tests.hostile import (
    A_FILE,
    CONTENT,
    ENTITY,
    JPEG,
    JS,
    OLE,
    PDF,
    PNG,
    XXE,
    ZIP,
    archive,
    encrypted,
    in_pdf,
    odt,
    office,
    overlapping,
    packed_in_pdf,
    relation,
)
from tequio.legaltext.akn import NS
from tequio.portal.demo.valle_files import pdf

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str, **parts: str) -> bytes:
    """A Word document of this body; further parts by name (`numbering`, `styles`)."""
    made = {
        "[Content_Types].xml": CONTENT,
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
    }
    made |= {f"word/{name}.xml": f'<w:{name} xmlns:w="{W}">{inner}</w:{name}>' for name, inner in parts.items()}
    return archive(made)


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def numbered(num: str, level: str) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def with_a_picture() -> bytes:
    made = docx.Document()
    made.add_picture(io.BytesIO(PNG))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def akn(body: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<akomaNtoso xmlns="{NS}"><act name="a"><body>{body}</body></act></akomaNtoso>'.encode()


LEVELS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="99999999999"/>'
    '<w:lvlText w:val="%1%1%1%9."/></w:lvl></w:abstractNum>'
)
LOOP = '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
ARTICLE = "Artículo 1.- Texto.\n"

FILES: dict[str, tuple[bytes, str, str]] = {
    # Text
    "nothing": (b"", "a.txt", "vacío"),
    "spaces": (b" \n\t\r\n " * 50, "a.txt", "vacío"),
    "fifty megabytes": (b"ley " * (13 << 20), "a.txt", "más de 25 MB"),
    "seven million letters": (("Artículo 1. " + "a" * 80 + "\n").encode() * 80_000, "a.txt", "demasiado largo"),
    "half a million lines": (b"a\n" * 500_000, "a.txt", "demasiado largo"),
    "one endless line": (b"a" * 500_000, "a.txt", "renglón larguísimo"),
    "a null": (b"hola\0mundo", "a.txt", "no es texto"),
    "noise": (bytes(range(256)) * 40, "a.txt", "no es texto"),
    "half a letter in UTF-16": (codecs.BOM_UTF16_LE + b"a\0b", "a.txt", "no es texto"),
    "accents without end": (("a" + "\u0301" * 5000 + "\n").encode(), "a.txt", "acentos encimados"),
    "the alphabet of Windows": ((ARTICLE * 3).encode("cp1252"), "a.txt", ""),
    "UTF-16": (ARTICLE.encode("utf-16"), "a.txt", ""),
    "broken UTF-8": (ARTICLE.encode() + b"\xff\xfe\xc3", "a.txt", ""),
    "halves of letters": (ARTICLE.encode() + "\ud800".encode("utf-8", "surrogatepass"), "a.txt", ""),
    "letters turned round": (f"Artículo 1.- Pagar \u202e001\u202c pesos.\n{ARTICLE}".encode(), "a.txt", ""),
    "right-to-left marks": (("\u200f" * 5000 + ARTICLE).encode(), "a.txt", ""),
    "control characters": (("\x01\x02Artículo 1.- Tex\x07to." + "x" * 900).encode(), "a.txt", ""),
    "nothing that shows": (("\u200b\u2060\ufeff" * 500).encode(), "a.txt", ""),
    "numbers without end": (("Artículo " + "1" * 100_000 + ".- Texto.\n").encode(), "a.txt", ""),
    "a roman number without end": ((ARTICLE + "I" * 100_000 + ". Texto.\n").encode(), "a.txt", ""),
    "points without end": ((ARTICLE + "1." * 50_000 + " Texto.\n").encode(), "a.txt", ""),
    "dashes and spaces": ((ARTICLE + "- " * 50_000 + "x\n").encode(), "a.md", ""),
    "stars": (("# Ley\n" + "*" * 100_000 + "x\n" + "* a *" * 5_000).encode(), "a.md", ""),
    "underlines and strokes": (("# Ley\n" + "__a\\_" * 10_000).encode(), "a.md", ""),
    "brackets of a note": ((ARTICLE + ("[" * 390 + "reformado\n") * 300).encode(), "a.txt", ""),
    "notes without end": ((ARTICLE + ("Artículo reformado " * 20 + "\n") * 500).encode(), "a.txt", ""),
    "a page break each line": (("\fArtículo 1.\n" * 5_000).encode(), "a.txt", ""),
    "bars": ((("|" * 5000 + "\n") * 30).encode(), "a.txt", ""),
    "eight thousand lists": ((ARTICLE + "a) Texto:\n" * 8_000).encode(), "a.txt", ""),
    "lists in lists": (
        (ARTICLE + "".join(f"{mark} Texto:\n" for mark in ("I.", "a)", "1.", "i)", "A.") * 200)).encode(),
        "a.txt",
        "",
    ),
    "words cut at each line": (("Artículo 1.- " + "pala-\nbra" * 8_000).encode(), "a.txt", ""),
    "one article three thousand times": ((ARTICLE * 3_000).encode(), "a.txt", ""),
    "a front that never ends": (("---\n" + "a: b\n" * 5_000 + "# Ley\n").encode(), "a.md", ""),
    # Pages
    "a script alone": (b"<html><script>alert(1)</script></html>", "a.html", "no tiene texto"),
    "an empty page": (b"<!doctype html><html></html>", "a.html", "(?:no tiene texto|dañada)"),
    "a page with a script in it": (
        b"<html><p>Art\xc3\xadculo 1. Texto.<script>document.write('I. Mal.')</script></p>",
        "a.html",
        "",
    ),
    "boxes in boxes": (
        b"<html>" + b"<div>" * 30_000 + b"hola",
        "a.html",
        "(?:no tiene texto|vac\xc3\xada o da\xc3\xb1ada)".encode().decode(),
    ),
    "a list of numbers without end": (
        b"<html><ol start='99999999999' type='I'><li value='-5'>a<li value='9e9'>b</ol>",
        "a.html",
        "",
    ),
    "a page with entities": (
        b"<html><!DOCTYPE x [<!ENTITY a 'ja'>]><p>Art\xc3\xadculo 1. &a;&lt;</p></html>",
        "a.html",
        "",
    ),
    "a page that sends elsewhere": (
        b"<html><meta http-equiv=refresh content='0;url=http://malo.mx'><p>Hola.</p></html>",
        "a.html",
        "",
    ),
    # XML
    "entities in entities": (akn("<p>&b;</p>", ENTITY.split("<w:")[0]), "a.xml", "definiciones"),
    "an entity that reads a file": (akn("<p>&f;</p>", XXE.split("<w:")[0]), "a.xml", "definiciones"),
    "a DTD from outside": (akn("<p>a</p>", '<!DOCTYPE act SYSTEM "http://malo.mx/a.dtd">'), "a.xml", "definiciones"),
    "an entity in UTF-16": (akn("<p>&f;</p>", XXE.split("<w:")[0]).decode().encode("utf-16"), "a.xml", "definiciones"),
    "XML cut off": (akn("<article><num>Artículo 1.</num>")[:-30], "a.xml", "mal formado"),
    "XML that is no law": (b"<?xml version='1.0'?><receta>sal</receta>", "a.xml", "no es una ley"),
    "a law without words": (akn("<article/>"), "a.xml", "no trae texto"),
    "levels without end": (akn("<section>" * 200 + "a" + "</section>" * 200), "a.xml", "demasiados niveles"),
    "more levels than XML may have": (akn("<section>" * 5000 + "a" + "</section>" * 5000), "a.xml", "mal formado"),
    "an SVG with a script": (
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "a.xml",
        "no es una ley",
    ),
    "a law with a script": (
        akn("<article><num>Artículo 1.</num><content><p>Uno.<script>x()</script></p></content></article>"),
        "a.xml",
        "",
    ),
    "a law that includes a file": (
        akn(
            "<article><num>1</num><content><p>Uno."
            f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{A_FILE}"/></p></content></article>'
        ),
        "a.xml",
        "",
    ),
    # Word
    "a document with macros": (office({"word/vbaProject.bin": "x"}), "a.docx", "macros"),
    "a document with an object": (office({"word/embeddings/oleObject1.bin": OLE}), "a.docx", "otro archivo dentro"),
    "a document with a template from outside": (
        relation("attachedTemplate", "http://malo.mx/t.dotm"),
        "a.docx",
        "está fuera",
    ),
    "a document that reads a file": (office({"word/styles.xml": XXE}), "a.docx", "definiciones"),
    "a document with a password": (encrypted(), "a.docx", "contraseña"),
    "an old document with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "contraseña"),
    "a document that unpacks to much": (
        office({f"word/{n}.xml": b"\0" * (8 << 20) for n in range(4)}),
        "a.docx",
        "se infla",
    ),
    "a document whose parts overlap": (overlapping(), "a.docx", "se infla"),
    "a document that climbs": (office({"word/../../../etc/passwd": "x"}), "a.docx", "apuntan fuera"),
    "a document cut off": (word(paragraph("Hola"))[:-40], "a.docx", "(?:dañado|incompleto)"),
    "a sheet": (
        archive({"[Content_Types].xml": CONTENT, "xl/workbook.xml": "<a/>"}),
        "a.xlsx",
        "No es un documento de Word",
    ),
    "an archive": (ZIP, "a.zip", "No es un documento de Word"),
    "an empty archive": (b"PK\x05\x06" + b"\0" * 18, "a.zip", "vacío o dañado"),
    "a document of pictures": (with_a_picture(), "a.docx", "no tiene texto"),
    "a document with broken XML": (office({"word/numbering.xml": "<w:a>"}), "a.docx", "mal formado"),
    "boxes in boxes of Word": (word("<w:sdt>" * 5000 + paragraph("a") + "</w:sdt>" * 5000), "a.docx", "mal formado"),
    "lists that count to the moon": (
        word(
            paragraph("Uno", numbered("1", "0")) + paragraph("Dos", numbered("7", "99")),
            numbering=LEVELS + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        ),
        "a.docx",
        "",
    ),
    "styles that go round": (
        word(paragraph("Uno", '<w:pStyle w:val="A"/>'), styles=LOOP, numbering=LEVELS),
        "a.docx",
        "",
    ),
    "changes that nobody accepted": (
        word(
            "<w:p><w:del><w:r><w:delText>No</w:delText></w:r></w:del>"
            f"<w:ins><w:r><w:t>Sí.</w:t></w:r></w:ins></w:p>{paragraph('a')}"
        ),
        "a.docx",
        "",
    ),
    "hidden words": (
        word(f"{paragraph('a')}<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>oculto</w:t></w:r></w:p>"),
        "a.docx",
        "",
    ),
    "a document of LibreOffice": (odt({}), "a.odt", "Guárdalo como .docx"),
    # PDF
    "a PDF with a script": (in_pdf(JS), "a.pdf", "se ejecutan"),
    "a PDF with a script in a packed object": (packed_in_pdf(b"1 0 <<" + JS + b">>"), "a.pdf", "se ejecutan"),
    "a PDF with a file in it": (
        in_pdf(b"/Names<</EmbeddedFiles<</Names[(a)7 0 R]>>>>"),
        "a.pdf",
        "otro archivo dentro",
    ),
    "a PDF with a password": (PDF.replace(b"/Root", b"/Encrypt 8 0 R/Root"), "a.pdf", "protegido"),
    "a PDF that unpacks to much": (packed_in_pdf(b"\0" * (33 << 20)), "a.pdf", "se infla"),
    "a PDF cut off": (PDF[:-10], "a.pdf", "dañado"),
    "a scanned PDF": (pdf([""]), "a.pdf", "imagen escaneada"),
    "a PDF without pages": (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        "a.pdf",
        "(?:dañado|imagen)",
    ),
    "a PDF whose pages go round": (
        pdf(["Hola"]).replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"),
        "a.pdf",
        "(?:dañado|imagen|complicado)",
    ),
    "a small PDF": (pdf(["Articulo 1.- Texto de la ley que basta."]), "a.pdf", ""),
    # What is no text at all
    "a picture": (PNG, "a.png", "imagen"),
    "a photo": (JPEG, "a.jpg", "imagen"),
    "an old Word": (OLE, "a.doc", "antiguo"),
    "RTF": (b"{\\rtf1 hola}", "a.rtf", "RTF"),
    "a program": (b"MZ\x90\0" + b"\0" * 100, "a.docx", "No es un documento"),
    "a gzip": (b"\x1f\x8b\x08\0" + b"\0" * 50, "a.txt", "No es un documento"),
}
