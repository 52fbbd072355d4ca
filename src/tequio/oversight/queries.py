"""Where each commitment of a past plan stands: which checks fell due, which were made, and who looks after it now."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from tequio.commitments.models import Commitment
from tequio.common.dates import add_months
from tequio.monitoring.models import clocks_of
from tequio.oversight.models import Check, Handover
from tequio.people.models import Organisation, Role
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan

LEADING = ("lead", "seat_head", "seat_liaison")


@dataclass(frozen=True)
class Milestone:
    """A check that falls due ``months`` after the plan's end. ``state``: ``later``, ``due`` (the newest that may still be
    made), ``done``, or ``missed`` (the next one is due, and no check of this one is on record)."""

    months: int
    due: dt.date
    state: str
    check: Check | None


@dataclass(frozen=True)
class Row:
    """A commitment of a past plan. ``carer`` is who looks after it today, its lead or whoever received it; ``orphan`` why
    it may have been left without anybody, in words."""

    commitment: Commitment
    milestones: tuple[Milestone, ...]
    handovers: tuple[Handover, ...]
    carer: Organisation | None
    orphan: str
    proposal: Check | None

    @property
    def due(self) -> Milestone | None:
        """The check that can be made now."""
        return next((one for one in self.milestones if one.state == "due"), None)

    @property
    def is_alert(self) -> bool:
        """A check has fallen due and none is on record."""
        return any(one.state in ("due", "missed") for one in self.milestones)

    @property
    def last(self) -> Check | None:
        """The newest check."""
        return next((one.check for one in reversed(self.milestones) if one.check), None)


def dates_of(plan: Plan) -> list[tuple[int, dt.date]]:
    """When the checks of a plan fall due; none where no source says when it ends."""
    end = plan.end.last
    return [(months, add_months(end, months)) for months in clocks_of(plan).months_to_check] if end else []


def current(plan: Plan, today: dt.date) -> int | None:
    """The months of the check that may be made today: the newest that has fallen due. An older one cannot be made up for:
    nobody can look back at how things stood."""
    reached = [months for months, due in dates_of(plan) if due <= today]
    return reached[-1] if reached else None


def past_plans(jurisdiction: Jurisdiction, today: dt.date) -> list[Plan]:
    """The published plans that have ended, newest first."""
    plans = Plan.objects.filter(jurisdiction=jurisdiction, status=Plan.Status.PUBLISHED).select_related(
        "jurisdiction", "clocks"
    )
    return [plan for plan in plans.order_by("-number") if plan.end.last is not None and plan.end.last < today]


def rows_of(plan: Plan, today: dt.date) -> list[Row]:
    """Every commitment of a past plan, in a fixed number of queries."""
    commitments = Commitment.objects.filter(plan=plan, status=Commitment.Status.PUBLISHED)
    return rows_for(commitments.select_related("lead", "jurisdiction", "plan").order_by("number", "code"), plan, today)


def rows_for(commitments: Iterable[Commitment], plan: Plan, today: dt.date) -> list[Row]:
    """Where these commitments of one plan stand."""
    found = list(commitments)
    now, dates = current(plan, today), dates_of(plan)
    checks: dict[int, dict[int, Check]] = defaultdict(dict)
    proposals: dict[int, Check] = {}
    related = ("commitment__jurisdiction", "by__office", "by__organisation", "by__person", "by__jurisdiction")
    again = ("confirmed_by__office", "confirmed_by__organisation", "confirmed_by__person", "confirmed_by__jurisdiction")
    for check in Check.objects.filter(commitment__in=found).select_related(*related, *again):
        if check.confirmed_on is None and check.months == now:  # one of an older date can no longer be confirmed
            proposals[check.commitment_id] = check
        elif check.confirmed_on is not None:
            checks[check.commitment_id][check.months] = check
    handovers: dict[int, list[Handover]] = defaultdict(list)
    for handover in Handover.objects.filter(commitment__in=found).select_related("to__jurisdiction").order_by("number"):
        handovers[handover.commitment_id].append(handover)
    carers = {c.pk: handovers[c.pk][-1].to if handovers[c.pk] else c.lead for c in found}
    orphans = _orphans([carer for carer in carers.values() if carer is not None], today)
    rows = []
    for c in found:
        carer = carers[c.pk]
        # A check that was made stays in sight, also where the plan's months were others afterwards.
        when = dict(dates) | {months: add_months(plan.end.last, months) for months in checks[c.pk] if plan.end.last}
        milestones = tuple(
            _milestone(months, due, checks[c.pk].get(months), now) for months, due in sorted(when.items())
        )
        orphan = orphans.get(carer.pk, "") if carer else ""
        rows.append(Row(c, milestones, tuple(handovers[c.pk]), carer, orphan, proposals.get(c.pk)))
    return rows


def _milestone(months: int, due: dt.date, check: Check | None, now: int | None) -> Milestone:
    if check is not None:
        return Milestone(months, due, "done", check)
    state = "later" if now is None or months > now else "due" if months == now else "missed"
    return Milestone(months, due, state, None)


def _orphans(carers: Sequence[Organisation], today: dt.date) -> dict[int, str]:
    """Why an institution may no longer look after what it promised: it was dissolved, or whoever answered for it left and
    nobody followed. By primary key; nothing where no source speaks against it."""
    held, vacant = set(), set()
    roles = Role.objects.filter(organisation__in=carers, kind__in=LEADING).filter(Q(until=None) | Q(until__gte=today))
    for role in roles:
        if role.is_held_on(today):
            held.add(role.organisation_id)
        elif role.is_vacant:
            vacant.add(role.organisation_id)
    found = {}
    for carer in carers:
        if carer.dissolved:
            found[carer.pk] = _("%(name)s se extinguió.") % {"name": carer.name}
        elif carer.pk in vacant - held:
            found[carer.pk] = _("En %(name)s está vacante quien respondía por esto.") % {"name": carer.name}
    return found


@dataclass(frozen=True)
class Summary:
    """A past plan in figures: how many commitments have a check, how many wait for one, how many may be orphans."""

    plan: Plan
    rows: tuple[Row, ...]

    @property
    def checked(self) -> int:
        return sum(row.last is not None for row in self.rows)

    @property
    def alerts(self) -> int:
        return sum(row.is_alert and row.due is not None for row in self.rows)

    @property
    def orphans(self) -> int:
        return sum(bool(row.orphan) for row in self.rows)
