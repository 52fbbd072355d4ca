"""A session looks at a bill: announced, moved, taken off."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.lawmaking.models import Bill, Hearing
from tequio.meetings.models import Session
from tequio.record.append import Actor, act

FIELDS = ("session", "title", "starts_at", "ends_at", "place", "link", "words")


def _check(hearing: Hearing) -> None:
    """Raises ``ValidationError`` for a session that nobody could go to."""
    faults: dict[str, str] = {}
    session = hearing.session
    if session is not None:
        if session.jurisdiction_id != hearing.bill.jurisdiction_id or not session.is_called:
            faults["session"] = _("Elige una sesión convocada de este lugar.")
        elif Hearing.objects.filter(bill=hearing.bill, session=session).exclude(pk=hearing.pk).exists():
            faults["session"] = _("Esa sesión ya está en la lista de esta iniciativa.")
    elif hearing.starts_at is None:
        faults["starts_at"] = _("Elige una sesión de la lista, o di qué día y a qué hora es.")
    elif not (hearing.title or hearing.bill.commission).strip():
        faults["title"] = _("Di quién se reúne.")
    if session is None and hearing.starts_at and hearing.ends_at and hearing.ends_at <= hearing.starts_at:
        faults["ends_at"] = _("Tiene que terminar después de empezar.")
    if faults:
        raise ValidationError(faults)


def _put(hearing: Hearing, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(hearing, name, value.strip() if isinstance(value, str) else value)
    if hearing.session is not None:  # one truth about a session: its own
        hearing.title = hearing.place = hearing.link = ""
        hearing.starts_at = hearing.ends_at = None


@transaction.atomic
def add_hearing(*, bill: Bill, by: Actor, on: dt.date | None = None, **columns: Any) -> Hearing:
    """Announces a session that looks at a bill. ``columns`` are those of ``FIELDS``.

    Raises ``ValidationError`` for a bill that is a draft or ended, without a day, or for a session that is on the list.
    """
    if not bill.is_public():
        raise ValidationError(_("Primero publica la iniciativa."))
    if not bill.is_live:
        raise ValidationError(_("Esta iniciativa ya terminó su camino."))
    Bill.objects.select_for_update().get(pk=bill.pk)
    last = Hearing.objects.filter(bill=bill).aggregate(n=Max("number"))["n"] or 0
    hearing = Hearing(bill=bill, number=last + 1)
    _put(hearing, columns)
    _check(hearing)
    with act("hearing.announced", hearing, by=by, done=on):
        pass
    return hearing


@transaction.atomic
def change_hearing(*, hearing: Hearing, by: Actor, seen: int | None = None, **columns: Any) -> Hearing:
    """Moves it or says it better. Raises ``ValidationError`` for one that was taken off."""
    if hearing.cancelled_on is not None:
        raise ValidationError(_("Esta sesión se canceló: anuncia otra."))
    with act("hearing.changed", hearing, by=by, seen=seen):
        _put(hearing, columns)
        _check(hearing)
    return hearing


@transaction.atomic
def cancel_hearing(*, hearing: Hearing, reason: str, by: Actor, seen: int | None = None) -> Hearing:
    """Says that it does not take place, or does not look at the bill. It stays in sight, with the reason."""
    if hearing.cancelled_on is not None:
        raise ValidationError(_("Ya estaba cancelada."))
    if not reason.strip():
        raise ValidationError({"reason": _("Di por qué: es público.")})
    with act("hearing.cancelled", hearing, by=by, seen=seen, why=reason.strip()[:1000]):
        hearing.cancelled_on, hearing.reason = timezone.localdate(), reason.strip()[:1000]
    return hearing


def choices(bill: Bill) -> Any:
    """The sessions that can be named: called in this place, from two months ago on."""
    since = timezone.now() - dt.timedelta(days=62)
    return Session.public_rows().filter(jurisdiction=bill.jurisdiction, ends_at__gte=since).order_by("starts_at")
