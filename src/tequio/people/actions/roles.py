"""Grants, ends and hands over roles."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from tequio.people.models import Office, Organisation, Person, Role
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor, act

# Whoever verifies is no part of whoever is verified (TQ-7); the committee's rules look further into each plan.
INDEPENDENT, BOUND = {"committee", "monitor"}, {"lead", "poc", "seat_head", "seat_liaison"}


@transaction.atomic
def grant_role(
    *,
    jurisdiction: Jurisdiction,
    kind: str,
    by: Actor,
    person: Person | None = None,
    organisation: Organisation | None = None,
    office: Office | None = None,
    named: bool = False,
    since: dt.date | None = None,
    until: dt.date | None = None,
    basis: str = "",
) -> Role:
    """Grants a role. Without a person it makes a vacancy known, from ``since`` on; with neither person nor ``since``, a
    role whose holder the source does not name.

    Raises ``ValidationError`` when it ends before it starts, when something belongs to another jurisdiction or
    organisation, when a seat would have two heads at a time, and when a committee member would answer for a verified
    institution or the other way round (TQ-7).
    """
    for thing in (person, organisation):
        if thing is not None and thing.jurisdiction_id != jurisdiction.pk:
            raise ValidationError(_("Eso pertenece a otro territorio."))
    if office is not None and (organisation is None or office.organisation_id != organisation.pk):
        raise ValidationError({"office": _("Ese cargo es de otra institución.")})
    if since and until and until < since:
        raise ValidationError({"until": _("Termina antes de empezar.")})
    role = Role(
        jurisdiction=jurisdiction,
        kind=kind,
        person=person,
        organisation=organisation,
        office=office,
        named=named and person is not None,
        since=since,
        until=until,
        basis=basis,
    )
    _refuse_second_head(role)
    if person is not None:
        _refuse_incompatible(role, person)
    last = Role.objects.filter(jurisdiction=jurisdiction).aggregate(n=Max("number"))["n"] or 0
    role.number = last + 1
    with act("role.granted", role, by=by, basis=basis, done=since):
        pass
    return role


def _overlapping(role: Role) -> Q:
    """Roles whose dates have a day in common with those of ``role``."""
    days = Q()
    if role.until:
        days &= Q(since=None) | Q(since__lte=role.until)
    if role.since:
        days &= Q(until=None) | Q(until__gte=role.since)
    return days


def _refuse_second_head(role: Role) -> None:
    """A seat has at most one head at a time, and any number of liaisons."""
    if role.kind != "seat_head" or role.organisation is None:
        return
    same = Role.objects.filter(jurisdiction=role.jurisdiction, kind="seat_head", organisation=role.organisation)
    if same.filter(_overlapping(role), office=role.office).exists():
        raise ValidationError(
            _("Ese lugar ya tiene titular en esas fechas: releva a la persona o termina su papel primero.")
        )


def _refuse_incompatible(role: Role, person: Person) -> None:
    held = set(Role.objects.filter(_overlapping(role), person=person).values_list("kind", flat=True))
    if (role.kind in INDEPENDENT and held & BOUND) or (role.kind in BOUND and held & INDEPENDENT):
        raise ValidationError(
            _("Quien verifica no puede ser parte de las instituciones verificadas: termina primero el otro papel.")
        )


@transaction.atomic
def end_role(*, role: Role, by: Actor, until: dt.date, basis: str = "", seen: int | None = None) -> Role:
    """Ends a role on a day, its last; its history stays. Raises ``ValidationError`` when it is over already or would
    end before it starts."""
    if role.until and role.until <= until:
        raise ValidationError(_("Ese papel ya terminó."))
    if role.since and until < role.since:
        raise ValidationError({"until": _("Termina antes de empezar.")})
    with act("role.ended", role, by=by, basis=basis, done=until, seen=seen):
        role.until = until
    return role


@transaction.atomic
def replace_holder(
    *, role: Role, person: Person | None, by: Actor, since: dt.date, named: bool = False, basis: str = ""
) -> Role:
    """Ends a holder's term the day before and gives the role to the next person; without one it becomes a public
    vacancy. Raises ``ValidationError`` when the holder's term has not begun by then, or as ``grant_role`` does."""
    if role.since and since <= role.since:
        raise ValidationError(
            {"since": _("El relevo empieza después de quien está ahora: %(day)s.") % {"day": role.since}}
        )
    if role.until is None or role.until >= since:
        end_role(role=role, by=by, until=since - dt.timedelta(days=1), basis=basis)
    return grant_role(
        jurisdiction=role.jurisdiction,
        kind=role.kind,
        by=by,
        person=person,
        organisation=role.organisation,
        office=role.office,
        named=named,
        since=since,
        basis=basis,
    )
