"""Tags for pages that show what stands behind an object."""

from django import template

from tequio.record import queries
from tequio.record.models import Checkpoint, Recorded

register = template.Library()


@register.simple_tag
def last_act(obj: Recorded) -> queries.Told | None:
    """The act behind an object as it is now, or None."""
    return queries.last_act(obj)


@register.simple_tag
def newest_seal() -> Checkpoint | None:
    """The newest seal of the record, or None."""
    return queries.seal()
