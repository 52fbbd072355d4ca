"""Numbers of things that count within a jurisdiction."""

from django.db import models
from django.db.models import Max

from tequio.places.models import Jurisdiction


def next_number(model: type[models.Model], jurisdiction: Jurisdiction) -> int:
    """The number after the last one that was given; a constraint refuses the second of two at once."""
    rows = model._default_manager.filter(jurisdiction=jurisdiction)
    return (rows.aggregate(n=Max("number"))["n"] or 0) + 1
