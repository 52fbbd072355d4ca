"""Who came: by the session's QR code, by the printed sheet, by hand. Private; counts are told by the session's act."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.meetings import queries
from tequio.meetings.models import Attendance, Capacity, SeatHolder, Session
from tequio.record.append import Actor, act
from tequio.vocabularies import terms

KEPT = dt.timedelta(days=90)  # how long after the minutes we know who the guests were
MOST = 1000  # people that one session may register by themselves


def _changeable(session: Session) -> None:
    minutes = queries.minutes_of(session)
    if session.state not in (Session.State.CALLED, Session.State.OPEN, Session.State.HELD):
        raise ValidationError(_("Esta sesión no recibe asistencia."))
    if minutes is not None and minutes.state != minutes.State.DRAFT:
        raise ValidationError(_("El acta ya está en revisión: la asistencia no cambia."))


@transaction.atomic
def register(
    *,
    session: Session,
    how: str,
    sector: str = "",
    holder: SeatHolder | None = None,
    name: str = "",
    group: str = "",
    email: str = "",
    gender: str = "",
    mode: str = Attendance.Mode.ROOM,
    code: str = "",
    account: Any = None,
    confirmed: bool = False,
) -> Attendance:
    """Registers one person. For a seat (``holder``) with the QR code it waits until the secretariat has seen them.

    The same holder, or the same line of a sheet, twice is one row: the first one comes back. Raises ``ValidationError``
    when the session takes none, the sector is unknown, or the seat is of another body.
    """
    _changeable(session)
    if holder is not None and (holder.seat.body_id != session.body_id or holder.is_vacant):
        raise ValidationError(_("Ese lugar es de otro órgano o está vacante."))
    sector = holder.seat.sector if holder else sector
    if terms.term("sector", sector) is None:
        raise ValidationError({"sector": _("Elige a qué sector perteneces.")})
    if how == Attendance.How.QR and session.attendees.count() >= MOST:
        raise ValidationError(_("Ya no caben más registros por aquí: acércate a la mesa."))
    known = None
    if holder is not None:
        known = session.attendees.filter(holder=holder).first()
    elif code:
        known = session.attendees.filter(code=code).first()
    if known is not None:
        return known
    row = Attendance(
        session=session,
        seat=holder.seat if holder else None,
        holder=holder,
        person=holder.holder if holder else None,
        organisation=holder.seat.organisation if holder else None,
        name="" if holder else name.strip(),
        group="" if holder else group.strip(),
        email=email.strip(),
        sector=sector,
        gender=gender,
        capacity=holder.capacity if holder else Capacity.GUEST,
        mode=mode,
        how=how,
        code=code,
        account=account,
        confirmed=confirmed or how != Attendance.How.QR or holder is None,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # the same line came twice at once
        return session.attendees.get(**({"holder": holder} if holder else {"code": code}))
    return row


@transaction.atomic
def confirm_attendance(*, attendance: Attendance) -> Attendance:
    """The secretariat has seen whoever said with the QR code that they sit in a seat."""
    _changeable(attendance.session)
    attendance.confirmed = True
    attendance.save(update_fields=["confirmed"])
    return attendance


@transaction.atomic
def strike(*, attendance: Attendance) -> None:
    """Takes out a row that is wrong: somebody who was not there, or came twice."""
    _changeable(attendance.session)
    attendance.delete()


@transaction.atomic
def call_roll(*, session: Session, present: dict[int, str], by: Actor) -> None:
    """The roll of the seats, by hand: ``present`` gives the mode of each holder who is there (by primary key). Rows of
    holders who are not in it go."""
    _changeable(session)
    holders = {row.pk: row for row in queries.holders_on(session.body, session.day)}
    known: dict[int | None, Attendance] = {row.holder_id: row for row in session.attendees.exclude(holder=None)}
    for holder, gone in known.items():
        if holder not in present:
            gone.delete()
    for pk, mode in present.items():
        if pk not in holders or mode not in Attendance.Mode.values:
            raise ValidationError(_("Esa persona no ocupa un lugar de este órgano en esa fecha."))
        row = known.get(pk)
        if row is not None:
            row.mode, row.confirmed = mode, True
            row.save(update_fields=["mode", "confirmed"])
        else:
            register(session=session, how=Attendance.How.HAND, holder=holders[pk], mode=mode)
    count_attendance(session=session, by=by)


@transaction.atomic
def count_attendance(*, session: Session, by: Actor) -> Session:
    """Tells in public who is there, where that changed: while the session is open which seats are, afterwards the guests
    too. Guests are counted once, at the end: counts told one after the other would show each of them come and go."""
    _changeable(session)
    counts = queries.counted(session)
    if session.state == Session.State.OPEN:
        counts = {"seats": counts["seats"]}
    if session.state in (Session.State.OPEN, Session.State.HELD) and counts != session.attendance:
        kind = "session.roll" if session.state == Session.State.OPEN else "session.counted"
        with act(kind, session, by=by):
            session.attendance = counts
    return session


def forget(today: dt.date | None = None) -> int:
    """Takes names, groups, addresses and accounts of guests away ``KEPT`` after the minutes were approved or the session
    cancelled; their sector and gender stay, for the counts. Returns how many rows it emptied."""
    day = (today or timezone.localdate()) - KEPT
    over = Q(session__minutes__approved_on__lt=day) | Q(session__state="cancelled", session__starts_at__date__lt=day)
    rows = Attendance.objects.filter(over, seat=None).exclude(name="", group="", email="", account=None)
    return Attendance.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:500])).update(
        name="", group="", email="", account=None
    )
