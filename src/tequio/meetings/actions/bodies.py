"""Founds bodies, gives them seats, seats people in them, and lets heads delegate their vote."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tequio.common.i18n import best, text, versions
from tequio.meetings.models import Body, Capacity, Delegation, Seat, SeatHolder, Session
from tequio.people.actions import end_role, grant_role
from tequio.people.models import Office, Organisation, Person, Role
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor, act
from tequio.vocabularies import terms

ROLE_OF = {Capacity.HEAD: "seat_head", Capacity.LIAISON: "seat_liaison", Capacity.ALTERNATE: "seat_liaison"}
LONGEST = 60


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    """Columns from what a form gives: texts in two languages come as ``{es, en}``."""
    return {name: text(**value) if isinstance(value, dict) else value for name, value in fields.items()}


def _check_body(body: Body) -> None:
    if body.starts and body.ends and body.ends < body.starts:
        raise ValidationError({"ends": _("Termina antes de empezar.")})
    if body.review_days < 1:
        raise ValidationError(
            {"review_days": _("Quienes asistieron necesitan al menos un día para pedir correcciones.")}
        )
    if body.minutes_days <= body.review_days:
        raise ValidationError(
            {
                "minutes_days": _(
                    "El plazo del acta debe ser mayor que el de las correcciones: deja tiempo para escribirla."
                )
            }
        )


@transaction.atomic
def found_body(
    *, jurisdiction: Jurisdiction, kind: str, name: Any, by: Actor, slug: str = "", basis: str = "", **fields: Any
) -> Body:
    """Founds a body; public from then on. ``name`` is a text, ``{es, en}`` or Spanish; ``fields`` are columns of ``Body``.

    Raises ``ValidationError`` when the name is taken or its days do not fit together.
    """
    slug = slug or slugify(best(name, "es")[0])[:LONGEST].strip("-")
    if not slug:
        raise ValidationError({"name": _("Escribe un nombre con letras.")})
    if Body.objects.filter(jurisdiction=jurisdiction, slug=slug).exists():
        raise ValidationError({"name": _("Ya hay un órgano con ese nombre.")})
    body = Body(jurisdiction=jurisdiction, slug=slug, kind=kind, name=text(**versions(name)), **_columns(fields))
    _check_body(body)
    with act("body.founded", body, by=by, basis=basis, done=body.founded_on):
        pass
    return body


@transaction.atomic
def change_body(*, body: Body, by: Actor, why: str = "", seen: int | None = None, **fields: Any) -> Body:
    """Changes what is said of a body. Raises ``ValidationError`` when its days do not fit together."""
    with act("body.changed", body, by=by, why=why, seen=seen):
        for name, value in _columns(fields).items():
            setattr(body, name, value)
        _check_body(body)
    return body


@transaction.atomic
def add_seat(
    *,
    body: Body,
    name: Any,
    sector: str,
    by: Actor,
    organisation: Organisation | None = None,
    office: Office | None = None,
    citizen_council: bool = False,
    since: dt.date | None = None,
    basis: str = "",
) -> Seat:
    """Adds a seat. Raises ``ValidationError`` for a sector that is not in the list, or an office of another organisation."""
    if terms.term("sector", sector) is None:
        raise ValidationError({"sector": _("Elige un sector de la lista.")})
    if office is not None and (organisation is None or office.organisation_id != organisation.pk):
        raise ValidationError({"office": _("Ese cargo es de otra institución.")})
    if organisation is not None and organisation.jurisdiction_id != body.jurisdiction_id:
        raise ValidationError({"organisation": _("Eso pertenece a otro territorio.")})
    last = body.seats.aggregate(n=Max("number"))["n"] or 0
    seat = Seat(
        body=body,
        number=last + 1,
        name=text(**versions(name)),
        sector=sector,
        organisation=organisation,
        office=office,
        citizen_council=citizen_council,
        since=since,
    )
    with act("bodyseat.added", seat, by=by, basis=basis, done=since):
        pass
    return seat


@transaction.atomic
def close_seat(*, seat: Seat, until: dt.date, why: str, by: Actor, seen: int | None = None) -> Seat:
    """Ends a seat, with a reason that is public; its history stays, and its holders' terms end with it."""
    if seat.until is not None:
        raise ValidationError(_("Ese lugar ya terminó."))
    if seat.since and until < seat.since:
        raise ValidationError({"until": _("Termina antes de empezar.")})
    if not why.strip():
        raise ValidationError({"why": _("Di por qué: es público.")})
    for row in seat.holders.filter(Q(until=None) | Q(until__gt=until)).select_related(
        "seat__body__jurisdiction", "role__jurisdiction", "role__person", "person"
    ):
        end_holder(holder=row, until=until, by=by, note=why[:300])
    with act("bodyseat.closed", seat, by=by, why=why, done=until, seen=seen):
        seat.until = until
    return seat


def _occupied(seat: Seat, capacity: str, since: dt.date | None) -> SeatHolder | None:
    """Who holds the seat as its head when the next one would begin; vacancies end by themselves."""
    rows = seat.holders.filter(capacity=capacity).filter(
        Q(until=None) | Q(until__gte=since) if since else Q(until=None)
    )
    return rows.select_related("role__jurisdiction", "role__person", "person", "seat__body__jurisdiction").first()


