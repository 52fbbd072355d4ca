"""Works out where commitments stand, for one or for hundreds at the same number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import Count

from tequio.commitments.deadlines import deadline_of, manual_in_force, rule_for, schedule_state
from tequio.commitments.deadlines import holidays_of as holidays_of  # read from here by apps above, too
from tequio.commitments.models import Activity, Commitment, Evidence, Manual, Pause
from tequio.monitoring.lights import Rollup, Standing, citizen_light, institution_light, weights
from tequio.monitoring.models import Committee, Said, State, Track
from tequio.monitoring.rows import Row, Step
from tequio.plans.models import Plan

# Long texts and lists of an activity that a list of commitments does not show.
LONG = ("description", "expected_output", "means_of_verification", "indicator_words", "flags", "source_note")


def rows_for(commitments: Sequence[Commitment], today: dt.date, *, lean: bool = False) -> list[Row]:
    """The commitments, of whichever plans, with where they stand. Each needs ``lead``, ``plan`` and ``supports`` read along.

    ``lean`` leaves an activity's long texts in the database: for pages with hundreds that show none of them.
    """
    plans = {row.plan_id: row.plan for row in commitments}
    told = told_plans(plans.values(), today)
    manuals: dict[int, list[Manual]] = defaultdict(list)
    for manual in Manual.objects.filter(plan__in=plans):
        manuals[manual.plan_id].append(manual)
    in_force = {pk: manual_in_force(manuals[pk], today) for pk in plans}
    holidays = {pk: holidays_of(plan) for pk, plan in plans.items()}
    activities = Activity.objects.filter(commitment__in=commitments, withdrawn=False).select_related("track", "lead")
    if lean:
        activities = activities.defer(*LONG)
    by_commitment: dict[int, list[Activity]] = defaultdict(list)
    for activity in activities.order_by("order", "number"):
        by_commitment[activity.commitment_id].append(activity)
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for pause in Pause.objects.filter(activity__commitment__in=commitments):
        pauses[pause.activity_id].append(pause)
    shown = Evidence.objects.filter(commitment__in=commitments, personal_data=False)
    pieces = dict(shown.values_list("commitment").annotate(n=Count("pk")))
    found = []
    for row in commitments:
        own, plan, is_told = by_commitment[row.pk], plans[row.plan_id], row.plan_id in told
        for activity in own:
            activity.commitment = row
        steps = steps_of(own, plan, in_force[plan.pk], holidays[plan.pk], pauses, today, told=is_told)
        rollup = Rollup(tuple(step.standing for step in steps), plan.legend, is_told)
        found.append(Row(row, tuple(steps), rollup, pieces.get(row.pk, 0), tuple(row.supports.all())))
    return found


def told_plans(plans: Collection[Plan], today: dt.date) -> set[int]:
    """The plans (primary keys) in which an activity without a report counts as unreported.

    Not so in a plan that ended, without a committee and without a single report in what was loaded: there it is the
    sources that are silent.
    """
    open_plans = {plan.pk for plan in plans if plan.end.last is None or plan.end.last >= today}
    ended = [plan for plan in plans if plan.pk not in open_plans]
    if not ended:
        return open_plans
    with_committee = Committee.objects.filter(plan__in=ended).values_list("plan", flat=True)
    tracks = Track.objects.filter(activity__commitment__plan__in=ended)
    return (
        open_plans | set(with_committee) | set(tracks.values_list("activity__commitment__plan", flat=True).distinct())
    )


def steps_of(
    activities: list[Activity],
    plan: Plan,
    manual: Manual | None,
    holidays: set[dt.date],
    pauses: dict[int, list[Pause]],
    today: dt.date,
    *,
    told: bool = True,
) -> list[Step]:
    """The activities of one commitment with their standing."""
    shares = weights([activity.weight for activity in activities])
    steps = []
    for activity, weight in zip(activities, shares, strict=True):
        track = track_of(activity)
        state, said = (track.state, track.said) if track else (State.PENDING, "")
        deadline = deadline_of(activity, rule_for(activity, manual), holidays, pauses.get(activity.pk, ()), today)
        standing = Standing(
            state=state,
            said=said,
            institution=institution_light(said, told=told),
            citizens=citizen_light(state, deadline.due, today, plan.legend, said=said, told=told),
            weight=weight,
            schedule=schedule_of(track, deadline.due, activity.start.first, plan, today) if told else "",
            told=told,
        )
        steps.append(Step(activity, standing, deadline))
    return steps


def schedule_of(track: Track | None, due: dt.date | None, start: dt.date | None, plan: Plan, today: dt.date) -> str:
    """The schedule of an activity (standards §6.1), a key of ``schedule_state``; empty where no date is promised.

    The day that counts is the day of the report, not that of the decision: while the committee takes its time, the
    institution's clock stands still.
    """
    if due is None:
        return ""
    said_on = track.said_on if track and track.said == Said.COMPLETE else None
    if track and said_on and track.state == State.VERIFIED:
        return schedule_state(due, said_on, today, plan.due_soon_days)
    if track and said_on and track.state in (State.REPORTED, State.UNDER_REVIEW, State.REOPENED):
        return "on_time" if said_on <= due else "overdue"
    found = schedule_state(due, None, today, plan.due_soon_days)
    return "not_due" if found == "on_time" and start is not None and start > today else found


def track_of(activity: Activity) -> Track | None:
    """The activity's track, without a query where it was read along."""
    try:
        return activity.track
    except Track.DoesNotExist:
        return None
