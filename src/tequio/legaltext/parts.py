"""Headings that open a part of a document: transitorios, considerandos, resolutivos, later decrees, the index, the end."""

import re
from typing import NamedTuple

from tequio.legaltext.labels import plain
from tequio.legaltext.lines import Line


class Part(NamedTuple):
    """A part that a line opens. `member` is the kind of what is numbered in it, empty for none."""

    kind: str
    member: str
    label: str
    heading: str
    is_index: bool = False


_SPACED = re.compile(r"(?:[A-ZÁÉÍÓÚÑ]\s{1,3}){4,}[A-ZÁÉÍÓÚÑ]\s*[.:]?(?=\s*$)")
_TRANSITORY = re.compile(
    r"(?P<label>(?:(?:ART[IÍ]CULOS?|DISPOSICION(?:ES)?|R[EÉ]GIMEN)\s+)?TRANSITORI[OA]S?)(?P<rest>\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_DECREE = re.compile(
    r"(?P<label>DECRETO|Decreto|ACUERDO|Acuerdo|LEY|Ley)\s+(?:(?:por|mediante|con|en)\s+(?:el|la|los)\s+(?:que|cual)\b|que\s+(?:reforma|adiciona|deroga|expide)"
    r"|(?:N[UÚ]MERO|N[uú]mero|No\.|N[uú]m\.|N°)\s*\S*\d|[LXVI]{2,8}/)",
    re.IGNORECASE,
)
_PLAIN_PARTS = {
    "considerando": ("considerandos", "considerando"),
    "considerandos": ("considerandos", "considerando"),
    "consideraciones": ("considerandos", "considerando"),
    "estudio de fondo": ("considerandos", "considerando"),
    "razones y fundamentos": ("considerandos", "considerando"),
    "resultando": ("antecedentes", "antecedente"),
    "resultandos": ("antecedentes", "antecedente"),
    "antecedentes": ("antecedentes", "antecedente"),
    "antecedentes de hecho": ("antecedentes", "antecedente"),
    "vistos": ("antecedentes", "antecedente"),
    "exposicion de motivos": ("antecedentes", "antecedente"),
    "resuelve": ("resolutivos", "resolutivo"),
    "se resuelve": ("resolutivos", "resolutivo"),
    "resolutivos": ("resolutivos", "resolutivo"),
    "puntos resolutivos": ("resolutivos", "resolutivo"),
    "puntos de acuerdo": ("resolutivos", "resolutivo"),
    "acuerda": ("resolutivos", "resolutivo"),
    "acuerdo": ("resolutivos", "resolutivo"),
    "acuerdos": ("resolutivos", "resolutivo"),
    "clausulas": ("resolutivos", "clausula"),
    "decreto": ("preambulo", ""),
    "proyecto de decreto": ("preambulo", ""),
    "iniciativa de decreto": ("preambulo", ""),
    "iniciativa de ley": ("preambulo", ""),
}
_INDEX = re.compile(r"[IÍ]NDICE(?:\s+(?:POR|DE|GENERAL|TEM[AÁ]TICO|ANAL[IÍ]TICO)\b.{0,60})?\s*$", re.IGNORECASE)
_ANNEX = re.compile(r"(?P<label>ANEXOS?)\s+(?:[UÚ]NICO|[IVXL]+|\d{1,3}|[A-Z])\b.{0,120}$")
_END = re.compile(
    r"(?:D\s?A\s?D\s?[OA]S?\b\s*(?:en|EN)?|(?:Ciudad de )?M[eé]xico, D\.\s?F\.,? a|Ciudad de M[eé]xico, a (?:los )?\d"
    r"|En cumplimiento (?:de|a|con) lo dispuesto (?:por|en) (?:la|el)"
    r"|S[aá]l[oó]n de [Ss]esiones|SAL[OÓ]N DE SESIONES|Sufragio Efectivo|SUFRAGIO EFECTIVO|DATOS GENERALES\b"
    r"|Guadalajara, Jalisco,? a|Por lo tanto,? mando|Rúbricas?\.?$|A\s?T\s?E\s?N\s?T\s?A\s?M\s?E\s?N\s?T\s?E)"
)
_LAST_PARTS = ("transitorios", "decreto", "cierre", "anexo")


def tight(text: str) -> str:
    """`T R A N S I T O R I O S` without the gaps between letters; other text as it is."""
    return "".join(text.split()) if _SPACED.match(text) else text


def opens_part(line: Line, place: str, anywhere: bool) -> Part | None:
    """The part that the line opens. `place` is where it stands: `start` (before the first article), `body`, `quoted` or
    the kind of the part; `anywhere` says that headings such as CONSIDERANDO count after the first article too."""
    text = tight(line.text)
    first = text[:1].upper()
    if first in "TADR" and (found := _TRANSITORY.match(text)) and (part := _transitory(line, text, found)):
        return part
    short = plain(text).strip(" .:-—") if len(text) < 40 else ""
    if (
        (
            short in _PLAIN_PARTS
            and line.joins is not True
            and (place == "start" or anywhere or place in ("considerandos", "antecedentes"))
            and not (place == "start" and short.endswith(("decreto", "ley")))
        )
        and place != "quoted"
        and (text.isupper() or line.heading or line.bold)
    ):
        kind, member = _PLAIN_PARTS[short]
        return Part(kind, member, line.text, "")
    if first in "IÍ" and line.joins is not True and _INDEX.match(text):
        return Part("anexo", "", line.text, "", is_index=True)
    if place == "quoted" or place == "start":
        return None
    if place in _LAST_PARTS and line.joins is not True and first in "DAL" and _DECREE.match(text):
        return Part("decreto", "articulo", "", line.text)
    if line.joins is not True and place != "cierre" and place in _LAST_PARTS and _END.match(text):
        return Part("cierre", "", "", "")
    if line.joins is not True and first == "A" and (place in _LAST_PARTS or place == "body") and _ANNEX.match(text):
        return Part("anexo", "", line.text, "")
    return None


def _transitory(line: Line, text: str, found: re.Match[str]) -> Part | None:
    rest = found["rest"].strip(" .:-—*")
    if not rest:
        if line.joins is True and not text.isupper():
            return None
        return Part("transitorios", "transitorio", line.text, "")
    if not (found["label"].isupper() or line.heading or found["label"].istitle()) or (
        line.joins is True and not text.isupper()
    ):
        return None
    if not re.match(r"(?:DEL?|de(?:l| la| los)?)\b", rest) or not (text.isupper() or line.heading):
        return None
    cut = len(found["label"])
    return Part("transitorios", "transitorio", text[:cut], text[cut:].strip())
