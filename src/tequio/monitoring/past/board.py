"""A plan's board as it was, worked out by the same rules as today's."""

from collections import defaultdict

from tequio.commitments.deadlines import manual_in_force
from tequio.commitments.models import Activity, Pause
from tequio.monitoring.lights import Rollup
from tequio.monitoring.past import rebuild
from tequio.monitoring.past.images import Images, images_at
from tequio.monitoring.past.moment import Moment, moment_of
from tequio.monitoring.queries import Board, arranged
from tequio.monitoring.rows import Row
from tequio.monitoring.standing import holidays_of, steps_of
from tequio.plans.models import Plan


def past_board(plan: Plan, moment: Moment, filters: dict[str, str] | None = None) -> Board:
    """The board of a plan at a moment, with the filters of its address applied. No commitments where the plan was not
    public; ``board.plan`` is the plan as it was."""
    then, rows = _plan_and_rows(plan, moment)
    return arranged(then, rows, filters)


def past_rows(plan: Plan, moment: Moment | None = None, day: object = None) -> list[Row]:
    """The plan's commitments with where they stood."""
    return _plan_and_rows(plan, moment or moment_of(plan, day))[1]  # type: ignore[arg-type]


def is_told(plan: Plan, images: Images, moment: Moment) -> bool:
    """Whether an activity without a report counted as unreported; the rule of ``standing.told_plans``. Of days before the
    record, only where a committee or a report is known: that nothing was loaded proves no silence."""
    if images.of("committee") or images.of("track"):
        return True
    is_open = plan.end.last is None or plan.end.last >= moment.day
    return is_open and moment.on_record


def _plan_and_rows(live: Plan, moment: Moment) -> tuple[Plan, list[Row]]:
    images = images_at(live, moment)
    told_plan = next(iter(images.of("plan").values()), None)
    if told_plan is None:
        return live, []
    place, plan = live.jurisdiction, rebuild.plan_as(told_plan, live)
    if not moment.on_record and plan.start.first and moment.day < plan.start.first:
        return plan, []  # what was loaded later promises nothing of days before the plan
    plan_key = live.subject_key()
    organisations = {key: rebuild.organisation(state, place) for key, state in images.of("organisation").items()}
    manuals = [rebuild.manual(state, plan) for state in images.of("manual").values()]
    in_force, holidays = manual_in_force(manuals, moment.day), holidays_of(plan)
    told, tracks = is_told(plan, images, moment), images.of("track")
    pauses: dict[int, list[Pause]] = defaultdict(list)
    for key, state in images.of("pause").items():
        number = int(key.split("/", 2)[2].split(".")[0])
        pauses[number].append(rebuild.pause(state, number))
    shown = {key: state for key, state in images.of("commitment").items() if state["plan"] == plan_key}
    commitments = {
        key: rebuild.commitment(state, pk, plan, organisations) for pk, (key, state) in enumerate(shown.items(), 1)
    }
    if not moment.on_record:
        for commitment in commitments.values():
            commitment.assessments = []  # reports conclude afterwards, and do not tell when
    own: dict[str, list[Activity]] = defaultdict(list)
    for key, state in images.of("activity").items():
        if state["commitment"] in commitments and not state["withdrawn"]:
            track = tracks.get(key.replace("/activity/", "/track/"))
            own[state["commitment"]].append(
                rebuild.activity(state, commitments[state["commitment"]], organisations, track)
            )
    rows = []
    for key, commitment in sorted(commitments.items(), key=lambda pair: (pair[1].number, pair[1].code)):
        activities = sorted(own[key], key=lambda row: (row.order, row.number))
        steps = tuple(steps_of(activities, plan, in_force, holidays, pauses, moment.day, told=told))
        rollup = Rollup(tuple(step.standing for step in steps), plan.legend, told)
        supporters = rebuild.supports(shown[key], commitment, organisations)
        rows.append(Row(commitment, steps, rollup, images.evidence.get(key, 0), supporters))
    return plan, rows
