"""Word, tagged PDF, JSON and plain text."""

import io
import json
import zipfile

import docx

from tequio.legaltext import docx_out, json_out, pdf_out
from tequio.legaltext.readers import paste, read
from tequio.legaltext.tests.test_segment_real import law
from tequio.legaltext.tree import UNITS, Node, plain, walk

WORDS = (
    "LEY DE AGUAS\nCAPÍTULO I\nDE TODO\nArtículo 1. Cuotas:\nI. Uno;\nII. Dos.\n"
    "| Año | Monto |\n| 2020 | 5 |\nTRANSITORIOS\nÚNICO. Ya."
)


def provisions(nodes: tuple[Node, ...]) -> list[tuple[str, str, str]]:
    return [
        (node.kind, node.number_key, node.text)
        for node in walk(nodes)
        if node.kind in (*UNITS, "fraccion", "inciso", "table")
    ]


def test_word_holds_every_provision_and_is_the_same_every_time():
    document = law("lplan.pdf").document
    content = docx_out.write(document)
    assert content == docx_out.write(document)
    assert provisions(read(content).document.nodes) == provisions(document.nodes)


def test_word_has_headings_a_title_and_tables():
    word = docx.Document(io.BytesIO(docx_out.write(paste(WORDS).document)))
    styles = [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs if paragraph.text]
    assert styles[0] == ("Title", "LEY DE AGUAS")
    assert ("Heading 1", "CAPÍTULO I") in styles
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [["Año", "Monto"], ["2020", "5"]]


def test_word_says_nothing_of_who_or_when():
    with zipfile.ZipFile(io.BytesIO(docx_out.write(paste(WORDS).document))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"python-docx" not in archive.read("docProps/core.xml")


def test_pdf_is_tagged_says_its_language_and_is_the_same_every_time():
    document = paste(WORDS).document
    content = pdf_out.write(document, "Ley de Aguas", "Vigente desde hoy", "Su huella en el registro es", "abc123")
    assert content == pdf_out.write(
        document, "Ley de Aguas", "Vigente desde hoy", "Su huella en el registro es", "abc123"
    )
    assert b"/MarkInfo" in content
    assert b"/Lang" in content
    assert provisions(read(content).document.nodes)[:3] == provisions(document.nodes)[:3]


def test_json_holds_the_tree_and_leaves_out_what_is_empty():
    told = json.loads(json_out.write(paste("Artículo 1. Se deroga.\nArtículo derogado DOF 16-02-2018").document))
    assert told == {
        "format": "tequio-legaltext/1",
        "profile": "law",
        "title": "",
        "notes": [],
        "provisions": [
            {
                "kind": "articulo",
                "eid": "art_1",
                "label": "Artículo 1.",
                "number": "1",
                "text": "Se deroga.",
                "state": "repealed",
                "notes": [{"text": "Artículo derogado DOF 16-02-2018", "date": "2018-02-16", "gazette": "DOF"}],
            }
        ],
    }


def test_plain_text_reads_back_to_the_same_provisions():
    document = law("AG_TDJ_CHIH_13_2025.md").document
    assert provisions(paste(plain(document.nodes), "agreement").document.nodes) == provisions(document.nodes)
