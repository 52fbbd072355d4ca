"""Template parts of labs."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext as _

from tequio.cocreation.models import Contribution
from tequio.labs import codes
from tequio.labs.models import Stop
from tequio.vocabularies import terms

register = template.Library()
register.filter("sheet_code", codes.shown)


@register.simple_tag
def stop_number(stops: Sequence[Stop], stop: Stop) -> int:
    """The number that a stop has on the map: those that were cancelled have none."""
    alive = [one.pk for one in stops if one.status != Stop.Status.CANCELLED]
    return alive.index(stop.pk) + 1 if stop.pk in alive else 0


@register.simple_tag
def fate(contribution: Contribution) -> str:
    """What became of a contribution, in words."""
    if contribution.answer is not None and contribution.closed_on is not None:
        return terms.label("contribution_decision", contribution.answer.decision)
    return _("espera respuesta") if contribution.awaits_answer else str(contribution.get_sight_display())
