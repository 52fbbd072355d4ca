"""The segmenter's rules and traps, each on a few lines."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.legaltext.segment import segment
from tequio.legaltext.tests.generated import Law
from tequio.legaltext.tests.keys import found
from tequio.legaltext.tree import Document, Node, all_doubts, missing, table_rows, walk


def told(document: Document) -> list[str]:
    """Each provision as depth, kind and key."""
    out: list[str] = []

    def tell(node: Node, depth: int) -> None:
        out.append(f"{'.' * depth}{node.kind} {node.number_key}".strip())
        for child in node.children:
            tell(child, depth + 1)

    for node in document.nodes:
        tell(node, 0)
    return out


def codes(document: Document) -> list[str]:
    return [doubt.code for doubt, _node in all_doubts(document)]


def lines(*words: str) -> str:
    return "\n".join(words) + "\n"


def test_two_lists_in_one_article_are_numbered_and_doubted():
    document = segment(lines("Artículo 1.- Son:", "I. Uno.", "II. Dos.", "También son:", "I. Tres.", "II. Cuatro."))
    points = [node.eid for node in walk(document.nodes) if node.kind == "fraccion"]
    assert points == ["art_1__point_1", "art_1__point_2", "art_1__list_2__point_1", "art_1__list_2__point_2"]
    assert codes(document) == ["second_list"]


def test_letters_and_roman_numbers_are_told_apart_by_what_runs():
    letters = [f"{letter}) Texto;" for letter in "abcdefghi"]
    document = segment(
        lines("Artículo 1.- Son:", "I. Uno:", *letters, "II. Dos;", "III. Tres;", "IV. Cuatro;", "V) Cinco.")
    )
    assert [node.kind for node in walk(document.nodes) if node.number_key == "i"] == ["inciso"]
    assert [node.kind for node in walk(document.nodes) if node.label == "V)"] == ["fraccion"]


def test_a_law_in_parts_with_capital_letters_over_roman_numbers():
    document = segment(
        lines("Artículo 1.- Son:", "A. Uno:", "I. Texto.", "II. Texto.", "B. Dos:", "I. Texto.", "II. Texto.")
    )
    assert told(document) == [
        "articulo 1",
        ".inciso a",
        "..fraccion 1",
        "..fraccion 2",
        ".inciso b",
        "..fraccion 1",
        "..fraccion 2",
    ]


def test_initials_are_no_list():
    document = segment(lines("Artículo 1.- Texto.", "C. Juan Pérez y", "D. O. F. de hoy"))
    assert told(document) == ["articulo 1", ".parrafo", ".parrafo"]


def test_a_paragraph_between_members_belongs_to_the_former_and_one_after_the_last_to_the_article():
    document = segment(lines("Artículo 1.- Son:", "I. Uno.", "Más de uno.", "II. Dos.", "Al final."))
    assert told(document) == ["articulo 1", ".fraccion 1", "..parrafo", ".fraccion 2", ".parrafo"]


def test_paragraphs_numbered_in_arabic_hold_fracciones():
    document = segment(
        lines("Artículo 1. Objeto", "1. La ley busca:", "I. Uno;", "a) alfa;", "b) beta;", "II. Dos.", "2. Es pública.")
    )
    assert told(document) == [
        "articulo 1",
        ".numeral 1",
        "..fraccion 1",
        "...inciso a",
        "...inciso b",
        "..fraccion 2",
        ".numeral 2",
    ]


def test_an_article_that_is_only_named_at_a_lines_start_opens_nothing():
    wrapped = lines(
        *("Artículo 1.- " + "palabras " * 9 + "como lo manda el", "artículo 5. de esta ley, con las palabras que sean"),
        *(["necesarias para que el renglón siga y siga todavía un poco más de lo que cabe en la página,"] * 20),
    )
    document = segment(wrapped, layout="wrapped")
    assert [node.number_key for node in walk(document.nodes) if node.kind == "articulo"] == ["1"]


def test_a_misprinted_plural_counts_when_the_sequence_asks_for_it():
    document = segment(lines("Artículo 134.- Texto.", "Artículos 135.- Texto.", "Artículos 5 y 6.- Texto."))
    assert [node.number_key for node in walk(document.nodes) if node.kind == "articulo"] == ["134", "135"]


def test_an_article_given_twice_is_a_serious_doubt_and_both_stay():
    document = segment(lines("Artículo 1.- Texto.", "Artículo 2.- Uno.", "Artículo 2.- Otro.", "Artículo 3.- Texto."))
    assert [node.eid for node in document.nodes] == ["art_1", "art_2", "art_2__rep_2", "art_3"]
    assert [(doubt.code, doubt.severity) for doubt, _node in all_doubts(document)] == [("repeated", "serious")]


def test_a_gap_is_a_doubt():
    assert codes(segment(lines("Artículo 1.- Texto.", "Artículo 4.- Texto."))) == ["article_jump"]
    assert codes(segment(lines("Artículo 1.- Son:", "I. Uno.", "II. Dos.", "V. Cinco."))) == ["jump"]


def test_repealed_provisions_stay_with_their_number_and_a_general_repeal_is_none():
    document = segment(
        lines(
            "Artículo 1.- Se deroga.",
            "Artículo 2. (DEROGADO)",
            "Artículo 3.- Son:",
            "I. Derogada;",
            "II. Dos.",
            "TRANSITORIOS",
        )
        + "PRIMERO. Se derogan las disposiciones contrarias.\n"
    )
    assert [node.eid for node in walk(document.nodes) if node.state == "repealed"] == [
        "art_1",
        "art_2",
        "art_3__point_1",
    ]


def test_what_a_decree_quotes_are_no_articles_of_the_decree():
    document = segment(
        lines(
            "ARTÍCULO PRIMERO. Se reforma el artículo 5 de la Ley de Aguas, para quedar como sigue:",
            '"Artículo 5. Texto nuevo:',
            "I. a III. ...",
            "IV. Cuatro.",
            "Artículo 5 Bis. Otro.",
            '..."',
            "ARTÍCULO SEGUNDO. Se deroga el artículo 9 de la Ley de Aguas.",
            "TRANSITORIOS",
            "ÚNICO. Vigor.",
        ),
        "initiative",
    )
    assert told(document) == [
        "articulo 1",
        ".cita",
        "..articulo 5",
        "...fraccion 1",
        "...fraccion 4",
        "..articulo 5-bis",
        "...parrafo",
        "articulo 2",
        "transitorios",
        ".transitorio unico",
    ]
    assert codes(document) == ["quoted"]


def test_an_initiative_has_its_grounds_and_its_text():
    document = segment(
        lines(
            "EXPOSICIÓN DE MOTIVOS",
            "I. Porque sí.",
            "II. Por eso.",
            "DECRETO",
            "ARTÍCULO ÚNICO. Se expide.",
            "TRANSITORIOS",
        ),
        "initiative",
    )
    assert [node.kind for node in document.nodes] == ["antecedentes", "preambulo", "articulo", "transitorios"]


def test_a_sentence_has_its_three_parts():
    document = segment(
        lines(
            *("RESULTANDO", "PRIMERO. Demanda.", "SEGUNDO. Trámite."),
            *("C O N S I D E R A N D O", "PRIMERO. Competencia.", "Más.", "SEGUNDO. Fondo."),
            *("RESUELVE", "PRIMERO. Se concede.", "Notifíquese."),
        ),
        "sentence",
    )
    assert told(document) == [
        *("antecedentes", ".antecedente 1", ".antecedente 2"),
        *("considerandos", ".considerando 1", "..parrafo", ".considerando 2"),
        *("resolutivos", ".resolutivo 1", "..parrafo"),
    ]


def test_rules_of_operation_nest_by_their_points():
    document = segment(
        lines(
            "1. Objeto", "1.1 General", "Dar agua.", "1.2. Otros", "2. Cobertura", "2.1 Dónde", "a) Aquí;", "b) Allá."
        ),
        "rules",
    )
    assert told(document) == [
        *("lineamiento 1", ".numeral 1.1", "..parrafo", ".numeral 1.2"),
        *("lineamiento 2", ".numeral 2.1", "..inciso a", "..inciso b"),
    ]


def test_a_number_of_another_section_is_doubted():
    assert codes(segment(lines("1. Objeto", "1.1 General", "9.2 Otros"), "rules")) == ["jump"]


def test_a_table_is_one_provision_and_its_numbers_open_nothing():
    document = segment(
        lines(
            "Artículo 1. Cuotas:", "| Artículo 2. | Monto |", "| --- | --- |", "| I. Agua | 5 |", "Artículo 2. Texto."
        )
    )
    assert told(document) == ["articulo 1", ".table", "articulo 2"]
    assert table_rows(document.nodes[0].children[0]) == [["Artículo 2.", "Monto"], ["I. Agua", "5"]]


def test_a_hyphen_goes_when_the_word_is_known_whole_and_stays_when_it_is_known_with_it():
    text = lines(
        "Artículo 1.- La constitución de los órganos político-administrativos según la consti-",
        "tución y los órganos político-",
        "administrativos que procedan en los términos de la presente ley y de las demás que sean",
    )
    document = segment(text, layout="wrapped")
    assert "según la constitución y los órganos político-administrativos que" in document.nodes[0].text
    assert [piece.kind for piece in document.removed_lines] == ["hyphen"]
    assert missing(document, text) is None


def test_invisible_marks_are_set_apart_and_those_that_turn_the_reading_are_doubted():
    text = "Artículo 1.- Pa\u202egar\u202c a\u200b tiempo.\n"
    document = segment(text)
    assert document.nodes[0].text == "Pagar a tiempo."
    assert codes(document) == ["direction_marks"]
    assert missing(document, text) is None


def test_remarks_before_the_name_of_a_chapter_leave_it_its_name():
    document = segment(
        lines(
            "CAPÍTULO II", "(REFORMADA SU DENOMINACIÓN, P.O. 3 DE MARZO DE 2012)", "DE LAS COSAS", "Artículo 1.- Texto."
        )
    )
    assert (document.nodes[0].heading, len(document.nodes[0].notes)) == ("DE LAS COSAS", 1)


def test_a_law_that_a_decree_issues_begins_to_count_anew_and_numbers_its_paragraphs():
    document = segment(
        lines(
            *(
                "EL CONGRESO DEL ESTADO DECRETA:",
                "Artículo Único. Se expide la Ley de Aguas, para quedar como sigue:",
                "LEY DE AGUAS",
            ),
            *(
                "TÍTULO PRIMERO",
                "DE LA LEY",
                "Artículo 1.° Ley - Objeto.",
                "1. La Ley busca:",
                "I. Uno;",
                "II. Dos.",
                "2. Es pública.",
            ),
            *(
                "Artículo 2.° Ley - Sujetos.",
                "1. Son sujetos:",
                "I. Uno;",
                "II. Dos.",
                "TRANSITORIOS",
                "Primero. Vigor.",
            ),
        )
    )
    assert told(document)[3:] == [
        *("titulo 1", ".articulo 1", "..numeral 1", "...fraccion 1", "...fraccion 2", "..numeral 2"),
        *(".articulo 2", "..numeral 1", "...fraccion 1", "...fraccion 2", "transitorios", ".transitorio 1"),
    ]
    assert codes(document) == []


def test_an_index_in_front_is_not_the_law():
    document = segment(
        lines(
            "LEY DE PRUEBA",
            "ÍNDICE",
            "TÍTULO I Uno .... 1",
            "TÍTULO II Dos .... 4",
            "TÍTULO I",
            "UNO",
            "Artículo 1. Texto.",
            "TÍTULO II",
        )
    )
    assert [node.kind for node in document.nodes] == ["preambulo", "anexo", "titulo", "titulo"]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["text", "spaced", "wrapped"]))
def test_an_invented_law_is_found_whole_however_its_lines_stand(seed, how):
    law = Law(seed, articles=10)
    source = getattr(law, how)()
    document = segment(source)
    articles, members = found(document)
    assert articles == set(law.articles)
    assert {member.replace("-", "") for member in members} == law.members
    assert missing(document, source) is None


PIECES = [
    *(
        "Artículo 1.",
        "Artículo 2.-",
        "ARTÍCULO 3 Bis.",
        "ARTÍCULO PRIMERO.",
        '"Artículo 9.',
        "I.",
        "II.",
        "IV Bis.",
        "V)",
        "i)",
        "a)",
    ),
    *(
        "ñ)",
        "A.",
        "1.",
        "2.",
        "1.1",
        "**",
        "*",
        "# ",
        "> ",
        "|",
        " | a | b |",
        "\f",
        "\n",
        "\n\n",
        "\r\n",
        "TRANSITORIOS",
        "PRIMERO.-",
    ),
    *(
        "ÚNICO.",
        "CAPÍTULO I",
        "TÍTULO PRIMERO",
        "DECRETO por el que se reforma",
        "Artículo reformado DOF 04-12-1997",
        "(DEROGADO)",
    ),
    *(
        "Se deroga.",
        "para quedar como sigue:",
        "CONSIDERANDO",
        "RESUELVE",
        "ÍNDICE",
        "ANEXO I",
        "Dado en",
        "…",
        "\u202e",
        "\ufeff",
    ),
    *(
        "\x00",
        "\xad",
        "-",
        "consti-\ntución",
        "1 de 3\n",
        "2 de 3\n",
        "3 de 3\n",
        "---",
        "la ley",
        "final.",
        "\x85",
        "\\.",
        "\ud800",
    ),
]


@settings(max_examples=120, deadline=None)
@given(
    st.integers(0, 10**9),
    st.sampled_from(["law", "initiative", "rules", "sentence"]),
    st.sampled_from(["auto", "wrapped", "indented"]),
)
def test_whatever_the_text_every_character_is_kept_in_order_and_no_eid_is_given_twice(seed, profile, layout):
    dice = random.Random(seed)
    source = "".join(dice.choice(PIECES) + dice.choice([" ", "\n", ""]) for _ in range(dice.randint(0, 50)))
    document = segment(source, profile, layout)
    assert missing(document, source) is None
    eids = [node.eid for node in walk(document.nodes)]
    assert len(set(eids)) == len(eids)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
def test_any_characters_at_all_are_kept(source):
    assert missing(segment(source), source) is None
