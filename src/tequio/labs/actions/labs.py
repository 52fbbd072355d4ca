"""A lab from its draft to its publication."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tequio.common.i18n import text
from tequio.labs.models import Lab
from tequio.people.models import Role
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor, act, act_many

FIELDS = ("title", "text", "call", "promised_people", "promised_places", "minimum")
LEAST = 5  # people; a smaller number could name somebody


@transaction.atomic
def prepare_lab(*, jurisdiction: Jurisdiction, facilitators: Iterable[Role] = (), **data: Any) -> Lab:
    """A private draft. Raises ``ValidationError`` for a minimum below five."""
    Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)  # numbers one at a time
    last = Lab.objects.filter(jurisdiction=jurisdiction).aggregate(n=Max("number"))["n"] or 0
    lab = Lab(jurisdiction=jurisdiction, number=last + 1)
    _write(lab, data)
    lab.save()
    lab.facilitators.set(facilitators)
    return lab


@transaction.atomic
def change_lab(
    *,
    lab: Lab,
    facilitators: Iterable[Role] | None = None,
    why: str = "",
    by: Actor,
    on: dt.date | None = None,
    **data: Any,
) -> Lab:
    """Changes a lab; once it is public with an act and a public reason, and what was promised stays as it was.

    Raises ``ValidationError`` when the reason is missing or a promise or the minimum would change.
    """
    if lab.status == Lab.Status.DRAFT:
        _write(lab, data)
        lab.save()
        if facilitators is not None:
            lab.facilitators.set(facilitators)
        return lab
    for name in ("promised_people", "promised_places", "minimum"):
        if name in data and data[name] != getattr(lab, name):
            raise ValidationError({name: _("Lo que se prometió al publicar ya no se cambia.")})
    if not why.strip():
        raise ValidationError({"why": _("Escribe por qué lo cambias. Es público.")})
    with act("lab.changed", lab, by=by, why=why.strip(), done=on):
        _write(lab, data)
        if facilitators is not None:
            lab.facilitators.set(facilitators)
    return lab


@transaction.atomic
def publish_lab(*, lab: Lab, by: Actor, on: dt.date | None = None) -> Lab:
    """Publishes the lab with its route and its outreach; what it promises stays from then on.

    Raises ``ValidationError`` when it is public, has no stop, no call whose contributions it gathers, or promises nothing.
    """
    if lab.status != Lab.Status.DRAFT:
        raise ValidationError(_("Este laboratorio ya está publicado."))
    stops = list(lab.stops.select_related("lab__jurisdiction", "municipality"))
    if not stops:
        raise ValidationError(_("Agrega al menos una parada: dónde y qué día."))
    if lab.call is None or not lab.call.is_public():
        raise ValidationError(_("Elige la convocatoria publicada a la que llegará lo que la gente escriba."))
    if not lab.promised_people or not lab.promised_places:
        raise ValidationError(_("Di cuántas personas y cuántos municipios promete alcanzar."))
    with act("lab.published", lab, by=by, done=on):
        lab.status = Lab.Status.PUBLISHED
    for stop in stops:
        stop.lab = lab
    act_many("stop.published", stops, by=by, done=on)
    outreach = list(lab.outreach.select_related("stop"))
    for row in outreach:
        row.lab = lab
    act_many("outreach.published", outreach, by=by, done=on)
    return lab


def renew_key(*, lab: Lab) -> Lab:
    """Gives the capture page a new key; those printed or shared before no longer work. Nothing public changes."""
    lab.opening += 1
    Lab.objects.filter(pk=lab.pk).update(opening=lab.opening)
    return lab


def _write(lab: Lab, data: dict[str, Any]) -> None:
    for name in FIELDS:
        if name in data:
            value = data[name]
            setattr(lab, name, text(**value) if name in ("title", "text") and isinstance(value, dict) else value)
    if lab.minimum < LEAST:
        raise ValidationError({"minimum": _("Nunca se muestra un número de menos de 5 personas.")})
