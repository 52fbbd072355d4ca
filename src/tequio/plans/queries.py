"""Reads about plans."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from tequio.common.dates import PartialDate
from tequio.documents.models import Blob
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan, PlanDocument, PlanInstitution
from tequio.vocabularies import terms


def public_plans(jurisdiction: Jurisdiction) -> QuerySet[Plan]:
    """The published plans, newest first, each with how many commitments it has."""
    return (
        Plan.objects.filter(jurisdiction=jurisdiction, status=Plan.Status.PUBLISHED)
        .select_related("jurisdiction")
        .annotate(commitment_count=Count("commitments", filter=Q(commitments__status="published")))
        .order_by("-number")
    )


def for_page(rows: QuerySet[Plan]) -> QuerySet[Plan]:
    """With the institutions and documents that a plan's page shows."""
    links = PlanInstitution.objects.select_related("organisation")
    documents = PlanDocument.objects.select_related("blob").order_by("number")
    return rows.prefetch_related(Prefetch("institution_links", links), Prefetch("documents", documents))


def names_publicly(blob: Blob) -> bool:
    """Whether a document of a published plan is this file."""
    return PlanDocument.objects.filter(blob=blob, withdrawn="", plan__status=Plan.Status.PUBLISHED).exists()


@dataclass(frozen=True)
class Shelf:
    """A document in force, and the earlier ones that it replaced, newest first."""

    document: PlanDocument
    earlier: list[PlanDocument]


def shelves(documents: Iterable[PlanDocument]) -> list[Shelf]:
    """A plan's documents in the order of their first publication, each once, with what it replaced."""
    known = {row.pk: row for row in documents}
    replaced = {row.replaces_id for row in known.values() if row.replaces_id}
    found = []
    for row in known.values():
        if row.pk in replaced:
            continue
        earlier, before = [], row
        while before.replaces_id in known:
            before = known[before.replaces_id]
            earlier.append(before)
        found.append(Shelf(row, earlier))
    return sorted(found, key=lambda shelf: (shelf.earlier or [shelf.document])[-1].number)


@dataclass(frozen=True)
class Phase:
    """A phase of a plan on a day: ``state`` is ``past``, ``now`` or empty; ``left_until`` the day it ends, while it runs."""

    word: str
    start: PartialDate
    end: PartialDate
    state: str
    left_until: dt.date | None = None


def phases_of(plan: Plan, today: dt.date) -> list[Phase]:
    """The phases of a plan in order. A phase without an end ends when the next one begins, the last one with the plan."""
    rows = [p for p in plan.phases if p.get("key")]
    now = plan.phase_on(today)
    keys = [row["key"] for row in rows]
    found = []
    for place, row in enumerate(rows):
        start, end = PartialDate(row.get("start") or ""), PartialDate(row.get("end") or "")
        following = PartialDate(rows[place + 1].get("start") or "") if place + 1 < len(rows) else PartialDate()
        ends = end.last or (following.first and following.first - dt.timedelta(days=1)) or plan.end.last
        state = ""
        if now:
            state = "past" if place < keys.index(now) else "now" if place == keys.index(now) else ""
        left = ends if state == "now" and ends and ends >= today else None
        found.append(Phase(terms.label("plan_phase", row["key"]), start, end, state, left))
    return found


def left_of(plan: Plan, today: dt.date) -> dt.date | None:
    """The last day of a plan that is still running; None when it has ended or nobody knows when it ends."""
    last = plan.end.last
    return last if last and last >= today and (plan.start.first is None or plan.start.first <= today) else None


def told_facts(plan: Plan) -> list[tuple[str, Any]]:
    """What the sources tell of monitoring, learning and money, under a heading each."""
    rows = [
        (_("Seguimiento"), plan.monitoring),
        (_("Aprendizaje"), plan.learning),
        (_("Recursos"), plan.funding),
    ]
    return [(words, value) for words, value in rows if value]
