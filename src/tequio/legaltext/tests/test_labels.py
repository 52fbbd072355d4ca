"""Numbers as Mexican texts write them."""

import pytest

from tequio.legaltext import labels
from tequio.legaltext.labels import follows, order


@pytest.mark.parametrize(
    ("line", "label", "key", "rest"),
    [
        ("Artículo 1o.- Las normas", "Artículo 1o.-", "1", "Las normas"),
        ("ARTÍCULO 1°. Objeto", "ARTÍCULO 1°.", "1", "Objeto"),
        ("Artículo 9º.- Los", "Artículo 9º.-", "9", "Los"),
        ("Art. 5 Bis 2. Texto", "Art. 5 Bis 2.", "5-bis-2", "Texto"),
        ("Artículo 27-A.- Texto", "Artículo 27-A.-", "27-a", "Texto"),
        ("ARTÍCULO 31 A. Texto", "ARTÍCULO 31 A.", "31-a", "Texto"),
        ("ARTÍCULO 31. A los sujetos", "ARTÍCULO 31.", "31", "A los sujetos"),
        ("ARTÍCULO 68.- A través del plebiscito", "ARTÍCULO 68.-", "68", "A través del plebiscito"),
        ("ARTÍCULO 5o Bis - DEROGADO", "ARTÍCULO 5o Bis -", "5-bis", "DEROGADO"),
        ("Artículo 12 Quáter.- Texto", "Artículo 12 Quáter.-", "12-quater", "Texto"),
        ("Artículo 20 Bis.- Texto", "Artículo 20 Bis.-", "20-bis", "Texto"),
        ("Artículo 4 Bis-A. Texto", "Artículo 4 Bis-A.", "4-a-bis", "Texto"),
        ("Artículos 135.- Texto", "Artículos 135.-", "135", "Texto"),
        ("ARTÍCULO ÚNICO. - Se reforma", "ARTÍCULO ÚNICO. -", "unico", "Se reforma"),
        ("Artículo 4o. A.- Texto", "Artículo 4o. A.-", "4-a", "Texto"),
        ("Artículo 27 B Bis. Texto", "Artículo 27 B Bis.", "27-b-bis", "Texto"),
        ("Artículo 1.38 Bis.- Texto", "Artículo 1.38 Bis.-", "1.38-bis", "Texto"),
        ("ARTÍCULO 1.-Las normas", "ARTÍCULO 1.-", "1", "Las normas"),
        ("ARTÍCULO PRIMERO TRANSITORIO.- Vigor", "ARTÍCULO PRIMERO TRANSITORIO.-", "1", "Vigor"),
        ("Artículo Décimo Segundo.- Se", "Artículo Décimo Segundo.-", "12", "Se"),
    ],
)
def test_an_article_is_known_by_its_label(line, label, key, rest):
    found = labels.article(line)
    assert found is not None
    assert (found.label, found.key, found.rest) == (label, key, rest)


@pytest.mark.parametrize(
    "line", ["Artículos Transitorios de decretos", "Artículo por artículo", "Las artes 1. y", "Articulado 1."]
)
def test_other_words_are_no_article(line):
    assert labels.article(line) is None


@pytest.mark.parametrize(
    ("line", "kind", "key"),
    [
        ("TITULO PRIMERO", "titulo", "1"),
        ("CAPÍTULO ÚNICO", "capitulo", "unico"),
        ("Capítulo II Bis", "capitulo", "2-bis"),
        ("CAPÍTULO DÉCIMO PRIMERO", "capitulo", "11"),
        ("SECCIÓN 1a.", "seccion", "1"),
        ("Sección Primera De las cosas", "seccion", "1"),
        ("LIBRO SEGUNDO", "libro", "2"),
        ("APARTADO A", "apartado", "a"),
        ("TÍTULO PRELIMINAR", "titulo", "preliminar"),
    ],
)
def test_a_division_is_known_by_its_label(line, kind, key):
    found = labels.container(line)
    assert found is not None
    assert (found.kind, found.key) == (kind, key)


@pytest.mark.parametrize("line", ["capítulo se computarán los plazos", "Capítulo anterior", "Título de crédito"])
def test_a_division_needs_a_number(line):
    assert labels.container(line) is None


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("IV Bis. Texto", [("R", "4-bis")]),
        ("V) Texto", [("R", "5"), ("A", "v")]),
        ("i) texto", [("r", "1"), ("a", "i")]),
        ("ñ) texto", [("a", "nn")]),
        ("aa) texto", [("a", "aa")]),
        ("II.- Texto", [("R", "2")]),
        ("II", [("R", "2")]),
        ("12. Texto", [("n", "12")]),
        ("Si. Texto", []),
        ("2030 podrán", []),
        ("3.2 Algo", []),
        ("", []),
    ],
)
def test_a_label_of_a_list_tells_every_way_to_read_it(line, readings):
    assert [(item.form, item.key) for item in labels.items(line)] == readings


ORDINALS = "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo".split()  # noqa: SIM905


def test_ordinals_in_words_are_known_up_to_the_nineties():
    assert [labels.ordinal(word) for word in ORDINALS] == [str(number) for number in range(1, 11)]
    assert [labels.ordinal(f"Décimo {word}") for word in ORDINALS[:9]] == [str(number) for number in range(11, 20)]
    told = (
        "Undécima",
        "DUODÉCIMO",
        "decimotercero",
        "Vigésimo Primero",
        "VIGÉSIMA SÉPTIMA",
        "trigésimo noveno",
        "Cuadragésimo",
    )
    assert [labels.ordinal(word) for word in told] == ["11", "12", "13", "21", "27", "39", "40"]
    assert (labels.ordinal("Primer"), labels.ordinal("ÚNICA"), labels.ordinal("Ley")) == ("1", "unico", None)


def test_roman_numbers_are_known_and_nothing_else_is_one():
    assert [labels.from_roman(labels.to_roman(number)) for number in range(1, 400)] == list(range(1, 400))
    assert [labels.from_roman(text) for text in ("", "IIII", "VX", "CIVIL")] == [None] * 4


def test_keys_sort_as_laws_count():
    keys = ["5", "5-a", "5-b", "5-bis", "5-bis-1", "5-ter", "5-quater", "6", "10", "31-a"]
    assert sorted(keys, key=order) == ["5", "5-bis", "5-bis-1", "5-ter", "5-quater", "5-a", "5-b", "6", "10", "31-a"]
    assert sorted(["o", "nn", "n", "a", "aa"], key=order) == ["a", "n", "nn", "o", "aa"]


@pytest.mark.parametrize(
    ("last", "now", "right"),
    [
        ("4", "5", True),
        ("4", "4-bis", True),
        ("4-bis", "4-ter", True),
        ("4-ter", "5", True),
        ("3-a", "3-bis", True),
        ("1.38", "2.1", True),
        ("999", "1000", True),
        ("4", "6", False),
        ("5", "4", False),
        ("5", "5", False),
    ],
)
def test_what_comes_next(last, now, right):
    assert follows(order(last), order(now)) is right


def test_both_alphabets_go_on():
    assert follows(order("n"), order("nn"), letters=True)
    assert follows(order("n"), order("o"), letters=True)
    assert not follows(order("m"), order("o"), letters=True)
