"""The authors' table against the law: the proposal becomes a draft, and what they misquote is a doubt."""

import io
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tequio.legaltext import authors_table as table
from tequio.legaltext.models import Expression, Import
from tequio.legaltext.readers import docx as word_reader
from tequio.legaltext.readers import paste
from tequio.legaltext.stored import unpack
from tequio.legaltext.tests.texts import first_version
from tequio.legaltext.tree import all_doubts, plain, walk

LAW = """LEY INVENTADA DE RIEGO

CAPÍTULO I
Del agua

Artículo 1.- El agua es de todas las personas.

Artículo 2.- El Comité se encarga de:
I. Medir el agua;
II. Repartirla, y
III. Informar cada mes.
Sus sesiones son públicas.

Artículo 3.- El Comité sesiona cada mes.

TRANSITORIOS

PRIMERO. Esta ley entra en vigor mañana.
"""
ROWS = [
    ["Texto vigente", "Texto propuesto"],
    [
        "Artículo 2.- El Comité se encarga de:\nI. a II. ...\nIII. Informar cada mes.\n...",
        "Artículo 2.- ...\nI. a II. ...\nIII. Informar cada semana.\nIV. Escuchar a la gente.\n...",
    ],
    ["Sin correlativo", "Artículo 2 Bis.- Cualquiera puede pedir la palabra."],
    ["Artículo 3.- El Comité sesiona cada año.", "Artículo 3.- El Comité sesiona cada semana."],
    ["Artículo 9.- No está.", "Artículo 9.- Se deroga."],
]


def word(rows: list[list[str]]) -> bytes:
    made = docx.Document()
    made.add_paragraph("Exposición de motivos.")
    grid = made.add_table(rows=0, cols=2)
    for row in rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            first, *more = text.split("\n")
            cell.paragraphs[0].text = first
            for line in more:
                cell.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_word_document_gives_its_tables_line_by_line() -> None:
    assert word_reader.tables(word(ROWS)) == [ROWS]


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        (("Texto vigente", "Texto propuesto"), table.Columns(0, 1)),
        (("LEY VIGENTE", "PROPUESTA DE REFORMA"), table.Columns(0, 1)),
        (("Dice", "Debe decir"), table.Columns(0, 1)),
        (("Iniciativa", "Texto actual"), table.Columns(1, 0)),
        (("Año", "Monto"), None),
    ],
)
def test_which_column_is_which_its_heading_says(heads: tuple[str, str], found: table.Columns | None) -> None:
    assert table.columns([list(heads), *ROWS[1:]]) == found


def test_a_table_of_figures_is_no_candidate() -> None:
    assert table.candidates([ROWS, [["Año", "Monto"], ["2020", "3"]], [["Artículo 1.", "a", "b"]]]) == [ROWS]


def test_the_proposal_becomes_the_law_as_it_would_read_and_its_dots_what_is_in_force() -> None:
    law = paste(LAW).document
    made = table.apply(ROWS[:4], table.Columns(0, 1), law)
    changed = (
        LAW.replace("III. Informar cada mes.", "III. Informar cada semana.\nIV. Escuchar a la gente.")
        .replace("cada mes.\n\nTRANS", "cada semana.\n\nTRANS")
        .replace("\n\nArtículo 3", "\n\nArtículo 2 Bis.- Cualquiera puede pedir la palabra.\n\nArtículo 3")
    )
    assert plain(made.document.nodes).split() == plain(paste(changed).document.nodes).split()
    assert (made.changed, made.added) == (["Artículo 2.-", "Artículo 3.-"], ["Artículo 2 Bis.-"])
    assert [n.number_key for n in walk(made.document.nodes) if n.kind == "articulo"] == ["1", "2", "2-bis", "3"]


def test_what_the_authors_misquote_of_the_law_in_force_is_a_serious_doubt_and_what_they_quote_rightly_is_none() -> None:
    made = table.apply(ROWS, table.Columns(0, 1), paste(LAW).document)
    told = [(doubt.code, doubt.severity, dict(doubt.values).get("label")) for doubt, _node in all_doubts(made.document)]
    assert sorted(told) == [
        ("table_differs", "serious", "Artículo 3.-"),
        ("table_unknown", "serious", "Artículo 9.-"),
    ]
    differs = next(dict(d.values) for d, _node in all_doubts(made.document) if d.code == "table_differs")
    assert (differs["theirs"], differs["ours"]) == ("año.", "mes.")


@pytest.mark.django_db
def test_staff_bring_the_table_say_its_columns_and_get_a_draft_with_its_doubts(cast: Any) -> None:
    place = cast.valle
    first = first_version(place, LAW)
    staff = place.client("secretariat")
    url = "/valle-del-ejemplo/gestion/textos/riego/cuadro/"
    assert staff.get(url).status_code == 200
    none = staff.post(
        url, {"file": SimpleUploadedFile("x.docx", word([["Año", "Monto"], ["1", "2"]])), "date": "2026-03-01"}
    )
    assert (none.status_code, "No encontramos un cuadro de dos columnas" in none.content.decode()) == (422, True)
    odd = [["Uno", "Dos"], *ROWS[1:4]]
    asked = staff.post(url, {"file": SimpleUploadedFile("x.docx", word(odd)), "date": "2026-03-01"})
    assert (asked.status_code, "¿Qué columna es la ley vigente?" in asked.content.decode()) == (422, True)
    kept = asked.context["form"]["rows"].value()
    done = staff.post(url, {"rows": kept, "which": "0", "date": "2026-03-01", "name": "Iniciativa 7"})
    assert done.status_code == 302
    made = Expression.objects.exclude(pk=first.pk).get()
    assert (made.stage, made.supersedes, made.status) == ("initiative", first, "draft")
    document = unpack(Import.objects.get(expression=made).tree)
    assert [doubt.code for doubt, _node in all_doubts(document)] == ["table_differs"]
    review = staff.get(done["Location"]).content.decode()
    assert "El cuadro dice que «Artículo 3.-» vigente es «año.», y la ley dice «mes.»." in review
    assert place.client("lead").get(url).status_code == 403
