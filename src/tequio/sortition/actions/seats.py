"""The places of a drawn committee: accepting, declining, who comes next, leaving, and taking the place."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.monitoring import independence
from tequio.monitoring.actions import set_committee
from tequio.monitoring.models import Committee
from tequio.people.actions import end_role, grant_role, invite
from tequio.people.models import Organisation, Role
from tequio.record.append import SYSTEM, Actor, act
from tequio.sortition import queries
from tequio.sortition.models import Call, Seat, Volunteer

TAKEN = (Seat.Status.ASKED, Seat.Status.ACCEPTED)


@transaction.atomic
def accept_seat(
    *,
    seat: Seat,
    by: Actor,
    named: bool = False,
    email: str = "",
    organisations: Iterable[Organisation] = (),
    on: dt.date | None = None,
) -> Seat:
    """A drawn person takes the place, and says whether their name may be published.

    ``organisations`` are those of the plan's institutions that they say they belong to. Raises ``ValidationError`` when
    nobody asked them or the day is past, without an e-mail to enter with, and for whoever belongs to an institution
    with commitments in the plan (TQ-7).
    """
    day, person = on or timezone.localdate(), seat.volunteer
    if seat.status != Seat.Status.ASKED or person is None:
        raise ValidationError(_("Este lugar ya no espera respuesta."))
    if seat.answer_by and seat.answer_by < day:
        raise ValidationError(_("El plazo para responder ya pasó."))
    email = person.email or email.strip().lower()
    if not email:
        raise ValidationError({"email": _("Escribe tu correo: con él vas a entrar.")})
    bound = [organisation.name for organisation in organisations] or _bound_to(seat.call, email, day)
    if bound:
        raise ValidationError(
            _(
                "El Comité verifica a %(names)s, y quien forma parte de una institución con compromisos en el plan no "
                "puede verificarla. Puedes dejar el lugar a la siguiente persona."
            )
            % {"names": ", ".join(bound)},
            code="bound",
        )
    if not person.email:
        if Volunteer.objects.filter(call=seat.call, email=email).exists():
            raise ValidationError({"email": _("Ese correo ya lo usa otra persona de esta convocatoria.")})
        Volunteer.objects.filter(pk=person.pk).update(email=email)
    with act("seat.accepted", seat, by=by, done=on):
        seat.status, seat.answered_on = Seat.Status.ACCEPTED, day
        seat.named, seat.name = named, person.name if named else ""
    return seat


def _bound_to(call: Call, email: str, day: dt.date) -> list[str]:
    """The institutions with commitments that somebody with this e-mail acts for on that day, by name."""
    leads = independence.lead_ids_of_plan(call.plan)
    roles = Role.objects.filter(
        jurisdiction=call.jurisdiction, organisation__in=leads, person__email__iexact=email
    ).select_related("organisation", "person")
    return sorted({role.organisation.name for role in roles if role.organisation and role.is_held_on(day)})


@transaction.atomic
def decline_seat(*, seat: Seat, by: Actor, on: dt.date | None = None) -> Seat | None:
    """The place is not accepted; the alternate who comes next is asked and returned (None if nobody is left).

    Raises ``ValidationError`` when nobody asked."""
    if seat.status != Seat.Status.ASKED:
        raise ValidationError(_("Este lugar ya no espera respuesta."))
    day = on or timezone.localdate()
    with act("seat.declined", seat, by=by, done=on):
        seat.status, seat.answered_on = Seat.Status.DECLINED, day
    return _call_next(seat, by, day, on)


@transaction.atomic
def expire_seats(*, today: dt.date | None = None) -> list[Seat]:
    """Passes on every place whose holder did not answer in time. Returns the alternates who are asked now."""
    day, asked = today or timezone.localdate(), []
    for seat in queries.overdue(day).select_related("volunteer"):
        with act("seat.unanswered", seat, by=SYSTEM):
            seat.status = Seat.Status.UNANSWERED
        following = _call_next(seat, SYSTEM, day, None)
        if following is not None:
            asked.append(following)
    return asked


@transaction.atomic
def leave_seat(*, seat: Seat, by: Actor, why: str, on: dt.date | None = None) -> Seat | None:
    """A member leaves before the term ends: the role ends that day and the next alternate is asked and returned.

    Raises ``ValidationError`` for a place that nobody holds."""
    day = on or timezone.localdate()
    if seat.status != Seat.Status.ACCEPTED:
        raise ValidationError(_("Nadie ocupa ese lugar."))
    if seat.role is not None and (seat.role.until is None or seat.role.until > max(day, seat.role.since or day)):
        # Whoever leaves before the term began leaves on its first day: a role has at least one.
        end_role(role=seat.role, by=by, until=max(day, seat.role.since or day), basis=why[:300])
    with act("seat.left", seat, by=by, why=why, done=on):
        seat.status, seat.left_on = Seat.Status.LEFT, day
    return _call_next(seat, by, day, on)


def _call_next(gone: Seat, by: Actor, day: dt.date, on: dt.date | None) -> Seat | None:
    """Asks the alternate who fills most of what is missing now; among equals, the one whose turn comes first."""
    call = gone.call
    kinds = {
        row["number"]: set(row.items()) - {("number", row["number"])} for row in json.loads(call.file)["volunteers"]
    }
    there: Counter[Any] = Counter()
    for number in Seat.objects.filter(call=call, status__in=TAKEN).values_list("number", flat=True):
        there.update(kinds[number])
    missing = {
        pair
        for pair, places in (((q["dimension"], q["category"]), q["places"]) for q in call.quotas)
        if there[pair] < places
    }
    waiting = Seat.public_rows().filter(call=call, status=Seat.Status.WAITING).select_related("volunteer")
    able = [seat for seat in waiting if seat.volunteer is not None and seat.volunteer.name]
    if not able:
        return None
    following = min(able, key=lambda seat: (-len(kinds[seat.number] & missing), seat.order))
    with act("seat.asked", following, by=by, done=on):
        following.status = Seat.Status.ASKED
        following.answer_by = day + dt.timedelta(days=call.answer_days)
        following.stands_for = gone.stands_for or gone.number
    return following


@transaction.atomic
def take_seats(
    *,
    call: Call,
    quorum: int,
    by: Actor,
    majority: int = 50,
    looks: int = 2,
    rules: Any = "",
    keep: Iterable[Role] = (),
    on: dt.date | None = None,
) -> list[Role]:
    """Gives their role to those who accepted, for the call's term, and sets the plan's committee: they and whoever of
    the present members is kept. Returns the new roles. Raises ``ValidationError`` as the actions that it uses do, and
    when nobody accepted."""
    accepted = [seat for seat in queries.seats_of(call) if seat.status == Seat.Status.ACCEPTED]
    if not accepted:
        raise ValidationError(_("Todavía nadie ha aceptado su lugar."))
    day = on or timezone.localdate()
    made = []
    basis = _("Sorteo público, convocatoria %(number)s") % {"number": call.number}
    for seat in accepted:
        if seat.role is not None or seat.volunteer is None:
            continue
        role = grant_role(
            jurisdiction=call.jurisdiction,
            kind="committee",
            person=invite(jurisdiction=call.jurisdiction, name=seat.volunteer.name, email=seat.volunteer.email),
            named=seat.named,
            since=max(call.term_start, seat.answered_on or call.term_start),
            until=call.term_end,
            basis=basis,
            by=by,
        )
        with act("seat.taken", seat, by=by, done=on):
            seat.role = role
        made.append(role)
    members = {role.pk: role for role in [*keep, *(seat.role for seat in accepted if seat.role is not None)]}
    present = Committee.objects.filter(plan=call.plan).first()
    set_committee(
        plan=call.plan,
        look_days=present.look_days if present else None,
        reply_days=present.reply_days if present else None,
        members=members.values(),
        quorum=quorum,
        majority=majority,
        looks=looks,
        rules=rules,
        by=by,
        basis=basis,
        on=day,
    )
    return made
