"""The checklist of a plain title: what a person can see at once, not a judgement of style."""

import re

from django.utils.translation import gettext as _

from tequio.legaltext import glossary

LONGEST = 100  # characters: two lines on a phone
MOST_LINES = 5  # of the summary
OPENINGS = (
    "se reforma",
    "se adiciona",
    "se deroga",
    "que reforma",
    "que adiciona",
    "iniciativa de",
    "ley que",
    "decreto",
)


def faults_of_title(title: str) -> list[str]:
    """What the checklist misses in a plain title; empty where nothing is."""
    words = " ".join(title.split())
    if not words:
        return [_("Falta el título en palabras llanas.")]
    found = []
    if len(words) > LONGEST:
        found.append(_("El título llano es largo: que quepa en dos renglones (100 letras)."))
    if words.lower().startswith(OPENINGS):
        found.append(_("El título llano empieza como el técnico: di qué cambia para la gente."))
    if re.search(r"\b(art[íi]culos?|fracci[óo]n|inciso|p[áa]rrafo)\b|\d{2,}", words, re.IGNORECASE):
        found.append(_("El título llano cita artículos o números: déjalos para el técnico."))
    if re.search(r"\b[A-ZÁÉÍÓÚÑ]{3,}\b", words):
        found.append(_("El título llano trae siglas o mayúsculas: escríbelas completas."))
    terms = sorted({term.term for _start, _end, term in glossary.find(words)})
    if terms:
        found.append(_("El título llano usa palabras de abogados: %(words)s.") % {"words": ", ".join(terms)})
    return found
