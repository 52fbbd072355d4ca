"""Where a provision names another article ("el artículo 12 Bis de esta Ley") or another text. Needs no database.

Careful rather than complete: an article of a text that is not known here becomes no link, and a bare "artículo 5" that is
followed by the name of another law is not taken for one of our own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tequio.legaltext.labels import key_of, plain

_NUMBER = r"(\d+)(?:[oº°]\.?)?(?:[ -]([A-Z])(?![a-záéíóúñ]))?(?:[ -](bis|ter|qu[aá]ter|quinquies|sexies)\b)?"
ARTICLE = re.compile(rf"\b[Aa]rt[ií]culos?\s+((?:{_NUMBER}(?:\s*,\s*|\s+y\s+|\s+o\s+|\s+e\s+)?)+)", re.IGNORECASE)
ONE = re.compile(_NUMBER, re.IGNORECASE)
# What follows and says that the article is another text's.
FOREIGN = re.compile(
    r"^[^.;]{0,60}?\b(?:de la|del|de las|de los)\s+(?:Constituci[oó]n|C[oó]digo|Ley|Reglamento|Reglas|Estatuto|Acuerdo)\b"
)
OWN = re.compile(
    r"^[^.;]{0,60}?\b(?:de esta|de este|de la presente|del presente|del mismo|de la misma)\b", re.IGNORECASE
)


class Citation(NamedTuple):
    """Characters ``start`` to ``end`` name the article with the number key ``article`` of our own text, or the text ``work``."""

    start: int
    end: int
    words: str
    article: str
    work: int | None


@dataclass
class Books:
    """``own`` is the text that is read; ``titles`` gives other texts' keys by their official titles."""

    own: int
    titles: Mapping[str, int]
    pattern: re.Pattern[str] | None = field(init=False)
    known: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.known = {_flat(title): pk for title, pk in self.titles.items() if pk != self.own and len(title) > 8}
        names = sorted((title for title, pk in self.titles.items() if pk != self.own and len(title) > 8), key=len)
        loose = (r"\s+".join(map(re.escape, name.split())) for name in reversed(names))
        self.pattern = re.compile("|".join(loose), re.IGNORECASE) if names else None


def _flat(title: str) -> str:
    return plain(" ".join(title.split()))


def citations(text: str, books: Books) -> Iterator[Citation]:
    """What a wording names, in order, none inside another."""
    others = list(books.pattern.finditer(text)) if books.pattern else []
    taken = [(match.start(), match.end()) for match in others]
    found = [
        Citation(match.start(), match.end(), match.group(), "", books.known.get(_flat(match.group())))
        for match in others
    ]
    for match in ARTICLE.finditer(text):
        rest = text[match.end() : match.end() + 90]
        if FOREIGN.match(rest) and not OWN.match(rest):
            continue
        for one in ONE.finditer(match.group(1)):
            start, end = match.start(1) + one.start(), match.start(1) + one.end()
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            number, letter, latin = one.groups()
            key = key_of(number, (letter or "").lower(), plain(latin or ""))
            found.append(Citation(start, end, text[start:end], key, books.own))
    return iter(sorted(found))
