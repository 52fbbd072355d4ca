"""Who may call sessions, write minutes, propose, correct and follow up. See ``people.rules``."""

from typing import Any

import rules
from django.utils import timezone

from tequio.meetings.models import Agreement, Attendance, Body, Minutes, SeatHolder
from tequio.people.rules import acting, holds, in_secretariat, jurisdiction_of

in_forum = holds("secretariat", "poc", "seat_head", "seat_liaison", "facilitator")


def body_of(obj: Any) -> Body | None:
    """The body that an object belongs to; None for a jurisdiction."""
    if isinstance(obj, Body) or obj is None:
        return obj
    if isinstance(obj, Minutes):
        return obj.session.body
    if isinstance(obj, SeatHolder):
        return obj.seat.body
    return getattr(obj, "body", None)


@rules.predicate
def facilitates(account: Any, obj: Any = None) -> bool:
    """A facilitator runs the sessions of work tables, and of nothing else."""
    role, where = acting(account), jurisdiction_of(obj)
    if role is None or where is None or role.kind != "facilitator" or role.jurisdiction_id != where.pk:
        return False
    body = body_of(obj)
    return body is None or body.kind == Body.Kind.TABLE


@rules.predicate
def has_seat(account: Any, obj: Any = None) -> bool:
    """The acting role holds a seat today: in the object's own body, or in any of the jurisdiction."""
    role, where = acting(account), jurisdiction_of(obj)
    if role is None or where is None or role.jurisdiction_id != where.pk:
        return False
    rows = SeatHolder.objects.filter(role=role)
    body = body_of(obj)
    if body is not None:
        rows = rows.filter(seat__body=body)
    return any(row.holds_on(timezone.localdate()) for row in rows)


@rules.predicate
def was_present(account: Any, obj: Any = None) -> bool:
    """The acting role was in the session of these minutes, for its seat."""
    role = acting(account)
    if role is None or not isinstance(obj, Minutes) or obj.session_id is None:
        return False
    return Attendance.objects.filter(session=obj.session_id, holder__role=role, confirmed=True).exists()


@rules.predicate
def answers_for(account: Any, obj: Any = None) -> bool:
    """The agreement is of the acting role's seat or organisation."""
    role = acting(account)
    if role is None or not isinstance(obj, Agreement) or role.jurisdiction_id != obj.jurisdiction_id:
        return False
    if obj.organisation_id is not None and obj.organisation_id == role.organisation_id:
        return role.kind in ("lead", "support", "seat_head", "seat_liaison")
    return obj.seat_id is not None and SeatHolder.objects.filter(seat=obj.seat_id, role=role).exists()


@rules.predicate
def is_own_seat(account: Any, obj: Any = None) -> bool:
    """The row of the seat's head is the acting role's own."""
    role = acting(account)
    return role is not None and isinstance(obj, SeatHolder) and obj.role_id == role.pk


rules.add_perm("meetings.manage", in_secretariat)
rules.add_perm("meetings.work", in_forum)
rules.add_perm("meetings.run", in_secretariat | facilitates)
rules.add_perm("meetings.propose", has_seat)
rules.add_perm("meetings.correct", was_present)
rules.add_perm("meetings.follow_up", in_secretariat | answers_for)
rules.add_perm("meetings.delegate", in_secretariat | is_own_seat)
rules.add_perm("meetings.see_agreement", holds("secretariat", "poc", "lead", "support", "seat_head", "seat_liaison"))
