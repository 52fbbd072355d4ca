"""Real laws, counted against keys that a person made by reading them."""

from functools import cache

import pytest

from tequio.legaltext import pdf_out
from tequio.legaltext.readers import Read, paste, read
from tequio.legaltext.tests import word_files
from tequio.legaltext.tests.keys import REAL, found, keyed
from tequio.legaltext.tree import Document, Node, all_doubts, missing, walk

TEXTS = {
    "LTAIPECHIH_2024_vigente.md": "law",
    "LFISCHIH_2022_vigente.md": "law",
    "AG_TDJ_CHIH_13_2025.md": "agreement",
    "estatuto-df-2014.txt": "law",
    "lplan.pdf": "law",
}


@cache
def law(name: str) -> Read:
    return read((REAL / name).read_bytes(), name, TEXTS[name])


def shares(document: Document, key: str) -> tuple[float, float, float, float]:
    """Recall and precision of articles, then of fracciones and incisos under the right parent."""
    figures = []
    for held, wanted in zip(found(document), keyed(key), strict=True):
        figures += [len(held & wanted) / len(wanted), len(held & wanted) / len(held)]
    return tuple(figures)


@pytest.mark.parametrize("name", TEXTS)
def test_no_character_of_a_real_text_is_lost_or_moved(name):
    document, source = law(name)
    assert missing(document, source) is None


@pytest.mark.parametrize("name", TEXTS)
def test_no_two_provisions_of_a_real_text_have_one_eid(name):
    eids = [node.eid for node in walk(law(name).document.nodes)]
    assert len(set(eids)) == len(eids)


def test_the_keys_hold_what_their_laws_are_known_to_hold():
    articles, members = keyed("LTAIPECHIH_2024")
    assert (len(articles), len(members)) == (187, 700)
    assert {"31a", "31h", "81bis"} <= articles
    assert {"19/b/7/u", "77/28/a/14", "17/3/d", "5/10/j"} <= members
    articles, members = keyed("lplan")
    assert (len(articles), len(members)) == (48, 58)


def test_a_law_in_markdown_is_found_whole_with_lettered_articles_and_lists_under_the_right_parent():
    assert shares(law("LTAIPECHIH_2024_vigente.md").document, "LTAIPECHIH_2024") == (1, 1, 1, 1)


def test_a_law_as_a_true_pdf_is_found_whole():
    assert shares(law("lplan.pdf").document, "lplan") == (1, 1, 1, 1)


def test_a_law_in_word_with_typed_numbers_is_found_whole():
    document, source = read(word_files.typed(law("LTAIPECHIH_2024_vigente.md").document))
    assert shares(document, "LTAIPECHIH_2024") == (1, 1, 1, 1)
    assert missing(document, source) is None


def test_a_law_in_word_with_automatic_numbers_is_found_whole_and_says_that_word_counted():
    document, source = read(word_files.automatic(law("LTAIPECHIH_2024_vigente.md").document))
    assert shares(document, "LTAIPECHIH_2024") == (1, 1, 1, 1)
    assert missing(document, source) is None
    assert "automatic_numbers" in {doubt.code for doubt, _node in all_doubts(document)}


def test_a_law_printed_to_pdf_by_us_is_found_again():
    printed = pdf_out.write(law("LTAIPECHIH_2024_vigente.md").document, "Ley de Transparencia")
    articles, articles_right, members, members_right = shares(read(printed).document, "LTAIPECHIH_2024")
    assert min(articles, articles_right) >= 0.99
    assert min(members, members_right) >= 0.97


def test_the_true_pdf_in_word_is_found_whole():
    document, _source = read(word_files.typed(law("lplan.pdf").document))
    assert shares(document, "lplan") == (1, 1, 1, 1)


def test_a_pasted_law_is_the_same_law():
    document, source = law("AG_TDJ_CHIH_13_2025.md")
    assert paste(source, "agreement").document == document


def bodies(nodes: tuple[Node, ...]) -> list[Node]:
    out = []
    for node in nodes:
        if node.kind in ("transitorios", "decreto", "cita", "anexo", "cierre"):
            continue
        out += [node, *bodies(node.children)]
    return out


@pytest.mark.parametrize(
    ("name", "articles"),
    [("LFISCHIH_2022_vigente.md", 85), ("AG_TDJ_CHIH_13_2025.md", 36), ("estatuto-df-2014.txt", 145)],
)
def test_every_article_is_found_once(name, articles):
    held = [node.number_key for node in bodies(law(name).document.nodes) if node.kind == "articulo"]
    assert held == [str(number) for number in range(1, articles + 1)]


def test_numbers_lost_in_conversion_are_a_serious_doubt_and_stay_as_they_came():
    document = law("LFISCHIH_2022_vigente.md").document
    lost = [
        node for doubt, node in all_doubts(document) if (doubt.code, doubt.severity) == ("numbering_lost", "serious")
    ]
    assert lost[0].number_key == "5"
    assert {child.label for child in lost[0].children if child.kind == "fraccion"} == {"I."}


def test_running_heads_and_folios_are_set_apart_and_listed():
    document, _source = law("estatuto-df-2014.txt")
    kinds = [piece.kind for piece in document.removed_lines]
    assert (kinds.count("folio"), kinds.count("head")) == (66, 265)
    assert not any("Servicios Parlamentarios" in node.text for node in walk(document.nodes))


def test_reform_notes_are_apart_from_the_words_with_their_date():
    article = next(node for node in walk(law("lplan.pdf").document.nodes) if node.eid == "art_44")
    assert (article.text, article.state) == ("Se deroga.", "repealed")
    assert [(note.text, note.date, note.gazette) for note in article.notes] == [
        ("Artículo derogado DOF 16-02-2018", "2018-02-16", "DOF")
    ]


def test_each_later_decree_has_its_own_transitorios():
    decrees = [node for node in law("lplan.pdf").document.nodes if node.kind == "decreto"]
    assert len(decrees) == 11
    assert all(any(child.kind == "transitorios" for child in decree.children) for decree in decrees)
    last = decrees[-1].children
    assert next((node.kind, node.number_key) for node in last) == ("articulo", "12")
    assert len(last[-1].children) == 7


def test_an_agreement_has_its_considerandos():
    document = law("AG_TDJ_CHIH_13_2025.md").document
    part = next(node for node in document.nodes if node.kind == "considerandos")
    assert [node.number_key for node in part.children if node.kind == "considerando"] == ["1", "2", "3", "4", "5", "6"]
