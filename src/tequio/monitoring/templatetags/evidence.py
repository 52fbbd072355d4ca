"""Words about pieces of evidence."""

from django import template

from tequio.vocabularies import terms

register = template.Library()


@register.filter
def evidence_kind(key: str) -> str:
    """What kind of evidence it is, in words; empty where the source does not say."""
    return terms.label("evidence_type", key) if key else ""
