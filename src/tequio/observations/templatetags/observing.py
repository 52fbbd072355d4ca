"""How observations are told: their clock as a tag, the log of moderation in words."""

import datetime as dt

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tequio.common.moderation import rule_words as words_of_rule
from tequio.common.parts import tag
from tequio.observations.models import Observation
from tequio.observations.moderated import line_words

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


register.simple_tag(line_words, name="moderation_words")
