"""What monitoring puts on the pages of commitments and activities."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from tequio.commitments.deadlines import manual_in_force, metric, required_evidence, rule_for, schedule_sentence
from tequio.commitments.models import Activity, Commitment, Manual
from tequio.common.moment import remembered
from tequio.monitoring import queries
from tequio.monitoring.lights import Light, institution_light
from tequio.monitoring.models import Decision, Look, Report, Said, State
from tequio.monitoring.next_move import next_move
from tequio.monitoring.standing import track_of
from tequio.vocabularies import terms

Filled = tuple[str, dict[str, Any]]


def _row(request: HttpRequest, commitment: Commitment) -> queries.Row:
    """The commitment's row, worked out once for a page."""
    kept: dict[int, queries.Row] = request.__dict__.setdefault("_monitoring_rows", {})
    if commitment.pk not in kept:
        kept[commitment.pk] = _row_of(commitment, timezone.localdate(), get_language())
    return kept[commitment.pk]


@remembered
def _row_of(commitment: Commitment, today: dt.date, language: str) -> queries.Row:
    """The same for the pages of all its activities, in one language."""
    return queries.row_of(commitment, today)


def commitment_lights(request: HttpRequest, commitment: Commitment) -> Filled:
    return "monitoring/parts/commitment_lights.html", {"row": _row(request, commitment)}


def commitment_next(request: HttpRequest, commitment: Commitment) -> Filled:
    row = _row(request, commitment)
    return "monitoring/parts/next.html", {"words": next_move(row.steps, commitment, timezone.localdate())}


def commitment_steps(request: HttpRequest, commitment: Commitment) -> Filled:
    return "monitoring/parts/steps.html", {"row": _row(request, commitment), "today": timezone.localdate()}


def commitment_verifications(request: HttpRequest, commitment: Commitment) -> Filled:
    decisions = (
        Decision.objects.filter(activity__commitment=commitment)
        .select_related("activity", "reply_by__office", "reply_by__organisation")
        .order_by("-on", "-pk")
    )
    return "monitoring/parts/verifications.html", {"decisions": list(decisions)}


def commitment_levels(request: HttpRequest, commitment: Commitment) -> Filled | None:
    levels = [queries.described(item) for item in commitment.assessments]
    return ("monitoring/parts/levels.html", {"levels": levels}) if levels else None


def _step(request: HttpRequest, activity: Activity) -> queries.Step | None:
    row = _row(request, activity.commitment)
    return next((step for step in row.steps if step.activity.pk == activity.pk), None)


def activity_lights(request: HttpRequest, activity: Activity) -> Filled:
    return "monitoring/parts/activity_lights.html", {"step": _step(request, activity)}


def activity_next(request: HttpRequest, activity: Activity) -> Filled | None:
    step = _step(request, activity)
    if step is None:
        return None
    return "monitoring/parts/next.html", {"words": next_move((step,), activity.commitment, timezone.localdate())}


def activity_deadline(request: HttpRequest, activity: Activity) -> Filled:
    plan = activity.commitment.plan
    rule = rule_for(activity, manual_in_force(Manual.objects.filter(plan=plan), timezone.localdate()))
    minimum, accepted = required_evidence(rule)
    step = _step(request, activity)
    return "monitoring/parts/deadline.html", {
        "step": step,
        "schedule": _schedule_words(step, plan.due_soon_days),
        "metric": metric(rule),
        "minimum": minimum,
        "accepted": ", ".join(terms.label("evidence_type", key).lower() for key in accepted),
        "plan": plan,
        "has_rule": rule is not None,
    }


def _schedule_words(step: queries.Step | None, due_soon_days: int) -> str:
    """How the schedule was worked out, in a sentence; empty where nothing is told or the committee has the word."""
    if step is None or not step.standing.told:
        return ""
    track, standing = track_of(step.activity), step.standing
    if standing.state in (State.REPORTED, State.UNDER_REVIEW, State.REOPENED) and standing.said == Said.COMPLETE:
        return ""
    done_on = track.said_on if track and standing.state == State.VERIFIED else None
    return schedule_sentence(step.deadline.due, done_on, timezone.localdate(), due_soon_days)


def activity_history(request: HttpRequest, activity: Activity) -> Filled:
    reports, decisions, rounds = _happened(activity)
    events: list[tuple[str, dt.date, Any, Light | None]] = [
        ("report", report.on, report, institution_light(report.said)) for report in reports
    ]
    events += [("reply", report.reply_on, report, None) for report in reports if report.reply_on]
    events += [("looks", on, looks, None) for on, looks in rounds]
    events += [("decision", decision.on, decision, None) for decision in decisions]
    # Newest first; on the same day looks come after the report, then the answer to them, then the decision.
    events.sort(key=lambda event: (event[1], HAPPENS.index(event[0])), reverse=True)
    return "monitoring/parts/history.html", {"events": events}


@remembered
def _happened(activity: Activity) -> tuple[list[Report], list[Decision], list[tuple[dt.date, list[Look]]]]:
    """The reports and decisions on an activity in their order, and the rounds of looks."""
    reports = Report.objects.filter(activity=activity).select_related("by__office", "by__organisation")
    reports = reports.select_related("reply_by__office", "reply_by__organisation").order_by("number")
    reports = reports.prefetch_related("evidence__commitment__jurisdiction", "evidence__unarchived")
    decisions = queries.with_names(Decision.objects.filter(activity=activity)).order_by("number")
    return list(reports), list(decisions), _rounds(activity)


HAPPENS = ("report", "looks", "reply", "decision")


def _rounds(activity: Activity) -> list[tuple[dt.date, list[Look]]]:
    """The looks that are public, by round, each with the day on which all came to be known."""
    rows = Look.objects.filter(activity=activity, revealed=True).order_by("round", "number")
    rounds: dict[int, list[Look]] = {}
    for look in rows.select_related("role__person", "role__office", "role__organisation"):
        rounds.setdefault(look.round, []).append(look)
    return [(max(look.done_on for look in looks if look.done_on), looks) for looks in rounds.values()]
