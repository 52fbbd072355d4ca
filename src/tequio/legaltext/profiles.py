"""Sorts of text that are read differently. Keys are stored; labels are for people."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Profile:
    """`akn` is the Akoma Ntoso document type; `parts_anywhere` says that headings such as CONSIDERANDO open parts in
    the whole text and not only before the first article; `decimals` that 3.2.1 numbers nest."""

    key: str
    name: Promise
    akn: str
    subtype: str
    parts_anywhere: bool = False
    decimals: bool = False


PROFILES = {
    profile.key: profile
    for profile in (
        Profile("law", _("Ley, código o reglamento"), "act", "ley"),
        Profile("initiative", _("Iniciativa o dictamen"), "bill", "iniciativa"),
        Profile("decree", _("Decreto"), "act", "decreto"),
        Profile("agreement", _("Acuerdo o lineamientos"), "act", "acuerdo", parts_anywhere=True),
        Profile("rules", _("Reglas de operación"), "act", "reglas", decimals=True),
        Profile("sentence", _("Sentencia"), "act", "sentencia", parts_anywhere=True),
    )
}
