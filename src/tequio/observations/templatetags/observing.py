"""How observations are told: their clock as a tag, the log of moderation in words."""

import datetime as dt
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tequio.common.parts import tag
from tequio.observations.models import Observation
from tequio.observations.moderation import rule_words as words_of_rule

register = template.Library()


@register.simple_tag
def clock_tag(observation: Observation, today: dt.date) -> SafeString | str:
    """Where its answer stands, in words and colour."""
    state = observation.clock(today)
    if state == "on_time":
        return tag(_("Respondida a tiempo"), "green", "check")
    if state == "late":
        return tag(_("Respondida tarde"), "amber", "clock")
    if state == "overdue":
        return tag(_("El Comité no ha respondido y ya venció"), "red", "clock")
    if state == "waiting":
        return tag(_("Espera respuesta"), "blue", "clock")
    return tag(str(observation.get_sight_display()), "grey")


@register.simple_tag
def rule_words(key: str) -> str:
    """A rule of moderation in words."""
    return words_of_rule(key)


@register.simple_tag
def moderation_words(line: dict[str, Any]) -> str:
    """What a line of the log of moderation says happened."""
    photo = line.get("part") == "photo"
    found: dict[str, str] = {
        "held": _("El texto espera que alguien del Comité lo mire antes de verse"),
        "flagged": _("El Secretariado pidió al Comité que la mire"),
        "hidden": _("El Comité ocultó la foto") if photo else _("El Comité ocultó el texto"),
        "shown": _("Alguien del Comité miró la foto y se ve")
        if photo
        else _("Alguien del Comité miró el texto y se ve"),
        "appealed": _("Quien la escribió pidió que se revise"),
        "upheld": _("Otra persona del Comité la revisó: sigue oculta"),
        "restored": _("Otra persona del Comité la revisó: vuelve a verse"),
    }
    return found.get(str(line["what"]), str(line["what"]))
