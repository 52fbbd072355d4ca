"""Numbers of provisions as Mexican texts write them: `1o.`, `31 A.`, `IV Bis`, `DÉCIMO SEGUNDO.-`, `ñ)`.

A number has one spelling as a key (`31-a`, `4-bis`, `12`, `nn`, `unico`) that `order` turns into something to sort by.
"""

import re
import unicodedata
from typing import NamedTuple

LATIN = {
    name: rank
    for rank, names in enumerate(
        (
            "bis",
            "ter",
            "quater quarter cuater",
            "quinquies quintus quinques",
            "sexies sexties",
            "septies septimus",
            "octies octavus",
            "nonies novies nonus",
            "decies",
            "undecies",
            "duodecies",
            "terdecies tredecies",
            "quaterdecies",
            "quindecies",
            "sexdecies",
            "septendecies",
            "octodecies",
            "novodecies",
            "vicies",
        ),
        start=2,
    )
    for name in names.split()
}
"""Suffix → how many times: `bis` 2, `ter` 3… Older laws spell some of them in more ways."""
_LATIN_NAME: dict[int, str] = {}
for _name, _rank in LATIN.items():
    _LATIN_NAME.setdefault(_rank, _name)

ALPHABET = "abcdefghijklmnñopqrstuvwxyz"
_UNITS = ["primer", "segund", "tercer", "cuart", "quint", "sext", "septim", "octav", "noven"]
_TENS = [
    "decim",
    "vigesim",
    "trigesim",
    "cuadragesim",
    "quincuagesim",
    "sexagesim",
    "septuagesim",
    "octogesim",
    "nonagesim",
]
_SINGLE = {"primer": 1, "tercer": 3, "undecim": 11, "duodecim": 12, "sept": 7, "setim": 7}

_ROMAN_VALUES = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def plain(text: str) -> str:
    """Lower case without accents; ñ stays."""
    text = text.lower()
    if text.isascii():
        return text
    text = text.replace("ñ", "\0")
    text = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return text.replace("\0", "ñ")


def to_roman(number: int) -> str:
    """1 → I. For numbers from 1."""
    out = []
    for value, letters in _ROMAN_VALUES:
        while number >= value:
            out.append(letters)
            number -= value
    return "".join(out)


_FROM_ROMAN = {to_roman(number): number for number in range(1, 400)}


def from_roman(text: str) -> int | None:
    """The value of a well-formed roman number up to 399, else None; never anything for empty text."""
    return _FROM_ROMAN.get(text.upper())


def ordinal(text: str) -> str | None:
    """The key of an ordinal in words ("Décimo Segundo" → "12", "ÚNICA" → "unico"), None for other words."""
    words = plain(text).split()
    if not words or len(words) > 3:
        return None
    if words in (["unico"], ["unica"]):
        return "unico"
    total, rest = 0, "".join(word[:-1] if word[-1] in "oa" and len(words) > 1 else word for word in words)
    rest = rest[:-1] if rest[-1:] in "oa" else rest
    for base, stem in enumerate(_TENS, start=1):
        if rest == stem:
            return str(base * 10)
        for joined in (stem, stem + "o", stem + "a"):
            tail = rest.removeprefix(joined)
            if tail != rest and (unit := _unit(tail)):
                return str(base * 10 + unit)
    total = _SINGLE.get(rest, 0) or _unit(rest)
    return str(total) if total else None


def _unit(stem: str) -> int:
    return _UNITS.index(stem) + 1 if stem in _UNITS else _SINGLE.get(stem, 0) if stem in ("sept", "setim") else 0


class Number(NamedTuple):
    """A number to compare: `base`, then letter, Latin rank and second number, each 0 when there is none."""

    base: int
    letter: int = 0
    latin: int = 0
    second: int = 0


def letter_rank(letters: str) -> int:
    """a → 1 … n → 14, ñ → 15, o → 16; aa → 28."""
    rank = 0
    for letter in "ñ" if letters == "nn" else letters:
        rank = rank * len(ALPHABET) + ALPHABET.index(letter) + 1
    return rank


