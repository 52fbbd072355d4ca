"""What waits for the committee, and for each of its members. The number of queries does not grow with the activities."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Q

from tequio.commitments.models import Activity
from tequio.monitoring import independence, reviews
from tequio.monitoring.models import Committee, Look, Motion, State, Track
from tequio.people.models import Role
from tequio.plans.models import Plan


@dataclass(frozen=True)
class Waiting:
    """An activity in the committee's hands: ``step`` says what comes next there, ``look`` and ``motion`` are the member's
    own to do, ``conflict`` why the member takes no part."""

    activity: Activity
    step: str  # begin, look, looking, reply, propose, vote, voting
    since: dt.date | None = None
    due: dt.date | None = None
    look: Look | None = None
    motion: Motion | None = None
    round: reviews.Round | None = None
    conflict: str = ""

    @property
    def is_mine(self) -> bool:
        """Whether this very member can do the next step."""
        return not self.conflict and self.step in ("begin", "look", "propose", "vote")


@dataclass
class Desk:
    """What the committee of one plan has before it, as one member sees it."""

    committee: Committee
    waiting: list[Waiting] = field(default_factory=list)
    declared: bool = True

    @property
    def mine(self) -> list[Waiting]:
        return [row for row in self.waiting if row.is_mine]

    @property
    def others(self) -> list[Waiting]:
        return [row for row in self.waiting if not row.is_mine]


# In which order the queue shows what can be done: what others wait for first.
ORDER = ("look", "vote", "propose", "begin", "looking", "voting", "reply")
IN_HAND = (State.REPORTED, State.UNDER_REVIEW, State.REOPENED)


def committees_of(role: Role) -> list[Committee]:
    """The committees that the role sits in, of published plans, newest plan first."""
    rows = Committee.objects.filter(members=role, plan__status=Plan.Status.PUBLISHED)
    return list(rows.select_related("plan__jurisdiction").order_by("-plan__number"))


def in_hand(committee: Committee) -> list[Track]:
    """The activities of the plan that wait for the committee."""
    rows = Track.objects.filter(activity__commitment__plan=committee.plan, state__in=IN_HAND, activity__withdrawn=False)
    related = ("commitment__plan__jurisdiction", "commitment__jurisdiction", "commitment__lead", "jurisdiction", "lead")
    rows = rows.filter(activity__commitment__status="published").order_by("said_on", "activity__number")
    return list(rows.select_related(*(f"activity__{path}" for path in related)))


def desk_of(role: Role, committee: Committee, today: dt.date) -> Desk:
    """The plan's queue for one member."""
    tracks = in_hand(committee)
    activities = [track.activity for track in tracks]
    rounds = reviews.current_rounds(activities, committee)
    conflicts = independence.conflicts_over([role], activities, today)
    open_motions = Motion.objects.filter(activity__in=activities, outcome=Motion.Outcome.OPEN).select_related(
        "opened_by"
    )
    motions = {motion.activity_id: motion for motion in open_motions.prefetch_related("ballots")}
    found = [
        _waiting(
            track,
            rounds.get(track.activity_id),
            motions.get(track.activity_id),
            conflicts.get(track.activity_id, {}).get(role.pk, ""),
            role,
            today,
        )
        for track in tracks
    ]
    far = dt.date.max
    found.sort(key=lambda row: (ORDER.index(row.step), row.due or far, row.since or far, row.activity.number))
    declared = role.conflict_declarations.filter(plan=committee.plan, signed_on__lte=today).exists()
    return Desk(committee, found, declared)


def _waiting(
    track: Track, found: reviews.Round | None, motion: Motion | None, conflict: str, role: Role, today: dt.date
) -> Waiting:
    own = next((look for look in found.waiting if look.role_id == role.pk), None) if found else None
    step, since, due = "propose", track.said_on, None
    if motion is not None:
        voted = any(ballot.role_id == role.pk for ballot in motion.ballots.all())
        step, since = "voting" if voted else "vote", motion.opened_on
    elif track.state != State.UNDER_REVIEW:
        step = "begin"
    elif own is not None:
        step, since, due = "look", own.assigned_on, own.due
    elif found is not None and not found.is_revealed:
        step, since = "looking", found.looks[0].assigned_on
        due = min((look.due for look in found.waiting), default=None)
    elif found is not None:
        since = found.revealed_on
        if found.is_reply_awaited(today):
            step, due = "reply", found.reply_until
    return Waiting(track.activity, step, since, due, own, motion, found, conflict)


@dataclass(frozen=True)
class Share:
    """How the work lies on one member: counts, never contents."""

    role: Role
    owed: int = 0
    late: int = 0
    done: int = 0
    passed: int = 0


def shares(committee: Committee, today: dt.date) -> list[Share]:
    """How many looks each member in office owes and has done, in the order of their roles."""
    members = [
        role
        for role in committee.members.select_related("person", "organisation", "office").order_by("number")
        if role.is_held_on(today)
    ]
    owed, done = Q(status=Look.Status.ASSIGNED), Q(status=Look.Status.DONE)
    rows = (
        Look.objects.filter(role__in=members, activity__commitment__plan=committee.plan).values("role").order_by("role")
    )
    counts = rows.annotate(
        n_owed=Count("pk", filter=owed),
        n_late=Count("pk", filter=owed & Q(due__lt=today)),
        n_done=Count("pk", filter=done),
        n_passed=Count("pk", filter=~owed & ~done),
    )
    found = {row["role"]: (row["n_owed"], row["n_late"], row["n_done"], row["n_passed"]) for row in counts}
    return [Share(role, *found.get(role.pk, ())) for role in members]
