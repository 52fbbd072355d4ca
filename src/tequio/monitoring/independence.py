"""Independence of the committee (standards TQ-7): nobody verifies an institution that they answer for.

Kept apart from the actions so that pages can say beforehand who may take part in a decision and who may not, and why.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from tequio.commitments.models import Activity, Commitment
from tequio.monitoring.models import ConflictDeclaration
from tequio.people.models import Organisation, Role
from tequio.plans.models import Plan


def lead_ids(activity: Activity) -> set[int]:
    """The institutions that answer for an activity: its own lead and that of its commitment (primary keys)."""
    return {pk for pk in (activity.lead_id, activity.commitment.lead_id) if pk is not None}


def lead_ids_of_plan(plan: Plan) -> set[int]:
    """Every institution that leads something in the plan, and whoever took its place (primary keys)."""
    leads = {pk for pk in Commitment.objects.filter(plan=plan).values_list("lead", flat=True) if pk is not None}
    led = Activity.objects.filter(commitment__plan=plan).values_list("lead", flat=True).distinct()
    leads |= {pk for pk in led if pk is not None}
    heirs = Organisation.objects.filter(pk__in=leads).values_list("replaced_by", flat=True)
    return leads | {pk for pk in heirs if pk is not None}


def is_bound(role: Role, plan: Plan, day: dt.date) -> bool:
    """Whether the role, or another one of the same person, speaks for an institution that leads in the plan."""
    return role.pk in _bound([role], plan, day)


def _bound(members: list[Role], plan: Plan, day: dt.date) -> set[int]:
    """The members (primary keys) who are bound to a lead institution of the plan on ``day``."""
    leads = lead_ids_of_plan(plan)
    persons = {member.person_id for member in members if member.person_id}
    held = (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gte=day))
    others = Role.objects.filter(held, person__in=persons, organisation__in=leads)
    bound_persons = set(others.values_list("person", flat=True))
    return {m.pk for m in members if m.organisation_id in leads or (m.person_id and m.person_id in bound_persons)}


def conflict_of(role: Role, activity: Activity, day: dt.date) -> str:
    """Why the member may take no part in a decision on the activity on ``day``; an empty text where nothing stands
    against it. The last declaration of the member counts; without one there is no decision (TQ-7)."""
    return conflicts_of([role], activity, day).get(role.pk, "")


def conflicts_of(members: Iterable[Role], activity: Activity, day: dt.date) -> dict[int, str]:
    """What stands against each of ``members``, by the role's primary key. The number of queries does not grow with the
    members."""
    members = list(members)
    plan = activity.commitment.plan
    bound = _bound(members, plan, day)
    declared: dict[int, ConflictDeclaration] = {}
    rows = ConflictDeclaration.objects.filter(plan=plan, role__in=members, signed_on__lte=day)
    for row in rows.order_by("signed_on", "number"):
        declared[row.role_id] = row
    told = {activity.commitment.subject_key()}
    leads = Organisation.objects.filter(pk__in=lead_ids(activity)).select_related("jurisdiction")
    told_organisations = {lead.subject_key() for lead in leads}
    found: dict[int, str] = {}
    for member in members:
        own = declared.get(member.pk)
        if member.pk in bound:
            found[member.pk] = _("Forma parte de una institución que tiene compromisos en este plan.")
        elif own is None:
            found[member.pk] = _("Falta su declaración de intereses.")
        elif told & set(own.commitments) or told_organisations & set(own.organisations):
            found[member.pk] = _("Declaró un conflicto de interés en este compromiso.")
    return found
