"""Words of Spanish and English as the index knows them: stems, then accents folded.

The order matters. Stemming after folding would take "publicó" for another word than "publicar"; folding after stemming
lets "tecnica" find "técnica" and "ninos" find "niños" without losing the endings that the stemmer knows.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
UNACCENTED_END = re.compile(r"ia(s|n|)$")
LONGEST_WORD = 40

_STOP_WORDS = (
    "a al algo ante aun cada como con contra cual cuando de del desde donde e el ella ellas ellos en entre era "
    "es esa ese eso "
    "esta este esto estos estas fue ha han hasta hay la las le les lo los mas me mi mis muy ni no nos o para "
    "pero por porque "
    "que se ser si sin sobre son su sus tambien te tu tus u un una unas uno unos y ya "
    "an and are as at be been but by for from had has have if in into is it its not of on or that the their "
    "them there these "
    "they this to was were which with"
)
STOP = frozenset(_STOP_WORDS.split())

_stemmers = {"es": snowballstemmer.stemmer("spanish"), "en": snowballstemmer.stemmer("english")}


class Token(NamedTuple):
    """A word of a text with its place in it."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text, in order."""
    return [Token(found.group(), found.start(), found.end()) for found in WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Lower case without accents; "ñ" is "n", as people type it."""
    bare = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in bare if c.isalnum())[:LONGEST_WORD]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The folded stem of a word; words of one family share it.

    Snowball is applied until nothing changes, because it takes "jóvenes" to "joven" but "joven" to "jov". What it
    leaves apart in Spanish is joined after it: "luz" and "luces", "verificar" and "verificación", "año" and "años".
    """
    found = unicodedata.normalize("NFC", word.lower())[:LONGEST_WORD]
    stemmer = _stemmers["en" if language == "en" else "es"]
    for _step in range(4):
        shorter = stemmer.stemWord(found)
        if shorter == found or len(shorter) < 3:
            break
        found = shorter
    found = fold(found)
    if language == "en":
        return found
    if found.endswith("z"):
        found = found[:-1] + "c"
    if len(found) >= 6 and found.endswith(("ific", "unic")):
        found = found[:-2]
    if len(found) == 4 and found.endswith(("os", "as")):
        found = found[:-1]
    if len(found) >= 5 and found[-1] in "aeiou":
        found = found[:-1]
    return found


@lru_cache(maxsize=50_000)
def stems(word: str) -> frozenset[str]:
    """The stems a typed word may have: the reader's language does not tell that of the text.

    Snowball takes "ía" for the ending of a verb and "ia" for none, so "secretaria" typed without its accent also looks
    for what "Secretaría" became, and the other way round.
    """
    bare = fold(word)
    accented = UNACCENTED_END.sub(r"ía\1", bare)
    return frozenset((stem(word, "es"), stem(word, "en"), stem(bare, "es"), stem(accented, "es")))


def is_stop(word: str) -> bool:
    """Whether a word is too common to search for."""
    return fold(word) in STOP
