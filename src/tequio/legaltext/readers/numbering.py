"""The numbers that Word counts by itself (ECMA-376, part 1, 17.9), written out as a reader of the page sees them."""

from dataclasses import dataclass, field

from lxml import etree

from tequio.legaltext.labels import to_roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST = 5000
_WORDS = [
    "primero",
    "segundo",
    "tercero",
    "cuarto",
    "quinto",
    "sexto",
    "séptimo",
    "octavo",
    "noveno",
    "décimo",
    "undécimo",
    "duodécimo",
    "decimotercero",
    "decimocuarto",
    "decimoquinto",
    "decimosexto",
    "decimoséptimo",
    "decimoctavo",
    "decimonoveno",
    "vigésimo",
]


def written(kind: str, number: int) -> str:
    """A number in one of Word's formats; 27 in letters is `aa`."""
    number = min(max(number, 0), MOST)
    if kind in ("upperRoman", "lowerRoman"):
        roman = to_roman(number) if number else "0"
        return roman if kind == "upperRoman" else roman.lower()
    if kind in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20) if number else "0"
        return letter.upper() if kind == "upperLetter" else letter
    if kind == "ordinal":
        return f"{number}o"
    if kind == "ordinalText":
        return _WORDS[number - 1] if 0 < number <= len(_WORDS) else f"{number}o"
    if kind == "decimalZero":
        return f"{number:02}"
    if kind == "none":
        return ""
    return str(number)


@dataclass(slots=True)
class _Level:
    start: int = 1
    kind: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has been counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    nums: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)
    used: bool = False

    def label(self, num: str, level: int) -> str:
        """Counts one paragraph more of list `num` at `level` (from 0) and gives its label, empty for bullets."""
        if num not in self.nums or not 0 <= level <= 8:
            return ""
        abstract, overrides = self.nums[num]
        levels = self.levels.get(abstract, {})
        here = levels.get(level)
        if here is None:
            return ""
        counts = self.counters.setdefault(abstract, [None] * 9)
        if level in overrides and (num, level) not in self.started:
            self.started.add((num, level))
            counts[level] = overrides[level]
        else:
            last = counts[level]
            counts[level] = here.start if last is None else last + 1
        for deeper in range(level + 1, 9):
            restart = levels[deeper].restart if deeper in levels else None
            if restart != 0 and (restart is None or level < restart):
                counts[deeper] = None
        if here.kind == "bullet":
            return "•"
        out = here.text
        for place in range(9, 0, -1):
            if f"%{place}" not in out:
                continue
            other = levels.get(place - 1, _Level())
            value = counts[place - 1]
            kind = "decimal" if here.legal else other.kind
            out = out.replace(f"%{place}", written(kind, other.start if value is None else value))
        if out.strip():
            self.used = True
        return out.strip()


def numbering(root: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The lists that `numbering.xml` defines, and those that `styles.xml` hangs on styles of paragraphs."""
    out = Numbering()
    if root is None:
        return out
    for abstract in root.iter(W + "abstractNum"):
        key = abstract.get(W + "abstractNumId", "")
        out.levels[key] = {_whole(level.get(W + "ilvl")): _level(level) for level in abstract.iter(W + "lvl")}
    for num in root.iter(W + "num"):
        reference = num.find(W + "abstractNumId")
        if reference is None:
            continue
        abstract_key = reference.get(W + "val", "")
        overrides: dict[int, int] = {}
        for override in num.iter(W + "lvlOverride"):
            place = _whole(override.get(W + "ilvl"))
            start = override.find(W + "startOverride")
            if start is not None:
                overrides[place] = _whole(start.get(W + "val"), 1)
            own = override.find(W + "lvl")
            if own is not None:
                copied = f"{abstract_key}/{num.get(W + 'numId')}"
                out.levels.setdefault(copied, dict(out.levels.get(abstract_key, {})))[place] = _level(own)
                abstract_key = copied
        out.nums[num.get(W + "numId", "")] = (abstract_key, overrides)
    if styles is not None:
        _read_styles(out, styles)
    return out


def _read_styles(out: Numbering, styles: etree._Element) -> None:
    own: dict[str, tuple[str, int] | None] = {}
    based: dict[str, str] = {}
    for style in styles.iter(W + "style"):
        key = style.get(W + "styleId", "")
        parent = style.find(W + "basedOn")
        based[key] = parent.get(W + "val", "") if parent is not None else ""
        own[key] = of_paragraph(style)
    for key in own:
        at, seen = key, set()
        while at and at not in seen:
            seen.add(at)
            found = own.get(at)
            if found and found[0]:
                level = next(
                    (
                        place
                        for place, here in out.levels.get(out.nums.get(found[0], ("", {}))[0], {}).items()
                        if here.style == key
                    ),
                    found[1],
                )
                out.styles[key] = (found[0], level)
                break
            at = based.get(at, "")


def of_paragraph(element: etree._Element) -> tuple[str, int] | None:
    """List and level that a paragraph's or a style's properties name. List "0" takes it out of any list."""
    properties = element.find(W + "pPr")
    numbered = properties.find(W + "numPr") if properties is not None else None
    if numbered is None:
        return None
    num, level = numbered.find(W + "numId"), numbered.find(W + "ilvl")
    return (
        num.get(W + "val", "") if num is not None else "",
        _whole(level.get(W + "val")) if level is not None else 0,
    )


def _level(element: etree._Element) -> _Level:
    def value(name: str, otherwise: str = "") -> str:
        found = element.find(W + name)
        return found.get(W + "val", otherwise) if found is not None else otherwise

    restart = value("lvlRestart")
    return _Level(
        _whole(value("start", "1"), 1),
        value("numFmt", "decimal"),
        value("lvlText")[:40],
        _whole(restart) if restart else None,
        element.find(W + "isLgl") is not None,
        value("pStyle"),
    )


def _whole(value: str | None, otherwise: int = 0) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else otherwise