@transaction.atomic
def seat_holder(
    *,
    seat: Seat,
    capacity: str,
    by: Actor,
    person: Person | None = None,
    role: Role | None = None,
    named: bool = False,
    since: dt.date | None = None,
    note: str = "",
) -> SeatHolder:
    """Seats a person as head, liaison or alternate; without one it makes a vacancy public.

    The person gets the role in which they act (``seat_head`` or ``seat_liaison``), unless ``role`` is one they hold
    already. A head who is there is relieved the day before: a seat has one head at a time (standards §1).

    Raises ``ValidationError`` when the seat is over, when the new head would begin before the one who is there, or as
    ``people.grant_role`` does.
    """
    if capacity not in ROLE_OF:
        raise ValidationError({"capacity": _("Elige titular, enlace o suplente.")})
    if seat.until is not None:
        raise ValidationError(_("Ese lugar ya terminó."))
    if person is None and role is None and since is None:
        raise ValidationError({"since": _("Di desde cuándo está vacante.")})
    before = _occupied(seat, capacity, since) if capacity == Capacity.HEAD else None
    if before is not None:
        start = since
        if start is None or (before.since and start <= before.since):
            raise ValidationError({"since": _("El relevo empieza después de quien está ahora.")})
        end_holder(holder=before, until=start - dt.timedelta(days=1), by=by, note=note)
    if person is not None and role is None:
        role = grant_role(
            jurisdiction=seat.body.jurisdiction,
            kind=ROLE_OF[Capacity(capacity)],
            person=person,
            organisation=seat.organisation,
            office=seat.office,
            named=named,
            since=since,
            basis=note,
            by=by,
        )
    last = seat.holders.aggregate(n=Max("number"))["n"] or 0
    holder = SeatHolder(
        seat=seat,
        number=last + 1,
        capacity=capacity,
        role=role,
        named=named and role is not None,
        since=since,
        note=note,
    )
    with act("holder.seated" if role else "holder.vacant", holder, by=by, basis=note, done=since):
        pass
    return holder


@transaction.atomic
def end_holder(*, holder: SeatHolder, until: dt.date, by: Actor, note: str = "", seen: int | None = None) -> SeatHolder:
    """Ends a holder's term on a day, their last, and the role in which they acted for the seat."""
    if holder.until is not None and holder.until <= until:
        raise ValidationError(_("Ya terminó."))
    if holder.since and until < holder.since:
        raise ValidationError({"until": _("Termina antes de empezar.")})
    with act("holder.ended", holder, by=by, basis=note, done=until, seen=seen):
        holder.until = until
    role = holder.role
    if role is not None and role.kind in ROLE_OF.values() and (role.until is None or role.until > until):
        end_role(role=role, by=by, until=until, basis=note)
    return holder


@transaction.atomic
def leave_seat(*, holder: SeatHolder, until: dt.date, by: Actor, note: str = "") -> SeatHolder:
    """Somebody leaves a seat and nobody has taken their place. A seat without its head is a public vacancy from the next
    day on; a liaison or alternate just ends. Raises ``ValidationError`` as ``end_holder`` does."""
    if holder.is_vacant:
        raise ValidationError(_("Ese lugar ya está vacante."))
    end_holder(holder=holder, until=until, by=by, note=note)
    if holder.capacity == Capacity.HEAD and holder.seat.until is None:
        next_day = until + dt.timedelta(days=1)
        seat_holder(seat=holder.seat, capacity=Capacity.HEAD, since=next_day, note=note, by=by)
    return holder


@transaction.atomic
def delegate(
    *,
    giver: SeatHolder,
    taker: SeatHolder,
    by: Actor,
    session: Session | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    basis: str = "",
) -> Delegation:
    """Lets a seat's liaison or alternate vote for its head, in one session or between two dates.

    Raises ``ValidationError`` unless both hold the same seat, the giver as its head, and the delegation has an end.
    """
    if giver.seat_id != taker.seat_id or giver.capacity != Capacity.HEAD or taker.capacity == Capacity.HEAD:
        raise ValidationError(_("Delega quien es titular, en su enlace o suplente del mismo lugar."))
    if giver.is_vacant or taker.is_vacant:
        raise ValidationError(_("Una vacante no puede delegar ni recibir el voto."))
    if session is None and (since is None or until is None):
        raise ValidationError(_("Elige una sesión, o di desde cuándo y hasta cuándo."))
    if session is not None and session.body_id != giver.seat.body_id:
        raise ValidationError({"session": _("Esa sesión es de otro órgano.")})
    if since and until and until < since:
        raise ValidationError({"until": _("Termina antes de empezar.")})
    last = giver.delegations_given.aggregate(n=Max("number"))["n"] or 0
    row = Delegation(
        giver=giver,
        taker=taker,
        number=last + 1,
        session=session,
        since=None if session else since,
        until=None if session else until,
        basis=basis,
    )
    with act("delegation.given", row, by=by, basis=basis):
        pass
    return row


@transaction.atomic
def withdraw_delegation(*, delegation: Delegation, on: dt.date, by: Actor) -> Delegation:
    """Takes a delegation back from a day on."""
    if delegation.withdrawn_on is not None:
        raise ValidationError(_("Esa delegación ya se retiró."))
    with act("delegation.withdrawn", delegation, by=by, done=on):
        delegation.withdrawn_on = on
    return delegation
