"""Independence of the committee (standards TQ-7): nobody verifies an institution that they answer for.

Kept apart from the actions so that pages can say beforehand who may take part in a decision and who may not, and why.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from tequio.commitments.models import Activity, Commitment, Indicator
from tequio.monitoring.models import Committee, ConflictDeclaration, Report
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
    return role.pk in _of_institutions([role], lead_ids_of_plan(plan), day)


def _of_institutions(members: list[Role], bodies: set[int], day: dt.date) -> set[int]:
    """The members (primary keys) who on ``day`` belong to one of the institutions, in this role or in another."""
    persons = {member.person_id for member in members if member.person_id}
    held = (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gte=day))
    others = Role.objects.filter(held, person__in=persons, organisation__in=bodies)
    bound_persons = set(others.values_list("person", flat=True))
    return {m.pk for m in members if m.organisation_id in bodies or (m.person_id and m.person_id in bound_persons)}


def conflict_of(role: Role, activity: Activity, day: dt.date) -> str:
    """Why the member may take no part in a decision on the activity on ``day``; an empty text where nothing stands
    against it. The last declaration of the member counts; without one there is no decision (TQ-7)."""
    return conflicts_of([role], activity, day).get(role.pk, "")


def conflict_over_indicator(role: Role, indicator: Indicator, day: dt.date) -> str:
    """Why the member may not say on ``day`` that a value of the indicator was verified; empty where nothing stands against it."""
    commitment = indicator.commitment
    if is_bound(role, commitment.plan, day):
        return _("Forma parte de una institución que tiene compromisos en este plan.")
    rows = ConflictDeclaration.objects.filter(plan=commitment.plan, role=role, signed_on__lte=day)
    own = rows.order_by("signed_on", "number").last()
    if own is None:
        return _("Falta su declaración de intereses.")
    bodies = {body.subject_key() for body in (commitment.lead, indicator.responsible_unit) if body is not None}
    if commitment.subject_key() in own.commitments or bodies & set(own.organisations):
        return _("Declaró un conflicto de interés en este compromiso.")
    return ""


def conflicts_of(members: Iterable[Role], activity: Activity, day: dt.date) -> dict[int, str]:
    """What stands against each of ``members``, by the role's primary key. The number of queries does not grow with the
    members."""
    return conflicts_over(members, [activity], day).get(activity.pk, {})


def conflicts_over(members: Iterable[Role], activities: Iterable[Activity], day: dt.date) -> dict[int, dict[int, str]]:
    """The same for many activities of one plan, by the activity's primary key. The number of queries grows neither with
    the members nor with the activities."""
    members, activities = list(members), list(activities)
    if not members or not activities:
        return {}
    plan = activities[0].commitment.plan
    bound = _of_institutions(members, lead_ids_of_plan(plan), day)
    declared: dict[int, ConflictDeclaration] = {}
    rows = ConflictDeclaration.objects.filter(plan=plan, role__in=members, signed_on__lte=day)
    for row in rows.order_by("signed_on", "number"):
        declared[row.role_id] = row
    leads = Organisation.objects.filter(pk__in={pk for activity in activities for pk in lead_ids(activity)})
    keys = {lead.pk: lead.subject_key() for lead in leads.select_related("jurisdiction")}
    reported = _reported(members, activities, day)
    found: dict[int, dict[int, str]] = {}
    for activity in activities:
        bodies = {keys[pk] for pk in lead_ids(activity) if pk in keys}
        for member in members:
            own = declared.get(member.pk)
            words = ""
            if member.pk in bound:
                words = _("Forma parte de una institución que tiene compromisos en este plan.")
            elif (activity.pk, member.pk) in reported:
                words = _("Esta actividad la reportó esa persona o su institución.")
            elif own is None:
                words = _("Falta su declaración de intereses.")
            elif activity.commitment.subject_key() in own.commitments or bodies & set(own.organisations):
                words = _("Declaró un conflicto de interés en este compromiso.")
            if words:
                found.setdefault(activity.pk, {})[member.pk] = words
    return found


def _reported(members: list[Role], activities: list[Activity], day: dt.date) -> set[tuple[int, int]]:
    """Which member (or their institution) reported which activity: primary keys of activity and role."""
    rows = Report.objects.filter(activity__in=activities, by__isnull=False)
    reporters = set(rows.values_list("activity", "by__person", "by__organisation"))
    bodies = {body for _activity, _person, body in reporters if body}
    within = {body: _of_institutions(members, {body}, day) for body in bodies - _leads_among(bodies, activities)}
    return {
        (activity, member.pk)
        for activity, person, body in reporters
        for member in members
        if (person and member.person_id == person) or member.pk in within.get(body or 0, ())
    }


def _leads_among(bodies: set[int], activities: list[Activity]) -> set[int]:
    """Those of ``bodies`` that lead one of the activities: their people are bound anyhow."""
    return bodies & {pk for activity in activities for pk in lead_ids(activity)}


def free_members(committee: Committee, activity: Activity, day: dt.date) -> list[Role]:
    """The members in office on ``day`` whom nothing keeps from looking at the activity and deciding on it."""
    members = [role for role in committee.members.order_by("number") if role.is_held_on(day)]
    conflicts = conflicts_of(members, activity, day)
    return [role for role in members if role.pk not in conflicts]
