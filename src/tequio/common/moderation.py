"""The published rules of moderation: what may be hidden, what never, and what is looked at before it is shown.

Decision 0016: criticism is never a reason. Whatever is hidden leaves its number, rule, reason and date in sight.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_LINKS = 2


@dataclass(frozen=True)
class Rule:
    """A reason to hide something; ``key`` stands in the record."""

    key: str
    words: str | Promise
    meaning: str | Promise


RULES = (
    Rule(
        "personal_data",
        _("Datos personales"),
        _("Trae el domicilio, teléfono, correo, CURP u otro dato que identifica a alguien que no lo aceptó."),
    ),
    Rule(
        "faces",
        _("Personas reconocibles"),
        _("En la foto se reconoce a alguien que no ejerce un cargo público, o a niñas, niños o adolescentes."),
    ),
    Rule(
        "threat", _("Amenazas u odio"), _("Amenaza, pone en riesgo a alguien o llama a agredir a una persona o grupo.")
    ),
    Rule("unrelated", _("No trata de esto"), _("Es publicidad, o nada tiene que ver con lo que se observa.")),
)
NEVER = (
    _("Criticar a una institución, a quien ejerce un cargo o al Comité."),
    _("Estar equivocada, ser dura o incómoda, o tener faltas de ortografía."),
    _("No traer foto, nombre ni pruebas."),
)

_by_key = {rule.key: rule for rule in RULES}
CHOICES = [(rule.key, rule.words) for rule in RULES]

LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
PERSONAL = (
    re.compile(r"\b[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d\b", re.IGNORECASE),  # CURP
    re.compile(r"\b[A-ZÑ&]{4}-?\d{6}-?[A-Z0-9]{3}\b", re.IGNORECASE),  # RFC of a person
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),  # e-mail
    re.compile(r"(?<!\d)(?:\+?52[\s.-]?)?(?:\(?\d{2,3}\)?[\s.-]?)\d{3,4}[\s.-]?\d{4}(?!\d)"),  # telephone, ten digits
    re.compile(r"(?<!\d)(?:\d{4}[\s-]?){3,4}\d{2,4}(?!\d)"),  # card or account
)


def rule_words(key: str) -> str:
    """The rule in words; the key itself where a later release took the rule away."""
    return str(_by_key[key].words) if key in _by_key else key


def doubts(text: str) -> str:
    """The rule by which ``text`` is looked at before it is shown; empty where it is shown at once."""
    if any(pattern.search(text) for pattern in PERSONAL):
        return "personal_data"
    if len(LINK.findall(text)) > MAX_LINKS:
        return "unrelated"
    return ""