def order(key: str) -> Number:
    """What a key sorts by. `unico` counts as 1, `preliminar` as 0; 3.2 as three thousand and two."""
    if key.isdigit():
        return Number(int(key))
    first, *rest = key.split("-")
    if first == "unico":
        base = 1
    elif first == "preliminar":
        base = 0
    elif first.replace(".", "").isdigit():
        base = 0
        for part in first.split("."):
            base = base * DECIMAL + int(part)
    elif first and all(letter in ALPHABET for letter in first):
        base = letter_rank(first)
    else:
        base = 0
    letter = latin = second = 0
    for part in rest:
        if part in LATIN:
            latin = LATIN[part]
        elif part.isdigit():
            second = int(part)
        elif part and all(char in ALPHABET for char in part):
            letter = letter_rank(part)
    return Number(base, letter, latin, second)


def key_of(base: str, letter: str = "", latin: str = "", second: str = "") -> str:
    """The one spelling of a number."""
    if not (letter or latin or second):
        return base
    letter = plain(letter)
    rank = LATIN.get(plain(latin).strip("."), 0)
    parts = [base, "nn" if letter == "ñ" else letter, _LATIN_NAME.get(rank, ""), second]
    return "-".join(part for part in parts if part)


DECIMAL = 1000
_SKIPPED = {(10, 12), (14, 16), (23, 25)}  # alphabets without k, ñ or w


def follows(last: Number, now: Number, letters: bool = False) -> bool:
    """Whether `now` is the next member after `last`: the next number, or the same with the next suffix."""
    if now.base == last.base:
        return now[1:] > last[1:] or (last.letter > 0 and now.latin > 0 and now.letter == 0)
    if now[1:] != (0, 0, 0):
        return now.base == last.base + 1 and now.latin == 0 and now.letter <= 1
    if now.base % DECIMAL == 1 and last.base > DECIMAL and now.base // DECIMAL == last.base // DECIMAL + 1:
        return True  # 1.38 → 2.1
    return now.base == last.base + 1 or (letters and (last.base, now.base) in _SKIPPED)


