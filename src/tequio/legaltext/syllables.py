"""Syllables of written Spanish, by the rules of its spelling.

One syllable for each run of vowels and one more for each break between two vowels that do not glide: two strong ones
(*le·er*), a strong one beside an accented i or u (*ma·íz*), two equal ones. `qu` and `gu` before e and i hold no vowel;
an h between vowels counts for nothing (*prohi·bir*), but `hu` before a vowel opens a syllable (*Ná·huatl*); y is a vowel
at the end of a word or alone. Prefixes that a grammarian would set apart and the custom of one country (*cli·en·te*) are
not followed: the rule is the spelling of 2010 (Ortografía de la lengua española, RAE and ASALE), where *guion* and
*construir* have no break."""

import re
from functools import lru_cache

_STRONG, _WEAK, _BROKEN = "aeoáéó", "iuüy", "íú"
_VOWELS = _STRONG + _WEAK + _BROKEN
_RUN = re.compile(f"[{_VOWELS}]+")


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """How many syllables a word has; at least one for anything with a letter."""
    word = word.lower()
    word = re.sub(r"qu(?=[eéií])", "q", word)
    word = re.sub(r"gu(?=[eéií])", "g", word)
    word = re.sub(r"hu(?=[aeoiáéóí])", "w", word)
    word = word.replace("ch", "c").replace("h", "")
    word = re.sub(r"y(?=[aeiouáéíóúü])", "j", word)
    count = 0
    for run in _RUN.finditer(word):
        count += 1 + sum(_breaks(a, b) for a, b in zip(run[0], run[0][1:], strict=False))
    return max(count, 1)


def _breaks(first: str, second: str) -> bool:
    """Whether two vowels beside each other belong to two syllables."""
    if first in _STRONG and second in _STRONG:
        return True
    if first in _BROKEN or second in _BROKEN:
        both_weak = first in _WEAK + _BROKEN and second in _WEAK + _BROKEN
        return not both_weak or _bare(first) == _bare(second)
    return first == second


def _bare(letter: str) -> str:
    return {"í": "i", "ú": "u"}.get(letter, letter)
