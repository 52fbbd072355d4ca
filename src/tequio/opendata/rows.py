"""The rows of the public tables: a query for each, of one jurisdiction, and how its objects become cells.

A part is read without the rest, at a number of queries that does not grow with rows.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from tequio.commitments.models import Activity, Commitment, Evidence, Indicator, Money, Support
from tequio.monitoring import past
from tequio.monitoring.models import Decision, Look, Report
from tequio.monitoring.rows import Row, Step
from tequio.monitoring.standing import rows_for
from tequio.observations import queries as observations
from tequio.observations.models import Observation
from tequio.opendata.parts import Cells, Rows, each, known, page_url, text_cells
from tequio.people.models import Organisation
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.record.models import Act

# --- Plans -------------------------------------------------------------------------------------------------------


def public_plans(jurisdiction: Jurisdiction) -> QuerySet[Plan]:
    """The published plans of a jurisdiction."""
    return Plan.objects.filter(jurisdiction=jurisdiction, status=Plan.Status.PUBLISHED).order_by("number")


def _plan(plan: Plan, jurisdiction: Jurisdiction) -> Cells:
    return {
        "plan": plan.number,
        **text_cells("title", plan.title),
        "start": known(plan.start),
        "end": known(plan.end),
        "submitted_on": known(plan.submitted_on),
        **text_cells("summary", plan.summary),
        "url": page_url("plans:plan", jurisdiction, number=plan.number),
    }


# --- Commitments and activities, with where they stand ------------------------------------------------------------


def public_commitments(jurisdiction: Jurisdiction) -> QuerySet[Commitment]:
    """The commitments of published plans, with what their rows say."""
    rows = Commitment.objects.filter(
        jurisdiction=jurisdiction, status=Commitment.Status.PUBLISHED, plan__status=Plan.Status.PUBLISHED
    )
    supports = Prefetch("supports", Support.objects.select_related("organisation"))
    rows = rows.select_related("lead", "jurisdiction", "plan__jurisdiction").prefetch_related(supports)
    return rows.order_by("plan__number", "number", "code")


def board_rows(jurisdiction: Jurisdiction) -> list[Row]:
    """Every commitment of every published plan with where it stands today."""
    return rows_for(list(public_commitments(jurisdiction)), timezone.localdate())


def _commitments(batch: Sequence[Commitment], jurisdiction: Jurisdiction) -> Iterator[Cells]:
    for row in rows_for(batch, timezone.localdate()):
        yield commitment_cells(row, jurisdiction)


def commitment_cells(row: Row, jurisdiction: Jurisdiction) -> Cells:
    """A commitment with where it stands, today or on a past day."""
    c, shares = row.commitment, row.rollup.shares
    level = row.levels[0] if row.levels else {}
    return {
        "plan": c.plan.number,
        "code": c.code,
        "external_id": c.ogp_id or None,
        **text_cells("title", c.title),
        "branch": c.branch or None,
        "lead_institution": c.lead.name if c.lead else None,
        "supporting_institutions": "; ".join(link.organisation.name for link in row.supporters) or None,
        "start": known(c.start),
        "end": known(c.end),
        **text_cells("problem", c.problem),
        **text_cells("action", c.action),
        "ogp_values": "; ".join(value["key"] for value in c.values) or None,
        "policy_areas": "; ".join(c.policy_areas) or None,
        "sector": c.sector or None,
        "sdg_targets": "; ".join(target["code"] for target in c.sdg_targets) or None,
        "completion_low": level.get("low") or None,
        "completion_high": level.get("high") or None,
        "completion_words": level.get("words"),
        "institution_light": row.rollup.institution.colour,
        "citizen_light": row.rollup.citizens.colour,
        "share_verified": shares["verified"] if row.steps else None,
        "share_in_process": shares["in_process"] if row.steps else None,
        "share_no_progress": shares["no_progress"] if row.steps else None,
        "activities": len(row.steps),
        "activities_not_named": row.unnamed,
        "gap": row.rollup.gap,
        "road_map_version": c.roadmap_version or None,
        "url": page_url("commitments:commitment", jurisdiction, code=c.code),
    }


def rows_at(jurisdiction: Jurisdiction, day: dt.date, number: int | None = None) -> list[Row]:
    """Every commitment of every plan, or of the plan with this number, with where it stood at the end of a day."""
    plans = public_plans(jurisdiction).select_related("jurisdiction")
    if number is not None:
        plans = plans.filter(number=number)
    return [row for plan in plans for row in past.past_rows(plan, day=day)]


def public_activities(jurisdiction: Jurisdiction) -> QuerySet[Activity]:
    """The activities of the road maps in force."""
    return _published(Activity, jurisdiction).filter(withdrawn=False).order_by(*_place("order"))


def _activities(batch: Sequence[Activity], jurisdiction: Jurisdiction) -> Iterator[Cells]:
    commitments = public_commitments(jurisdiction).filter(pk__in={a.commitment_id for a in batch})
    rows = rows_for(list(commitments), timezone.localdate())
    steps = {step.activity.pk: step for row in rows for step in row.steps}
    for wanted in batch:
        yield activity_cells(steps[wanted.pk], jurisdiction)


def activity_cells(step: Step, jurisdiction: Jurisdiction) -> Cells:
    """An activity with where it stands, today or on a past day."""
    a = step.activity
    return {
        "plan": a.commitment.plan.number,
        "commitment": a.commitment.code,
        "activity": a.number,
        "order": a.order,
        **text_cells("title", a.title),
        **text_cells("expected_output", a.expected_output),
        "start": known(a.start),
        "promised": known(a.due),
        "first_promised": known(a.original_due),
        "due": known(step.deadline.due),
        "weight": known(a.weight),
        "state": step.standing.state,
        "said": step.standing.said or None,
        "institution_light": step.standing.institution.colour,
        "citizen_light": step.standing.citizens.colour,
        "schedule": step.standing.schedule or None,
        "source_status": a.source_status or None,
        "url": page_url("commitments:activity", jurisdiction, number=a.number),
    }


# --- What belongs to a commitment ---------------------------------------------------------------------------------


def _published(model: Any, jurisdiction: Jurisdiction) -> QuerySet[Any]:
    return model.objects.filter(
        commitment__jurisdiction=jurisdiction,
        commitment__status=Commitment.Status.PUBLISHED,
        commitment__plan__status=Plan.Status.PUBLISHED,
    ).select_related("commitment__plan")


def _place(*inside: str) -> tuple[str, ...]:
    return ("commitment__plan__number", "commitment__number", "commitment__code", *inside, "number")


def _indicator(i: Indicator, jurisdiction: Jurisdiction) -> Cells:
    last = max(i.values.all(), key=lambda v: (str(v.period), v.number), default=None)
    return {
        "commitment": i.commitment.code,
        "indicator": i.number,
        **text_cells("name", i.name),
        **text_cells("method", i.method),
        "unit": i.unit or None,
        "frequency": i.frequency or None,
        "direction": i.direction or None,
        "baseline": known(i.baseline_value),
        "baseline_year": i.baseline_year,
        "target": i.targets[-1].get("value") if i.targets else None,
        "target_period": i.targets[-1].get("period") if i.targets else None,
        "value": str(last.value) if last else None,
        "value_period": known(last.period) if last else None,
    }


def _money(m: Money, jurisdiction: Jurisdiction) -> Cells:
    return {
        "commitment": m.commitment.code,
        "line": m.number,
        "fiscal_year": m.fiscal_year,
        "kind": m.kind or None,
        "earmarked": known(m.earmarked),
        "released": known(m.released),
        "spent": known(m.spent),
        "currency": m.currency,
        "source": m.source or None,
        "budget_line": m.budget_line or None,
    }


def _evidence(e: Evidence, jurisdiction: Jurisdiction) -> Cells:
    return {
        "commitment": e.commitment.code,
        "evidence": e.number,
        "activity": e.activity.number if e.activity else None,
        **text_cells("title", e.title),
        "kind": e.kind or None,
        "date": known(e.date),
        "source": e.source or None,
        "author": e.author or None,
        "page": e.page or None,
        "quote": e.quote or None,
        "licence": e.licence or None,
        "address": e.url or None,
        "sha256": e.blob_id,
        "captured": e.captured.isoformat() if e.captured else None,
        "link_state": e.link_state or None,
        "link_checked": e.link_checked.isoformat() if e.link_checked else None,
        "url": page_url("commitments:evidence", jurisdiction, code=e.commitment.code, number=e.number),
    }


def public_reports(jurisdiction: Jurisdiction) -> QuerySet[Report]:
    """What institutions reported on public activities."""
    rows = Report.objects.filter(
        activity__jurisdiction=jurisdiction,
        activity__commitment__status=Commitment.Status.PUBLISHED,
        activity__commitment__plan__status=Plan.Status.PUBLISHED,
    )
    rows = rows.select_related("activity__commitment", "by__organisation").prefetch_related("evidence")
    return rows.order_by("activity__number", "number")


def _report(r: Report, jurisdiction: Jurisdiction) -> Cells:
    organisation = r.by.organisation if r.by else None
    return {
        "commitment": r.activity.commitment.code,
        "activity": r.activity.number,
        "report": r.number,
        "said": r.said,
        "cut": r.cut or None,
        "date": r.on.isoformat(),
        **text_cells("text", r.text),
        "organisation": organisation.slug if organisation else None,
        "evidence": ", ".join(str(n) for n in sorted(piece.number for piece in r.public_evidence)) or None,
        **text_cells("reply", r.reply),
        "reply_on": known(r.reply_on),
        "url": page_url("commitments:activity", jurisdiction, number=r.activity.number),
    }


def public_decisions(jurisdiction: Jurisdiction) -> QuerySet[Decision]:
    """What the committee decided on public activities."""
    rows = Decision.objects.filter(
        activity__jurisdiction=jurisdiction,
        activity__commitment__status=Commitment.Status.PUBLISHED,
        activity__commitment__plan__status=Plan.Status.PUBLISHED,
    )
    return rows.select_related("activity__commitment").order_by("activity__number", "number")


def _decision(d: Decision, jurisdiction: Jurisdiction) -> Cells:
    return {
        "commitment": d.activity.commitment.code,
        "activity": d.activity.number,
        "decision": d.number,
        "result": d.result,
        "date": d.on.isoformat(),
        "votes_for": d.votes_for,
        "votes_against": d.votes_against,
        "abstentions": d.abstentions,
        "quorum": d.quorum,
        **text_cells("reason", d.reason),
        "annulled_on": known(d.annulled_on),
    }


def public_looks(jurisdiction: Jurisdiction) -> QuerySet[Look]:
    """What members saw, each alone, from the moment on which all looks of their round were made known."""
    return (
        Look.public_rows()
        .filter(activity__jurisdiction=jurisdiction, activity__commitment__plan__status=Plan.Status.PUBLISHED)
        .select_related("activity__commitment")
        .order_by("activity__number", "number")
    )


def _look(look: Look, jurisdiction: Jurisdiction) -> Cells:
    shows = [row.get("shows") for row in look.checklist]
    return {
        "commitment": look.activity.commitment.code,
        "activity": look.activity.number,
        "report": look.report.number,
        "look": look.number,
        "round": look.round,
        "role": look.role.number,
        "result": look.result,
        **text_cells("reason", look.reason),
        "pieces": len(shows),
        "pieces_shown": shows.count("yes"),
        "pieces_partly": shows.count("partly"),
        "pieces_not_shown": shows.count("no"),
        "date": known(look.done_on),
        "url": page_url("commitments:activity", jurisdiction, number=look.activity.number),
    }


def _observation(o: Observation, jurisdiction: Jurisdiction) -> Cells:
    return {
        "observation": o.number,
        "commitment": o.commitment.code,
        "activity": o.activity.number if o.activity else None,
        "evidence": o.evidence.number if o.evidence else None,
        "date": known(o.published_on),
        "due": known(o.due),
        "shown": o.sight,
        "text": o.text if o.is_shown else None,
        "language": o.language if o.is_shown else None,
        "name": o.public_name or None,
        "seen_on": known(o.seen_on),
        "place": o.place_id,
        "photo_sha256": o.photo_id if o.shows_photo else None,
        "outcome": o.outcome or None,
        **text_cells("answer", o.answer),
        "answered_on": known(o.answered_on),
        **text_cells("comment", o.comment),
        "commented_on": known(o.commented_on),
        "moderated_on": known(o.moderated_on),
        "url": page_url("observations:observation", jurisdiction, number=o.number),
    }


# --- Institutions and the record ----------------------------------------------------------------------------------


def _organisation(o: Organisation, jurisdiction: Jurisdiction) -> Cells:
    return {
        "organisation": o.slug,
        "name": o.name,
        "acronym": o.acronym or None,
        "sector": o.sector or None,
        "branch": o.branch or None,
        "dissolved": o.dissolved,
        "replaced_by": o.replaced_by.slug if o.replaced_by else None,
        "url": page_url("people:organisation", jurisdiction, slug=o.slug),
    }


def numbered_acts(jurisdiction: Jurisdiction) -> QuerySet[Act]:
    """The acts of a jurisdiction that have their number."""
    rows = Act.objects.filter(jurisdiction=jurisdiction.slug, numbered__isnull=False).select_related("numbered")
    return rows.order_by("numbered__position")


def _act(a: Act, jurisdiction: Jurisdiction) -> Cells:
    return {
        "act": a.numbered.position,
        "kind": a.kind,
        "object": a.on,
        "revision": a.rev,
        "at": a.at.astimezone(dt.UTC).isoformat(timespec="milliseconds"),
        "leaf": a.leaf,
        "url": page_url("record:act", jurisdiction, number=a.numbered.position),
    }


PLANS = Rows(public_plans, each(_plan))
COMMITMENTS = Rows(public_commitments, _commitments)
ACTIVITIES = Rows(public_activities, _activities)
INDICATORS = Rows(
    lambda here: _published(Indicator, here).prefetch_related("values").order_by(*_place()), each(_indicator)
)
MONEY = Rows(lambda here: _published(Money, here).order_by(*_place()), each(_money))
EVIDENCE = Rows(
    lambda here: _published(Evidence, here).filter(personal_data=False).select_related("activity").order_by(*_place()),
    each(_evidence),
)
OBSERVATIONS = Rows(observations.public, each(_observation))
REPORTS = Rows(public_reports, each(_report))
LOOKS = Rows(public_looks, each(_look))
VERIFICATIONS = Rows(public_decisions, each(_decision))
ORGANISATIONS = Rows(
    lambda here: Organisation.objects.filter(jurisdiction=here).select_related("replaced_by").order_by("slug"),
    each(_organisation),
)
ACTS = Rows(numbered_acts, each(_act))
