"""What templates ask about people."""

from itertools import groupby
from typing import Any

from django import template
from django.conf import settings

from tequio.people.queries import demo_accounts

register = template.Library()


@register.simple_tag
def demo_places() -> list[tuple[Any, list[Any]]]:
    """The invented people of a trial installation, by practice jurisdiction; none in production."""
    if not settings.TRIAL:
        return []
    return [(place, list(roles)) for place, roles in groupby(demo_accounts(), key=lambda role: role.jurisdiction)]
