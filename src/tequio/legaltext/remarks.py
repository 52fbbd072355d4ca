"""Remarks of the publisher between the words of a law: "Párrafo reformado DOF 04-12-1997", "[Reformada mediante …]"."""

import re

from tequio.legaltext.labels import plain
from tequio.legaltext.tree import Note, Span

_VERB = r"(?:reformad|adicionad|derogad|recorrid|reubicad|republicad|restablecid|modificad|abrogad|declarad)[oa]s?"
_WHAT = (
    r"(?:art[ií]culos?|p[aá]rrafos?|fracci(?:[oó]n|ones)|incisos?|numeral(?:es)?|subincisos?|cap[ií]tulos?|t[ií]tulos?|secci(?:[oó]n|ones)|libros?"
    r"|apartados?|denominaci[oó]n|encabezado|nombre|reforma|base|nota|ep[ií]grafe|r[uú]brica|texto|transitorios?|segundo|primer|[uú]ltimo|tabla|anexo)"
)
_GAZETTE = (
    r"(?:D\.? ?O\.? ?F\.?|P\.? ?O\.? ?E?\.?|G\.? ?O\.?(?: ?D\.? ?F\.?)?|Peri[oó]dico Oficial|Diario Oficial|Gaceta)"
)
_REFORM = re.compile(
    rf"{_WHAT}\b[^;:]{{0,160}}?\b{_VERB}\b.{{0,200}}(?:{_GAZETTE}|\d{{1,2}}[-/ ](?:\d{{2}}|[a-z]{{3}})[-/ ]\d{{2,4}})"
    rf"|{_VERB}\b.{{0,40}}?{_GAZETTE}|fe de erratas\b.{{0,80}}(?:{_GAZETTE}|\d)"
    rf"|{_WHAT} {_VERB}(?: y {_VERB})?\.?$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(rf"[\[(].*\b(?:{_VERB}|n\. de e\.|fe? de e(?:rratas)?)\b.*[\])]\.?$", re.IGNORECASE)
_EDITOR = re.compile(r"[\[(]?\s*(?:n\. ?de ?[er]\.|nota(?: del editor)?:|f\. de e\.)", re.IGNORECASE)
_DATE = re.compile(r"\b(\d{1,2})[-/ ](?:de )?(\d{1,2}|[a-zA-Z]{3,10})\.?[-/ ](?:de(?:l)? )?(\d{4}|\d{2})\b")
_GAZETTE_NAME = re.compile(_GAZETTE)
_MONTHS = {month: number for number, month in enumerate("ene feb mar abr may jun jul ago sep oct nov dic".split(), 1)}  # noqa: SIM905
LONGEST = 400


def is_remark(text: str) -> bool:
    """Whether a line is a remark and no text of the law."""
    if len(text) > LONGEST:
        return False
    first = text[:1]
    if first in "[(":
        if is_repealed(text) and not re.search(r"\d", text):
            return False
        return bool(_BRACKETS.match(text) or _EDITOR.match(text) or is_repealed(text))
    if not first.isupper():
        return False
    return bool(_REFORM.match(text) or (text[0] in "Nn" and _EDITOR.match(text)))


def note(text: str, span: Span) -> Note:
    """The remark with its first date and the gazette, where it names them plainly."""
    date = ""
    if found := _DATE.search(text):
        day, month, year = found.groups()
        number = int(month) if month.isdigit() else _MONTHS.get(plain(month)[:3], 0)
        if 1 <= number <= 12 and 1 <= int(day) <= 31:
            whole = int(year) if len(year) == 4 else (1900 if int(year) > 30 else 2000) + int(year)
            date = f"{whole:04}-{number:02}-{int(day):02}"
    gazette = _GAZETTE_NAME.search(text)
    kind = "editor" if _EDITOR.match(text) else "reform"
    return Note(text, span, kind, date, gazette[0].strip() if gazette else "")


_REPEALED = re.compile(
    r"[(\[]?\s*(?:se\s+derogan?|derogad[oa]s?)\s*[.,;]?\s*"
    rf"(?:[,(]?\s*(?:mediante|por|seg[uú]n|{_GAZETTE}|\d)[^;:]{{0,60}})?[)\]]?\s*[.;,]?(?:\s*y)?\s*$",
    re.IGNORECASE,
)


def is_repealed(text: str) -> bool:
    """Whether the text says nothing but that the provision is repealed."""
    return len(text) < 90 and bool(_REPEALED.match(text))
