"""Syllables, readability, references and the glossary."""

import math

import pytest

from tequio.legaltext import glossary, readability, references
from tequio.legaltext.syllables import syllables
from tequio.legaltext.tests.keys import REAL


def test_every_word_of_the_hand_counted_list_has_its_syllables():
    counted = [line.split() for line in (REAL / "syllables.txt").read_text().splitlines()]
    assert len(counted) == 130
    assert [word for word, count in counted if syllables(word) != int(count)] == []


def test_counts_leave_out_numbers_and_do_not_end_a_sentence_at_an_abbreviation():
    counts = readability.count("El art. 5 de la Ley cuesta 3.50 pesos. V I S T O S; el Lic. Pérez firma.")
    assert (counts.words, counts.sentences) == (12, 3)
    assert counts.longest_sentence == 7


TEXT = "La ley es clara. Toda persona puede pedir información pública sin decir para qué la quiere. " * 3


def test_the_formulas_are_those_that_were_published():
    counts = readability.count(TEXT)
    assert (counts.words, counts.sentences, counts.syllables, counts.letters) == (48, 6, 90, 222)
    p, f, letters = 90 / 48, 48 / 6, 222 / 48
    scores = readability.scores(counts)
    assert scores["huerta"] == pytest.approx(206.84 - 60 * p - 1.02 * f)
    assert scores["inflesz"] == pytest.approx(206.835 - 62.3 * p - f)
    assert scores["polini"] == pytest.approx(95.2 - 9.7 * letters - 0.35 * f)
    assert scores["crawford"] == pytest.approx(-0.205 * (100 * 6 / 48) + 0.049 * (100 * p) - 3.407)
    assert scores["mu"] == pytest.approx(48 / 47 * letters / counts.letter_variance * 100)
    assert scores["lix"] == pytest.approx(f + 100 * counts.long_words / 48)
    assert set(scores) == {formula.key for formula in readability.FORMULAS}
    assert all(math.isfinite(score) for score in scores.values())


def test_a_short_text_gets_no_score():
    assert readability.scores(readability.count("Se deroga.")) == {}


@pytest.mark.parametrize(
    ("figure", "words"),
    [(39.9, "muy difícil"), (40, "algo difícil"), (64.9, "normal"), (65, "bastante fácil"), (80, "muy fácil")],
)
def test_the_scale_says_its_words(figure, words):
    assert str(readability.band(figure)) == words


GENERAL = "Ley General de Transparencia y Acceso a la Información Pública"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("conforme al artículo 12 Bis de esta Ley.", [("12 Bis", "12-bis", "", "")]),
        (
            "artículos 5, 6, fracción II y 31 A del presente Código",
            [("5", "5", "", ""), ("6", "6", "2", ""), ("31 A", "31-a", "", "")],
        ),
        (f"el artículo 7 de la {GENERAL}.", [("7", "7", "", GENERAL), (GENERAL, "", "", GENERAL)]),
        ("artículo 3o. Constitucional", [("3o.", "3", "", references.CONSTITUTION)]),
        ("el artículo 5 de dicha Ley", []),
        ("el artículo 5 de la Ley", []),
        ("el artículo Segundo Transitorio", []),
        ("el artículo 9, inciso b), de este Reglamento", [("9", "9", "b", "")]),
        (
            "la Ley de Amparo y la Ley de Aguas del Valle",
            [("Ley de Amparo", "", "", "Ley de Amparo"), ("Ley de Aguas del Valle", "", "", "Ley de Aguas del Valle")],
        ),
        ("la presente Ley entra en vigor", []),
    ],
)
def test_references_are_found_with_what_they_point_to(text, held):
    assert [
        (text[found.start : found.end], found.article, found.item, found.law) for found in references.find(text)
    ] == held


def test_the_glossary_says_that_nobody_has_reviewed_it():
    assert len(glossary.terms()) == 248
    assert not any(term.reviewed for term in glossary.terms())


def test_terms_are_found_at_the_word_and_inside_none():
    text = "El promovente, a efecto de impugnar, lo notificará al promoventeado."
    assert [text[hit.start : hit.end] for hit in glossary.find(text)] == ["promovente", "a efecto de", "impugnar"]


def test_words_of_every_day_are_left_out_unless_asked_for():
    assert glossary.find("La mayor parte del plazo.") == []
    assert [hit.term.term for hit in glossary.find("La mayor parte del plazo.", hints=True)] == ["parte", "plazo"]
