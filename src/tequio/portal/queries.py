"""Reads for the front pages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from tequio.commitments.models import Activity, Commitment
from tequio.common.i18n import best
from tequio.monitoring import lights
from tequio.monitoring.next_move import next_move
from tequio.monitoring.queries import board, published_plans, row_of
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.portal.doing import things_to_do
from tequio.record.models import Act, Checkpoint


@dataclass(frozen=True)
class Territory:
    """A jurisdiction with how much it has published."""

    jurisdiction: Jurisdiction
    plans: int
    commitments: int


def jurisdictions_with_plans() -> list[Territory]:
    """All jurisdictions with their counts, the real ones before those for practice."""
    rows = Jurisdiction.objects.annotate(
        plan_count=Count("plans", filter=Q(plans__status=Plan.Status.PUBLISHED), distinct=True),
        commitment_count=Count("commitments", filter=Q(commitments__status="published"), distinct=True),
    ).order_by("is_practice", "order", "slug")
    return [Territory(row, row.plan_count, row.commitment_count) for row in rows]


def front_page(jurisdiction: Jurisdiction) -> dict[str, Any]:
    """The plan in force with its counts, what comes next, and the latest public acts."""
    today = timezone.localdate()
    plans = published_plans(jurisdiction)
    found = board(plans[0], today) if plans else None
    moves = []
    if found:
        for row in found.rows[:6]:
            moves.append((row.commitment, next_move(row.steps, row.commitment, today), row))
    return {
        "plans": plans,
        "board": found,
        "counters": [(c, lights.CITIZENS_MANY[c], found.counts[c]) for c in lights.LIGHTS] if found else [],
        "moves": moves,
        "things": things_to_do(jurisdiction, today),
        "today": today,
        "acts": Act.objects.filter(jurisdiction=jurisdiction.slug).count(),
        "seal": Checkpoint.objects.order_by("-id").first(),
    }


def social_subject(jurisdiction: Jurisdiction, kind: str, key: str) -> dict[str, Any] | None:
    """What the picture of a page shows: title, subtitle and the two lights; None where there is no such page."""
    today = timezone.localdate()
    place = best(jurisdiction.name)[0]
    if kind == "plan" and key.isdigit():
        plan = Plan.objects.filter(jurisdiction=jurisdiction, number=key, status="published").first()
        return {"title": best(plan.title)[0], "place": place, "lights": []} if plan else None
    row = None
    if kind == "commitment":
        row = Commitment.objects.filter(jurisdiction=jurisdiction, code=key, status="published").first()
        title = best(row.title)[0] or row.ogp_id if row else ""
    elif kind == "activity" and key.isdigit():
        activity = Activity.objects.filter(
            jurisdiction=jurisdiction, number=key, commitment__status="published"
        ).first()
        title = best(activity.title)[0] if activity else ""
        row = activity.commitment if activity else None
    if row is None:
        return None
    rollup = row_of(row, today).rollup
    shown = [rollup.institution, rollup.citizens] if rollup.total else []
    return {"title": title, "place": place, "lights": [(light.colour, str(light.word)) for light in shown]}
