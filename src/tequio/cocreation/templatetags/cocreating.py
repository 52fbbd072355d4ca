"""How co-creation is told: clocks as tags, decisions, reasons, sectors and the log of moderation in words."""

import datetime as dt
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tequio.cocreation.models import FIELDS, Contribution
from tequio.cocreation.words import line_words
from tequio.common.moderation import rule_words as words_of_rule
from tequio.common.parts import tag
from tequio.record.subjects import url
from tequio.vocabularies import terms

register = template.Library()
register.simple_tag(line_words, name="moderation_words")
register.simple_tag(words_of_rule, name="rule_words")

COLOURS = {
    "accepted": ("green", "check"),
    "accepted_partly": ("green", "check"),
    "merged": ("blue", ""),
    "postponed": ("amber", "clock"),
    "out_of_scope": ("grey", ""),
    "not_accepted": ("grey", ""),
}


@register.simple_tag
def decision_words(key: str) -> str:
    """A decision in words."""
    return terms.label("contribution_decision", key)


@register.simple_tag
def decision_tag(key: str) -> SafeString:
    """A decision in words and colour."""
    colour, sign = COLOURS.get(key, ("grey", ""))
    return tag(terms.label("contribution_decision", key), colour, sign)


@register.simple_tag
def reason_words(key: str) -> str:
    """A reason of the list in words."""
    return terms.label("response_reason", key)


@register.simple_tag
def sector_words(key: str) -> str:
    """A sector in words."""
    return terms.label("sector", key) if key else ""


@register.simple_tag
def target_words(key: str) -> str:
    """A target of the Sustainable Development Goals in words."""
    return terms.label("sdg_target", key)


@register.simple_tag
def field_words(key: str) -> str:
    """A part of a draft in words."""
    return str(FIELDS.get(key, key))


@register.simple_tag
def record_url(key: str) -> str:
    """The page of an object of the record by its key; empty where it has none."""
    return url(key) if key else ""


@register.simple_tag
def clock_tag(contribution: Contribution, today: dt.date) -> SafeString | str:
    """Where its answer stands, in words and colour."""
    state = contribution.clock(today)
    if contribution.answer is not None and state in ("on_time", "late"):
        return decision_tag(contribution.answer.decision)
    if state == "overdue":
        return tag(_("No se ha respondido y ya venció"), "red", "clock")
    if state == "reviewing":
        return tag(_("Su respuesta se está revisando"), "blue", "clock")
    if state == "waiting":
        return tag(_("Espera respuesta"), "blue", "clock")
    return tag(str(contribution.get_sight_display()), "grey")


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value of a key; an empty text where there is none."""
    return mapping.get(key, "") if hasattr(mapping, "get") else ""
