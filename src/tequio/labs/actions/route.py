"""Stops, who came to them, and how people were told."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.labs import attendance
from tequio.labs.models import Attendance, Lab, Outreach, Stop
from tequio.record.append import Actor, act

STOP = ("municipality", "place", "day", "hours", "services")


@transaction.atomic
def add_stop(*, lab: Lab, by: Actor, on: dt.date | None = None, **data: Any) -> Stop:
    """Adds a stop to the route. Raises ``ValidationError`` without a place or a day."""
    stop = Stop(lab=lab, number=_next(Stop, lab))
    _write_stop(stop, data)
    _save(stop, "stop.published", by, on)
    return stop


@transaction.atomic
def change_stop(*, stop: Stop, why: str = "", by: Actor, on: dt.date | None = None, **data: Any) -> Stop:
    """Changes a stop that was not held; with a public reason once it is public. Raises ``ValidationError``."""
    if stop.status != Stop.Status.PLANNED:
        raise ValidationError(_("Esta parada ya se hizo o se canceló."))
    if stop.lab.is_public() and not why.strip():
        raise ValidationError({"why": _("Escribe por qué cambia. Es público: hay gente que ya hizo planes.")})
    if not stop.lab.is_public():
        _write_stop(stop, data)
        stop.save()
        return stop
    with act("stop.changed", stop, by=by, why=why.strip(), done=on):
        _write_stop(stop, data)
    return stop


@transaction.atomic
def cancel_stop(*, stop: Stop, reason: str, by: Actor, on: dt.date | None = None) -> Stop:
    """Cancels a stop with a public reason. Raises ``ValidationError`` without one, or when it was held."""
    if stop.status != Stop.Status.PLANNED:
        raise ValidationError(_("Esta parada ya se hizo o se canceló."))
    if not reason.strip():
        raise ValidationError({"reason": _("Escribe el motivo. Es público.")})
    stop.status, stop.reason = Stop.Status.CANCELLED, reason.strip()
    _save(stop, "stop.cancelled", by, on, why=reason.strip())
    return stop


@transaction.atomic
def record_attendance(*, stop: Stop, total: int, counts: dict[str, int], by: Actor, on: dt.date | None = None) -> Stop:
    """Notes that a stop was held and how many came, by group; counted again, it replaces what was told before.

    Raises ``ValidationError`` before its day, for a lab that is not public, and for groups that do not add up to the total.
    """
    if not stop.lab.is_public():
        raise ValidationError(_("Primero hay que publicar el laboratorio."))
    if stop.status == Stop.Status.CANCELLED:
        raise ValidationError(_("Esta parada se canceló."))
    if stop.day > (on or timezone.localdate()):
        raise ValidationError(_("Ese día todavía no llega."))
    faults = {}
    for dimension in attendance.DIMENSIONS:
        known = [counts[key] for key, _words in dimension.groups if key in counts]
        if dimension.whole and known and sum(known) != total:
            said = {"name": dimension.words, "sum": sum(known), "total": total}
            faults[dimension.groups[0][0]] = _("«%(name)s» suma %(sum)s y dijiste que vinieron %(total)s.") % said
        if not dimension.whole and any(count > total for count in known):
            faults[dimension.groups[0][0]] = _("Ningún grupo puede ser mayor que el total.")
    if faults:
        raise ValidationError(faults)
    stop.counts.all().delete()
    Attendance.objects.bulk_create(
        Attendance(stop=stop, group=group, count=count) for group, count in sorted(counts.items())
    )
    with act("stop.held", stop, by=by, done=on):
        stop.status = Stop.Status.HELD
        stop.few = total < stop.lab.minimum
        stop.attended = None if stop.few else total
        stop.groups = attendance.told(counts, total, stop.lab.minimum)
    return stop


@transaction.atomic
def add_outreach(
    *,
    lab: Lab,
    day: dt.date,
    channel: str,
    promised: int,
    by: Actor,
    stop: Stop | None = None,
    audience: str = "",
    url: str = "",
    on: dt.date | None = None,
) -> Outreach:
    """Says how people will be told, and how many that should reach. Raises ``ValidationError`` without a channel."""
    if not channel.strip():
        raise ValidationError({"channel": _("Di por dónde: radio, carteles, redes, perifoneo, de casa en casa…")})
    row = Outreach(
        lab=lab,
        number=_next(Outreach, lab),
        stop=stop,
        day=day,
        channel=channel.strip(),
        audience=audience.strip(),
        promised=promised,
        url=url,
    )
    _save(row, "outreach.published", by, on)
    return row


@transaction.atomic
def record_reach(
    *, outreach: Outreach, achieved: int, how: str, url: str = "", by: Actor, on: dt.date | None = None
) -> Outreach:
    """Says how many people it did reach, and how that was counted. Raises ``ValidationError`` without that, or before its
    day."""
    if outreach.day > (on or timezone.localdate()):
        raise ValidationError(_("Ese día todavía no llega."))
    if not how.strip():
        raise ValidationError({"how": _("Di cómo se contó: volantes repartidos, reproducciones, casas visitadas…")})
    outreach.achieved, outreach.how = achieved, how.strip()
    outreach.url = url or outreach.url
    _save(outreach, "outreach.counted", by, on)
    return outreach


def _write_stop(stop: Stop, data: dict[str, Any]) -> None:
    for name in STOP:
        if name in data:
            setattr(stop, name, data[name])
    if not stop.place.strip():
        raise ValidationError({"place": _("Di dónde exactamente: la plaza, la escuela, la casa de cultura.")})


def _save(row: Any, kind: str, by: Actor, on: dt.date | None, why: str = "") -> None:
    """With an act where the lab is public; as part of the draft else."""
    if not row.lab.is_public():
        row.save()
        return
    with act(kind, row, by=by, why=why, done=on):
        pass


def _next(model: Any, lab: Lab) -> int:
    Lab.objects.select_for_update().get(pk=lab.pk)  # numbers one at a time
    return (model.objects.filter(lab=lab).aggregate(n=Max("number"))["n"] or 0) + 1
