"""What a provision points to: other articles of its own text and other laws, each with its place in the words.

Only what is plain is found. "el artículo 5 de dicha Ley" names a law that stands elsewhere: it is left alone, because a
link to a wrong article is worse than none."""

import re
from typing import NamedTuple

from tequio.legaltext.labels import LATIN, from_roman, key_of, plain


class Reference(NamedTuple):
    """Characters `start` to `end` name an article (`article` is its number key, `item` the key of the fracción or inciso
    named with it) of the law `law`, or the law itself when `article` is empty. `law` is a title as written; empty is
    the text in which the reference stands."""

    start: int
    end: int
    article: str
    item: str
    law: str


_LATIN = "|".join(sorted(LATIN, key=len, reverse=True))
_NUMBER = (
    rf"\d{{1,4}}(?:\s*[oº°]\.?(?![a-záéíóúñ]))?(?:\s*-?\s*(?i:{_LATIN})\b(?:\s+\d{{1,2}}\b)?"
    r"|\s*-\s*[A-Z]\b|\s+[A-Z](?![\wáéíóúñ]|\.\s?[A-Z]))?"
)
_ITEMS = r"(?:fracci[oó]n(?:es)?|incisos?|p[aá]rrafos?|apartados?|numeral(?:es)?)"
_SKIP = (
    rf"(?:\s*,?\s*(?:en\s+su\s+|en\s+sus\s+)?(?:primer|segundo|tercer|cuarto|quinto|sexto|[uú]ltimo)?\s*{_ITEMS}\s+"
    r"(?:[IVXLC]+|[a-zñ]\)|[\"“]?[A-Za-z][\"”]?(?![a-záéíóú])|\d+|primero|segundo|tercero|cuarto|quinto|sexto|s[eé]ptimo|[uú]ltimo)\b\)?"
    r"(?:\s*(?:,|y|o|e|a|al)\s*(?:[IVXLC]+\b|[a-zñ]\)))*|\s*,\s*(?:primer|segundo|tercer|cuarto|quinto|[uú]ltimo)\s+p[aá]rrafo)*"
)
_ARTICLES = re.compile(
    rf"\b[Aa]rt(?:[ií]culos?|s?\.)\s+(?P<list>{_NUMBER}{_SKIP}(?:(?:\s*,\s*(?:y\s+)?|\s*;\s*(?:y\s+)?|\s+(?:y|o|e|u|al?)\s+)(?:al?\s+)?{_NUMBER}{_SKIP})*)"
)
_ONE = re.compile(_NUMBER)
_ITEM = re.compile(r"fracci[oó]n\s+([IVXLC]+)\b(?!\s*(?:,|y|o|a)\s*[IVXLC]+\b)|inciso\s+([a-zñ])\)")
_OWN = re.compile(
    r"\s*,?\s*(?:y\s+)?(?:de\s+est[ea]|de(?:l)?\s+(?:la\s+)?presente|de\s+est[ea]\s+mism[oa])\s+"
    r"(?:ley|c[oó]digo|reglamento|estatuto|ordenamiento|constituci[oó]n|acuerdo|decreto|cap[ií]tulo|t[ií]tulo|secci[oó]n|libro)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\s*,?\s*(?:transitorios?\b|de(?:l)?\s+(?:la\s+)?(?:propi|mism|dich|citad|referid|mencionad|anterior|otr)"
    r"|de(?:l)?\s+(?:los?\s+|las?\s+)?(?:ley|decreto|c[oó]digo|reglamento|acuerdo|convenci[oó]n|tratado|pacto|ordenamiento|legislaci[oó]n|normatividad)\b)",
    re.IGNORECASE,
)
_WORD = r"[A-ZÁÉÍÓÚÑ][A-Za-zÁÉÍÓÚáéíóúñÑü]*"
_JOIN = r"(?:\s+(?:de|del|la|las|los|el|y|e|en|a|al|para|sobre|por|contra|su|sus|con)){1,4}"
_HEAD = r"(?:Ley(?:es)?|C[oó]digo|Reglamento|Constituci[oó]n|Estatuto|Convenci[oó]n|LEY|C[OÓ]DIGO|CONSTITUCI[OÓ]N)"
_NOT_NEXT = rf"(?!\s+(?:y|e|o)\s+(?:(?:la|el|las|los|su|sus|de|del|demás)\s+)*{_HEAD}\b)"
_TITLE = (
    rf"{_HEAD}(?!\s+(?:y|e|en|con|para)\b)(?:{_NOT_NEXT}(?:,\s+(?={_WORD}\s+y\s)|{_JOIN}\s+|\s+){_WORD})+"
    rf"(?:,\s+{_WORD}(?:\s+y\s+{_WORD})(?:{_JOIN}\s+{_WORD})*)?"
)
_LAW = re.compile(rf"\b{_TITLE}")
_OF_LAW = re.compile(rf"\s*,?\s*(?:todos?\s+)?de(?:l)?\s+(?:la\s+|las\s+|los\s+)?(?P<law>{_TITLE})")
_OF_CONSTITUTION = re.compile(r"\s+constitucional(?:es)?\b", re.IGNORECASE)
CONSTITUTION = "Constitución Política de los Estados Unidos Mexicanos"


def find(text: str) -> list[Reference]:
    """Every plain reference in the text, in order; they do not overlap."""
    out: list[Reference] = []
    if "rt" in text:
        for found in _ARTICLES.finditer(text):
            out += _articles(text, found)
    taken = [(reference.start, reference.end) for reference in out]
    for law in _LAW.finditer(text) if re.search(r"(?i:ley|digo|reglam|constit|estatuto|conven)", text) else ():
        words = law[0]
        if len(words.split()) > 2 and not any(start < law.end() and law.start() < end for start, end in taken):
            out.append(Reference(law.start(), law.end(), "", "", words))
    return sorted(out)


def _articles(text: str, found: re.Match[str]) -> list[Reference]:
    after = text[found.end() : found.end() + 260]
    law = ""
    if _OF_CONSTITUTION.match(after):
        law = CONSTITUTION
    elif not _OWN.match(after):
        if other := _OF_LAW.match(after):
            law = other["law"]
        elif _ELSEWHERE.match(after):
            return []
    out = []
    start = found.start("list")
    places = [match for match in _ONE.finditer(found["list"]) if not _inside_items(found["list"], match.start())]
    for number, match in enumerate(places):
        until = places[number + 1].start() if number + 1 < len(places) else len(found["list"])
        item = _ITEM.search(found["list"], match.end(), until)
        key = ""
        if item:
            key = str(from_roman(item[1]) or "") if item[1] else "nn" if item[2] == "ñ" else item[2]
        out.append(
            Reference(start + match.start(), start + match.start() + len(match[0].rstrip()), _key(match[0]), key, law)
        )
    return out


def _inside_items(words: str, place: int) -> bool:
    """Whether the number counts paragraphs or numerals and names no article."""
    return bool(re.search(rf"{_ITEMS}\s+$", words[:place]))


def _key(words: str) -> str:
    parts = re.match(
        rf"(\d+)\s*[oº°]?\.?(?:\s*-?\s*(?P<latin>(?i:{_LATIN})\b)(?:\s+(?P<second>\d+))?|\s*-?\s*(?P<letter>[A-Z]))?",
        words,
    )
    if parts is None:
        return ""
    return key_of(str(int(parts[1])), parts["letter"] or "", plain(parts["latin"] or ""), parts["second"] or "")
