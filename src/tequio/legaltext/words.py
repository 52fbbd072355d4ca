"""Words as single characters, so that sequences of words are compared as fast as strings. Needs no database."""

import re

TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
WORD = re.compile(r"\w+")
_SURROGATES = range(0xD800, 0xE000)


class Code:
    """Gives each distinct word a character of its own."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._next = 0x100

    def of(self, words: list[str]) -> str:
        """The words as a text of one character each."""
        known = self._known
        found = []
        for word in words:
            sign = known.get(word)
            if sign is None:
                if self._next in _SURROGATES:
                    self._next = _SURROGATES.stop
                sign = known[word] = chr(self._next)
                self._next += 1
            found.append(sign)
        return "".join(found)


def tokens(text: str) -> list[str]:
    """Words, spaces and marks, in order; together they are the text."""
    return TOKENS.findall(text)


def plain_words(text: str) -> list[str]:
    """The words alone, without case."""
    return [word.lower() for word in WORD.findall(text)]


# Words that carry no thought of their own; a run of nothing else credits nobody and finds nothing.
STOP = frozenset(
    """a al algún alguna algunas alguno algunos ante así aquel aquella aquellas aquellos aun bajo cada como con contra cual
    cuales cualquier cuando cuya cuyas cuyo cuyos de del desde dicha dichas dicho dichos donde durante e el ella ellas ellos
    en entre era eran es esa esas ese eso esos esta estas este esto estos está están fue fueron ha hacia han hasta hay la
    las le les lo los mediante mas más mismo misma mismas mismos ni no nos o para pero por porque que quien quienes se sea
    sean según ser será serán si sido sin sino sobre son su sus tal tales también tan tanto toda todas todo todos tras u un
    una unas uno unos y ya sí cuál qué
    artículo artículos fracción fracciones inciso párrafo presente ley términos disposiciones aplicables""".split()  # noqa: SIM905
)


def content(words: list[str]) -> int:
    """How many of the words carry a thought."""
    return sum(1 for word in words if word[:1].isalnum() and word.lower() not in STOP)
