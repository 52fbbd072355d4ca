"""How hard a Spanish text is to read, by the published formulas. A figure warns; it proves no understanding.

P is syllables a word, F words a sentence, L letters a word. Words are runs of letters: numbers and labels are left out.
Sentences end at . ; ? ! … and at the end of a paragraph, but not at the point of an abbreviation or a decimal. The
figures depend on how sentences are cut, so this cut must not change without a new `METHOD`."""

import math
import re
import statistics
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.legaltext.syllables import syllables

METHOD = "1"
FEWEST_WORDS = 30
"""Below it no score is given: one long word would decide it."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SPACED = re.compile(r"\b(?:[A-ZÁÉÍÓÚÑ] ){3,}[A-ZÁÉÍÓÚÑ]\b")
_ABBREVIATION = re.compile(
    r"\b(?:(?i:arts?|fracc?s?|inc|p[aá]rr|n[uú]ms?|lic|dra?|ing|mtr[ao]|sra?|srta|pp?|ej|etc|cfr|vs|ss|op|cit|av|col|tel|ext|dip|sen)"
    r"|No|Nos|[A-Z])\.(?=\s|,|$|[A-Z]\.)"
)
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")
_END = re.compile(r"[.;?!…]+|\n+")


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in a text."""

    words: int
    sentences: int
    syllables: int
    letters: int
    long_words: int
    many_syllables: int
    letter_variance: float
    longest_sentence: int


@dataclass(frozen=True, slots=True)
class Formula:
    """A published formula. `up` says that a higher figure is an easier text; `source` is where it was published."""

    key: str
    name: Promise | str
    words: str
    source: str
    up: bool
    note: Promise


FORMULAS = (
    Formula(
        "huerta",
        "Fernández Huerta",
        "206.84 − 60·P − 1.02·F",
        "J. Fernández Huerta, «Medidas sencillas de lecturabilidad», Consigna 214, 1959; "
        "corregida por G. Law, LINGUIST 22.2332, 2011",
        True,
        _("De 0 (muy difícil) a 100 (muy fácil). Copiarla con 0.60 y frases por cada cien palabras es un error común."),
    ),
    Formula(
        "inflesz",
        "Szigriszt-Pazos / INFLESZ",
        "206.835 − 62.3·P − F",
        "F. Szigriszt Pazos, tesis, Universidad Complutense de Madrid, 1993; "
        "escala: I. M. Barrio-Cantalejo y otros, Anales Sis San Navarra 31 (2), 2008",
        True,
        _(
            "Menos de 40 muy difícil; 40 a 55 algo difícil; 55 a 65 normal; 65 a 80 bastante fácil; más de 80 muy fácil."
        ),
    ),
    Formula(
        "polini",
        "Gutiérrez de Polini",
        "95.2 − 9.7·L − 0.35·F",
        "L. E. Gutiérrez de Polini, Investigación sobre lectura en Venezuela, Caracas, 1972",
        True,
        _("Hecha para el español desde el principio, con textos de sexto de primaria. Más alto, más fácil."),
    ),
    Formula(
        "crawford",
        "Crawford",
        "−0.205·(frases/100 palabras) + 4.9·P − 3.407",
        "A. N. Crawford, «Fórmula y gráfico para determinar la comprensibilidad…», Lectura y Vida 10 (4), 1989",
        False,
        _(
            "Años de escuela que pide. Se ajustó con los seis grados de primaria: arriba de 6 solo dice «más que primaria»."
        ),
    ),
    Formula(
        "mu",
        "Legibilidad µ",
        "n/(n−1) · media/varianza · 100 (letras por palabra)",
        "M. Muñoz Baquedano y J. Muñoz Urra, Legibilidad Mµ, Viña del Mar, 2006",
        True,
        _("De 0 a 100. Solo mira el largo de las palabras y cuánto varía."),
    ),
    Formula(
        "lix",
        "LIX",
        "F + % de palabras de más de 6 letras",
        "C. H. Björnsson, Läsbarhet, Estocolmo, 1968",
        False,
        _(
            "Arriba de 60, muy difícil. La fórmula que mejor separó leyes de textos de lectura fácil en una prueba con 418 "
            "fragmentos."
        ),
    ),
)

_BANDS = (
    (40.0, _("muy difícil")),
    (55.0, _("algo difícil")),
    (65.0, _("normal")),
    (80.0, _("bastante fácil")),
)


def count(text: str) -> Counts:
    """What the formulas need, counted in the text."""
    text = _SPACED.sub(lambda found: found[0].replace(" ", ""), text)
    text = _DECIMAL.sub("", _ABBREVIATION.sub(lambda found: found[0][:-1], text))
    lengths, sizes, spoken = [], [], []
    for sentence in _END.split(text):
        words = _WORD.findall(sentence)
        if words:
            lengths.append(len(words))
            sizes += [sum(letter.isalpha() for letter in word) for word in words]
            spoken += [syllables(word) for word in words]
    return Counts(
        len(sizes),
        len(lengths),
        sum(spoken),
        sum(sizes),
        sum(size > 6 for size in sizes),
        sum(many > 2 for many in spoken),
        statistics.pvariance(sizes) if len(sizes) > 1 else 0.0,
        max(lengths, default=0),
    )


def scores(counts: Counts) -> dict[str, float]:
    """The figure of each formula, by key; none for a text of less than `FEWEST_WORDS` words."""
    n = counts.words
    if n < FEWEST_WORDS:
        return {}
    p, f, letters = counts.syllables / n, n / counts.sentences, counts.letters / n
    return {
        "huerta": 206.84 - 60 * p - 1.02 * f,
        "inflesz": 206.835 - 62.3 * p - f,
        "polini": 95.2 - 9.7 * letters - 0.35 * f,
        "crawford": -0.205 * (100 / f) + 0.049 * (100 * p) - 3.407,
        "mu": n / (n - 1) * letters / counts.letter_variance * 100 if counts.letter_variance else math.inf,
        "lix": f + 100 * counts.long_words / n,
    }


def band(inflesz: float) -> Promise:
    """The figure of Szigriszt-Pazos in the words of the INFLESZ scale."""
    return next((words for edge, words in _BANDS if inflesz < edge), _("muy fácil"))