_LATIN_WORDS = "b[ií]s|ter|qu[aá]ter|cu[aá]ter|quarter|" + "|".join(
    sorted((name for name in LATIN if len(name) > 3 and name not in ("quater", "cuater", "quarter")), reverse=True)
)
_LATIN = rf"(?i:{_LATIN_WORDS})\b"
_WORD = "[A-Za-zÁÉÍÓÚáéíóúñÑ]+"
_ALONE = r"(?![\wáéíóúñÁÉÍÓÚÑ])"
_QUOTE = r"[\"“”«‘'…\s.]{0,6}"
_ARTICLE = re.compile(
    rf"(?P<label>{_QUOTE}(?P<name>(?i:ART[IÍ]CULOS?|ARTS?\.|ARTICU[L1]O))\s*(?:(?i:N[UÚ]MERO)\s+)?"
    rf"(?:(?P<num>\d{{1,4}}(?:\.\d{{1,3}}(?=\s*\.|\s*[oº°]|\s+{_LATIN}))?)(?P<mark>\s*\.?\s*(?:[oº°ª]|(?<=\d)[aO]|er|do|ro|to)(?![\wáéíóúñÁÉÍÓÚÑ]))?"
    rf"(?:\s*[-–]\s*(?P<hyphened>[A-ZÑ]){_ALONE}(?!\s+[a-záéíóúñ])|\s*\.\s*[-–]\s*(?P<dotted>[A-ZÑ])(?=\s*[.:)\-–—])|(?P<near>[A-ZÑ]){_ALONE}|\s*\.?\s+(?P<spaced>[A-ZÑ])(?=\s*[.:)\-–—]|\s*$|\s+{_LATIN}))?"
    rf"(?:\s*\.?\s*[-–]?\s*(?P<latin>{_LATIN})(?:\s*[-–]?\s*(?P<second>\d{{1,2}})\b(?!\s*[oº°]))?"
    rf"(?:\s*[-–]\s*(?P<after>[A-ZÑ]){_ALONE})?)?"
    rf"|(?P<words>{_WORD}(?:\s+(?!(?i:transitori)){_WORD})?)(?P<wlatin>\s+{_LATIN})?(?i:\s+transitori[oa])?(?=\s*[.:)\-–—]|\s*$))"
    r"(?P<sep>\s*(?:\.\s*[-–—]+\s*(?:\.(?!\.))?|[-–—]+\s*(?:\.(?!\.))?|\.(?!\.)|[:)])?))(?P<rest>(?:\s|(?<=[.:)\-–—])).*|)$",
    re.DOTALL,
)
_CONTAINER = re.compile(
    rf"(?P<label>{_QUOTE}(?P<name>(?i:LIBRO|T[IÍ]TULO|CAP[IÍ]TULO|SECCI[OÓ]N|APARTADO))\s+"
    rf"(?:(?P<roman>[IVXLCDM]+){_ALONE}|(?P<num>\d{{1,3}})(?:\s*[oaº°ª])?{_ALONE}|(?P<one>[A-Z]){_ALONE}"
    rf"|(?P<words>{_WORD}(?:\s+(?i:PRIMER|SEGUND|TERCER|CUART|QUINT|SEXT|S[EÉ]PTIM|OCTAV|NOVEN)[oaOA])?))"
    rf"(?:\s*[-–]\s*(?P<letter>[A-ZÑ]){_ALONE}|\s+(?P<latin>{_LATIN})(?:\s+(?P<second>\d{{1,2}})\b)?)?"
    r"(?P<sep>\s*(?:\.\s*[-–—]+|[-–—]+|[.:)])?))(?P<rest>(?:\s|(?<=[.:)\-–—])).*|)$",
    re.DOTALL,
)
_ITEM = re.compile(
    rf"(?P<label>[\"“”«]?\s*(?i:FRACCI[OÓ]N\s+|INCISO\s+)?(?:(?P<num>\d{{1,3}})|(?P<letters>[A-Za-zñÑ]{{1,9}}))"
    rf"(?:\s*[oº°](?=[.)\-–]))?(?:\s*[-–]\s*(?P<letter>[A-ZÑ]){_ALONE}"
    rf"|(?:\s*[-–]?\s*(?P<latin>{_LATIN})(?:\s*[-–]?\s*(?P<second>\d{{1,2}})\b)?))?"
    r"\s*(?P<sep>\.\s*[-–—]+|\.\)|\)\s*\.?[-–—]*|\.(?!\d)|[-–—]+|:))(?P<rest>.*)$",
    re.DOTALL,
)
_BARE = re.compile(rf"(?P<label>(?P<letters>[IVXLC]{{1,8}})(?:\s+(?P<latin>{_LATIN}))?)(?P<rest>\t.*|\s*)$", re.DOTALL)
_DECIMAL = re.compile(
    r"(?P<label>(?P<num>\d{1,2}(?:\.\d{1,2}){0,6})(?:\.[-–]?|\.?(?=\s)|\)))(?P<rest>\s.*|)$", re.DOTALL
)
_ORDINAL = re.compile(
    rf"(?P<label>[\"“”«]?\s*(?P<words>{_WORD}(?:\s+{_WORD})?)\s*(?:\.\s*[-–—]+\s*\.?|[-–—]+|[.:)]))(?P<rest>.*)$",
    re.DOTALL,
)


class Found(NamedTuple):
    """A label at the start of a line: as written, its key, what follows, whether a separator stands after it, whether
    the number is in words, whether the word was plural."""

    kind: str
    label: str
    key: str
    rest: str
    sep: bool
    words: bool = False
    plural: bool = False


