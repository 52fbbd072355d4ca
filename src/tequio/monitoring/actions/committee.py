"""Who is on the committee, by which rules it decides, and what its members declare about their interests."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tequio.commitments.models import Commitment
from tequio.monitoring import independence
from tequio.monitoring.actions.looks import release_looks
from tequio.monitoring.actions.progress import day_of, done_on, words_of
from tequio.monitoring.models import Committee, ConflictDeclaration
from tequio.people.models import Organisation, Role
from tequio.plans.models import Plan
from tequio.record.append import Actor, act


@transaction.atomic
def set_committee(
    *,
    plan: Plan,
    members: Iterable[Role],
    by: Actor,
    quorum: int = 3,
    majority: int = 50,
    looks: int = 2,
    look_days: int | None = None,
    reply_days: int | None = None,
    rules: Any = "",
    why: str = "",
    basis: str = "",
    on: dt.date | None = None,
) -> Committee:
    """Sets who is on a plan's committee and its rules. A role without a person is a place that is publicly vacant.

    ``quorum`` members take part in a decision; more than ``majority`` percent of them must be in favour; ``looks``
    independent verifications come before it, two at least, each within ``look_days`` working days; then the institution
    has ``reply_days`` working days to answer (none given: the usual number). Raises ``ValidationError`` for a plan that
    is not public, a role of another kind or jurisdiction, a person twice, somebody of an institution that leads in this
    plan (TQ-7), or a quorum that the members can never reach.
    """
    day, roles = day_of(on), list(members)
    if not plan.is_public():
        raise ValidationError(_("Primero hay que publicar el plan."))
    if any(role.kind != "committee" or role.jurisdiction_id != plan.jurisdiction_id for role in roles):
        raise ValidationError({"members": _("Solo papeles del Comité de Seguimiento de este territorio.")})
    persons = [role.person_id for role in roles if role.person_id]
    if len(persons) != len(set(persons)):
        raise ValidationError({"members": _("Cada persona ocupa un solo lugar en el Comité.")})
    if any(independence.is_bound(role, plan, day) for role in roles):
        raise ValidationError(
            {"members": _("Nadie de una institución con compromisos en el plan puede integrar el Comité.")}
        )
    if quorum < 1 or (roles and quorum > len(roles)):
        raise ValidationError({"quorum": _("El quórum va de 1 al número de integrantes.")})
    if not 50 <= majority < 100:
        raise ValidationError({"majority": _("La mayoría es más de la mitad: entre 50 y 99 por ciento.")})
    if looks < Committee.LEAST_LOOKS:
        raise ValidationError({"looks": _("Hacen falta al menos dos miradas independientes.")})
    if look_days is not None and not 1 <= look_days <= 60:
        raise ValidationError({"look_days": _("Para mirar se dan de 1 a 60 días hábiles.")})
    if reply_days is not None and not 0 <= reply_days <= 60:
        raise ValidationError({"reply_days": _("Para responder se dan de 0 a 60 días hábiles.")})
    committee = Committee.objects.filter(plan=plan).first()
    if committee is None:
        # The members of a many-to-many need a stored row; it has its act before anybody can see it.
        committee = Committee(plan=plan)
        committee.save()
    before = set(committee.members.all())
    with act("committee.set", committee, by=by, why=why, basis=basis, done=done_on(day)):
        committee.members.set(roles)
        committee.quorum, committee.majority, committee.looks = quorum, majority, looks
        committee.look_days, committee.reply_days = look_days, reply_days
        committee.rules = words_of(rules)
    for role in before - set(roles):
        release_looks(role=role, by=by, on=day)
    return committee


@transaction.atomic
def declare_conflict(
    *,
    plan: Plan,
    role: Role,
    by: Actor,
    organisations: Iterable[Organisation] = (),
    commitments: Iterable[Commitment] = (),
    on: dt.date | None = None,
) -> ConflictDeclaration:
    """A member signs a declaration of interests: on what they will take no part, or that nothing binds them (TQ-7).

    A newer declaration replaces the older one from its day on; both stay public. Raises ``ValidationError`` for a role
    that is not on this committee, and for things of another plan or jurisdiction.
    """
    day = day_of(on)
    if not Committee.objects.filter(plan=plan, members=role).exists():
        raise ValidationError(_("Declaran quienes integran el Comité de este plan."))
    bodies, promises = list(organisations), list(commitments)
    if any(body.jurisdiction_id != plan.jurisdiction_id for body in bodies) or any(
        promise.plan_id != plan.pk for promise in promises
    ):
        raise ValidationError(_("Eso es de otro plan o de otro territorio."))
    last = ConflictDeclaration.objects.filter(plan=plan).aggregate(n=Max("number"))["n"] or 0
    declaration = ConflictDeclaration(
        role=role,
        plan=plan,
        number=last + 1,
        signed_on=day,
        none_declared=not bodies and not promises,
        organisations=sorted(body.subject_key() for body in bodies),
        commitments=sorted(promise.subject_key() for promise in promises),
    )
    with act("conflict.declared", declaration, by=by, done=done_on(day)):
        pass
    release_looks(role=role, by=by, on=day)
    return declaration
