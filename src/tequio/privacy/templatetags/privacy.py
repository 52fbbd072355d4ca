"""How requests about personal data are told."""

import datetime as dt

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tequio.common.parts import tag
from tequio.privacy.models import DataRequest

register = template.Library()


@register.simple_tag
def request_clock(row: DataRequest, today: dt.date) -> SafeString | str:
    """Where its decision stands, in words and colour."""
    words = {
        "on_time": (_("Decidida a tiempo"), "green", "check"),
        "late": (_("Decidida tarde"), "amber", "clock"),
        "overdue": (_("Sin decidir y vencida"), "red", "clock"),
        "waiting": (_("Espera decisión"), "blue", "clock"),
    }
    state = row.clock(today)
    return tag(*words[state]) if state in words else tag(str(row.get_outcome_display()), "grey")
