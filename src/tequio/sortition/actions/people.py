"""Volunteering. Everything here is private: no act, and nothing that a page, a file or the record shows."""

import datetime as dt
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.record.append import Actor, erase
from tequio.sortition.models import Call, Seat, Volunteer


@transaction.atomic
def volunteer(
    *,
    call: Call,
    name: str,
    email: str = "",
    phone: str = "",
    why: str = "",
    answers: dict[str, Any] | None = None,
    on: dt.date | None = None,
) -> tuple[Volunteer, bool]:
    """Keeps an answer to an open call, unconfirmed; gives it and whether it is new.

    The same e-mail or phone again changes the answer that is waiting and leaves a confirmed one as it is, so that
    nobody can overwrite another's. Raises ``ValidationError`` when the call is not open or there is no way to answer.
    """
    if not call.is_open_on(on or timezone.localdate()):
        raise ValidationError(_("Esta convocatoria no está abierta."))
    email, phone = email.strip().lower(), re.sub(r"[^0-9+]", "", phone)
    if not email and not phone:
        raise ValidationError({"email": _("Escribe tu correo o tu teléfono: sin uno de los dos no podemos avisarte.")})
    known = {(stratum["key"], category["key"]) for stratum in call.strata for category in stratum["categories"]}
    data = {
        "name": name.strip(),
        "why": why.strip(),
        "answers": {key: value for key, value in (answers or {}).items() if (key, value) in known},
    }
    rows = Volunteer.objects.filter(call=call)
    person = rows.filter(email=email).first() if email else rows.filter(email="", phone=phone).first()
    if person is not None:
        if not person.confirmed:
            Volunteer.objects.filter(pk=person.pk).update(**data)
            person.refresh_from_db()
        return person, False
    # The phone of somebody who gave it with their e-mail says nothing new: only one of both is a person's mark.
    phone = "" if email and rows.filter(phone=phone).exists() else phone
    if not email and rows.filter(phone=phone).exists():
        return rows.get(phone=phone), False
    return Volunteer.objects.create(call=call, email=email, phone=phone, came=timezone.now(), **data), True


def confirm(*, person: Volunteer, on: dt.date | None = None) -> bool:
    """Confirms an answer; True if it counts now for the first time. Raises ``ValidationError`` once the call closed."""
    if person.confirmed:
        return False
    if not person.call.is_open_on(on or timezone.localdate()):
        raise ValidationError(_("Esta convocatoria no está abierta."))
    Volunteer.objects.filter(pk=person.pk).update(confirmed=True)
    person.confirmed = True
    return True


@transaction.atomic
def withdraw(*, person: Volunteer) -> bool:
    """Takes somebody out: all of it before closing (True); afterwards the number stays in the published list, which says
    nothing of them, and name, contact and reasons go. A name that they had agreed to publish is erased from the record."""
    if person.number is None:
        person.delete()
        return True
    _forget(person.pk)
    for seat in Seat.public_rows().filter(volunteer=person, named=True):
        basis, by = _("Petición de la persona titular del dato"), Actor(role="public")
        seat.named, seat.name = False, ""
        erase(obj=seat, field="name", by=by, basis=basis)
        if seat.role is not None and seat.role.named:
            role = seat.role
            role.named = False
            erase(obj=role, field="name", by=by, basis=basis)
    return False


def _forget(*keys: int) -> int:
    return Volunteer.objects.filter(pk__in=keys).update(name="", email="", phone="", why="")


def forget_contacts(*, today: dt.date | None = None) -> int:
    """Deletes name, contact and reasons of everybody whose call's term is over. Returns of how many."""
    day = today or timezone.localdate()
    over = Volunteer.objects.filter(call__status=Call.Status.DRAWN, call__term_end__lt=day).exclude(name="")
    return _forget(*over.values_list("pk", flat=True))