def article(line: str) -> Found | None:
    """The label of an article at the start of the line."""
    found = _ARTICLE.match(line)
    if not found:
        return None
    label, rest = found["label"].rstrip(), found["rest"].strip()
    plural = plain(found["name"]).strip(".").endswith("s")
    sep = bool(found["sep"].strip()) or bool(found["mark"] and rest[:1].isupper())
    if found["num"]:
        letter = found["hyphened"] or found["dotted"] or found["near"] or found["spaced"] or found["after"] or ""
        number = ".".join(str(int(part)) for part in found["num"].split("."))
        key = key_of(number, letter, found["latin"] or "", found["second"] or "")
        return Found("articulo", label, key, rest, sep, False, plural)
    base = ordinal(found["words"])
    if not base:
        return None
    return Found("articulo", label, key_of(base, "", (found["wlatin"] or "").strip()), rest, sep, True, plural)


def container(line: str) -> Found | None:
    """The label of a book, title, chapter, section or part at the start of the line."""
    found = _CONTAINER.match(line)
    if not found:
        return None
    name = plain(found["name"])
    if found["roman"] and (value := from_roman(found["roman"])):
        key = str(value)
    elif found["num"]:
        key = str(int(found["num"]))
    elif found["one"] or (found["roman"] and len(found["roman"]) == 1):
        key = plain(found["one"] or found["roman"])
    elif found["words"] and (word := ordinal(found["words"])):
        key = word
    elif found["words"] and plain(found["words"]) == "preliminar":
        key = "preliminar"
    else:
        return None
    key = key_of(key, found["letter"] or "", found["latin"] or "", found["second"] or "")
    return Found(name, found["label"].rstrip(), key, found["rest"].strip(), bool(found["sep"].strip()))


class Item(NamedTuple):
    """One way to read a label of a list. `form`: R roman, r lower-case roman, a letter, A capital letter, n arabic."""

    form: str
    number: Number
    key: str
    label: str
    rest: str
    sep: str


def items(line: str) -> tuple[Item, ...]:
    """Every way to read the start of the line as a label of a list: `V)` is a five and a letter."""
    found = _ITEM.match(line)
    if found is None:
        bare = _BARE.match(line)
        if bare is None or (value := from_roman(bare["letters"])) is None:
            return ()
        key = key_of(str(value), "", bare["latin"] or "")
        return (Item("R", order(key), key, bare["label"].strip(), bare["rest"].strip(), ""),)
    label, rest, sep = found["label"].strip(), found["rest"].strip(), found["sep"]
    if sep[0] in "-–—" and rest and not found["rest"][:1].isspace():
        return ()
    suffix = (found["letter"] or "", found["latin"] or "", found["second"] or "")
    if found["num"]:
        if sep[0] == ":" or (sep == "." and rest[:1].isdigit()):
            return ()
        key = key_of(str(int(found["num"])), *suffix)
        return (Item("n", order(key), key, label, rest, sep[0]),)
    letters = found["letters"]
    out = []
    upper = letters.isupper()
    if (upper or letters.islower()) and (value := from_roman(letters)) is not None:
        key = key_of(str(value), *suffix)
        out.append(Item("R" if upper else "r", order(key), key, label, rest, sep[0]))
    small = letters.lower()
    if sep[0] != ":" and (len(small) == 1 or (len(small) == 2 and small[0] == small[1] and not upper)):
        key = key_of("nn" if small == "ñ" else small, *suffix)
        out.append(Item("A" if upper else "a", order(key), key, label, rest, sep[0]))
    return tuple(out)


def ordinal_item(line: str) -> Found | None:
    """A label of words alone ("PRIMERO.- …", "Décimo Segundo. …"), as transitorios and resolutivos have it."""
    if not (line[:1].isalpha() or line[:1] in '"“”«'):
        return None
    found = _ORDINAL.match(line)
    if not found or len(found["words"]) > 40 or not (key := ordinal(found["words"])):
        return None
    return Found("transitorio", found["label"].rstrip(), key, found["rest"].strip(), True, True)


def decimal(line: str) -> Found | None:
    """`3.2.1. …` as rules of operation number their parts; the key keeps the points."""
    found = _DECIMAL.match(line)
    if not found:
        return None
    return Found("numeral", found["label"].strip(), found["num"], found["rest"].strip(), True)
