"""Random walks through the verbs of monitoring by anybody: the lead, members, members in conflict, outsiders.

``walk(rng)`` takes one; ``broken(world)`` says what it should never have reached. ``benchmarks/walks.py`` takes ten
thousand of them.
"""

import random
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tequio.commitments.models import Activity, Evidence
from tequio.monitoring import actions, independence
from tequio.monitoring.models import Committee, Decision, Look, Motion, Report, Result, State, Track, Vote
from tequio.monitoring.tests.world import BY, World, days_ago, document, make_world
from tequio.people.actions import grant_role
from tequio.people.models import Organisation, Person, Role

STEPS = 14  # verbs tried in one walk; many are refused


def make_stage() -> World:
    """The world of the walks: of six members one never declared and one sells to the lead; beside them outsiders. One
    activity is untouched, one is being looked at, one was looked at and answered: walks begin at any of them."""
    world = make_world(doc=document(commitments=1, activities=3))
    silent = _role(world, "Hilda", "committee")
    bound = world.members[4]
    actions.set_committee(plan=world.plan, members=[*world.members, silent], quorum=3, look_days=1, reply_days=1, by=BY)
    lead = world.activity.commitment.lead
    actions.declare_conflict(plan=world.plan, role=bound, organisations=[lead], by=BY)
    world.members = [*world.members, silent]
    world.outsiders = [  # type: ignore[attr-defined]
        _role(world, "Inés", "committee"),
        _role(world, "Jacinto", "lead", lead),
        world.liaison,
    ]
    pieces = [world.evidence() for _n in range(2)]
    for activity in world.activities[1:]:
        world.report(activity, evidence=pieces)
        actions.begin_review(activity=activity, by=BY)
    world.look_all(world.activities[2])
    report = world.activities[2].reports.get()
    actions.reply_to_looks(report=report, words="Gracias.", role=world.liaison, by=BY)
    return world


def _role(world: World, name: str, kind: str, organisation: Organisation | None = None) -> Role:
    person = Person.objects.create(jurisdiction=world.jurisdiction, name=name)
    return grant_role(jurisdiction=world.jurisdiction, kind=kind, person=person, organisation=organisation, by=BY)


class Walker:
    """One walk: at each step a verb, a person and values, at random; what the verb refuses is part of the walk."""

    def __init__(self, rng: random.Random, world: World) -> None:
        self.rng, self.world = rng, world
        self.everybody: list[Role] = [*world.members, *world.outsiders]  # type: ignore[attr-defined]
        self.activity: Activity = rng.choice(world.activities)
        self.pieces = list(Evidence.objects.filter(commitment=self.activity.commitment).select_related("commitment"))
        self.taken: list[str] = []  # the verbs that went through, for messages of tests
        self.faults: list[str] = []
        self.seen = 0  # the newest decision that was looked at

    def take(self, steps: int) -> None:
        for _n in range(steps):
            self.step()

    def step(self) -> None:
        """Most steps try what the state makes possible, so that walks get somewhere; the others try anything at all."""
        if self.rng.random() < 0.85:
            verbs = self.usual[self._state()]
        else:
            verbs = [verb for several in self.usual.values() for verb in several] + [self.declare, self.set_committee]
        verb = self.rng.choice(verbs)
        try:
            with transaction.atomic():
                done = verb()
        except ValidationError:
            return
        if done is not None:
            self.taken.append(verb.__name__)
            self._watch()

    def _state(self) -> str:
        """The state of the activity; "looking" while somebody still owes a look."""
        state = Track.objects.filter(activity=self.activity).values_list("state", flat=True).first() or State.PENDING
        if state == State.UNDER_REVIEW:
            waiting = Look.objects.filter(activity=self.activity, status=Look.Status.ASSIGNED)
            return "looking" if waiting.exists() else state
        return state

    def _watch(self) -> None:
        """Right after a decision: nobody took part whom something stood against at that moment."""
        last = self._last_decision()
        if last is not None and last.number > self.seen:
            self.seen = last.number
            self.faults += conflicted(self.world, last)

    @property
    def usual(self) -> dict[str, list[Callable[[], Any]]]:
        votes = [self.vote, self.vote, self.vote, self.vote, self.vote, self.close_motion, self.withdraw_motion]
        ways = [self.open_motion, self.open_motion, self.decide, self.decide, self.session]
        sundry = [self.reply_to_looks, self.reply_to_looks, self.reply_to_looks, self.declare]
        aside = [self.share_again, self.look_for_another, self.pass_look, self.move_look, self.decide, self.open_motion]
        return {
            State.PENDING: [self.report],
            State.REPORTED: [self.report, self.begin_review, self.begin_review],
            "looking": [*aside, *[self.look] * 6],
            State.UNDER_REVIEW: [*votes, *ways, *ways, *sundry],
            State.VERIFIED: [self.open_motion, self.vote, self.decide, self.annul, self.reply],
            State.OBSERVED: [self.report, self.report, self.annul, self.reply],
            State.REJECTED: [self.report, self.report, self.annul, self.reply],
            State.REOPENED: [self.report, self.begin_review, self.begin_review, self.annul],
        }

    # What each can do, by whoever tries

    def someone(self) -> Role:
        return self.rng.choice(self.world.members[:4] if self.rng.random() < 0.6 else self.everybody)

    def some_votes(self) -> dict[Role, str]:
        among = self.rng.choice([self.everybody, self.world.members[:4], self.world.members[:4]])
        voters = self.rng.sample(among, self.rng.choice([2, 3, 3, 4]))
        return {role: self.rng.choice(["for", "for", "for", "against", "abstain"]) for role in voters}

    def some_pieces(self) -> list[Evidence]:
        if self.rng.random() < 0.7:
            return self.pieces
        return self.rng.sample(self.pieces, self.rng.randint(0, len(self.pieces)))

    def a_result(self) -> str:
        return self.rng.choice([State.VERIFIED, State.VERIFIED, State.OBSERVED, State.REJECTED, State.REOPENED]).value

    def a_look(self) -> Look | None:
        looks = Look.objects.filter(activity=self.activity).select_related("activity__jurisdiction", "report", "role")
        if self.rng.random() < 0.8:
            looks = looks.filter(status=Look.Status.ASSIGNED)
        found = list(looks.order_by("-number")[:3])
        return self.rng.choice(found) if found else None

    def a_motion(self) -> Motion | None:
        motions = Motion.objects.filter(activity=self.activity).select_related("opened_by")
        return motions.order_by("-number").first()

    def report(self) -> Any:
        return actions.report_progress(
            activity=self.activity,
            said=self.rng.choice(["complete", "in_process", "not_started"]),
            role=self.rng.choice([self.world.liaison] * 4 + [self.someone()]),
            evidence=self.some_pieces(),
            by=BY,
        )

    def begin_review(self) -> Any:
        return actions.begin_review(activity=self.activity, by=BY)

    def look(self) -> Any:
        look = self.a_look()
        return look and self._record(look, look.role)

    def look_for_another(self) -> Any:
        look = self.a_look()
        return look and self._record(look, self.someone())

    def _record(self, look: Look, role: Role) -> Any:
        pieces = look.report.evidence.select_related("commitment__jurisdiction")
        opened = self.rng.random() < 0.9
        checklist = {piece.subject_key(): {"opened": opened, "shows": "yes"} for piece in pieces}
        result = self.rng.choice(Result.values)
        return actions.record_look(look=look, role=role, result=result, reason="Lo vi.", checklist=checklist, by=BY)

    def pass_look(self) -> Any:
        look = self.a_look()
        return look and actions.pass_look(look=look, role=self.rng.choice([look.role, self.someone()]), by=BY)

    def move_look(self) -> Any:
        look = self.a_look()
        return look and actions.move_look(look=look, by=BY)

    def share_again(self) -> Any:
        return actions.share_again(activity=self.activity, by=BY)

    def reply_to_looks(self) -> Any:
        report = Report.objects.filter(activity=self.activity).order_by("-number").first()
        return report and actions.reply_to_looks(report=report, words="Gracias.", role=self.world.liaison, by=BY)

    def open_motion(self) -> Any:
        return actions.open_motion(
            activity=self.activity,
            role=self.someone(),
            result=self.a_result(),
            reason=self.rng.choice(["Se ve.", "Se ve.", ""]),
            evidence=self.some_pieces(),
            by=BY,
        )

    def vote(self) -> Any:
        motion, vote = self.a_motion(), self.rng.choice([Vote.FOR, Vote.FOR, *Vote.values])
        return motion and actions.cast_vote(motion=motion, role=self.someone(), vote=vote, by=BY)

    def close_motion(self) -> Any:
        motion = self.a_motion()
        return motion and actions.close_motion(motion=motion, by=BY)

    def withdraw_motion(self) -> Any:
        motion = self.a_motion()
        return motion and actions.withdraw_motion(motion=motion, role=self.someone())

    def decide(self) -> Any:
        return actions.decide(
            activity=self.activity,
            result=self.a_result(),
            votes=self.some_votes(),
            reason="Se ve.",
            evidence=self.some_pieces(),
            by=BY,
            on=self.rng.choice([None, None, days_ago(1)]),
        )

    def session(self) -> Any:
        return actions.record_session(
            activity=self.activity,
            result=self.a_result(),
            votes=self.some_votes(),
            reason="Se ve.",
            minute=self.rng.choice(["Minuta 3", ""]),
            evidence=self.some_pieces(),
            by=BY,
        )

    def declare(self) -> Any:
        lead = self.activity.commitment.lead
        return actions.declare_conflict(
            plan=self.world.plan, role=self.someone(), organisations=self.rng.choice([[], [lead]]), by=BY
        )

    def set_committee(self) -> Any:
        members = self.rng.sample(self.everybody, self.rng.randint(3, 7))
        return actions.set_committee(
            plan=self.world.plan, members=members, quorum=self.rng.randint(1, 4), reply_days=1, by=BY
        )

    def annul(self) -> Any:
        decision = self._last_decision()
        return decision and actions.annul_decision(decision=decision, reason="Faltó algo.", by=BY)

    def reply(self) -> Any:
        decision = self._last_decision()
        return decision and actions.reply(decision=decision, words="Gracias.", role=self.world.liaison, by=BY)

    def _last_decision(self) -> Decision | None:
        rows = Decision.objects.filter(activity=self.activity, annulled_on=None)
        return rows.select_related("activity__jurisdiction").order_by("-number").first()


def walk(rng: random.Random, world: World | None = None, steps: int = STEPS) -> World:
    """Takes one random walk and returns the world it led to. Give ``world`` (from ``make_stage``) to walk many times in
    the same one, each inside a transaction that is taken back; ``world.taken`` names the verbs that went
    through, ``world.faults`` who took part in a decision although something stood against it."""
    world = world or make_stage()
    walker = Walker(rng, world)
    walker.take(steps)
    world.taken, world.faults = walker.taken, walker.faults  # type: ignore[attr-defined]
    return world


def walks(rng: random.Random, world: World, shared: int = 9, forks: int = 5) -> Iterator[list[str]]:
    """Many walks at the price of few: after ``shared`` steps the way forks in two, ``forks`` times, each branch taken back
    before the next. Yields at the end of each walk, in the state it led to, the verbs that went through."""
    walker = Walker(rng, world)
    walker.take(shared)
    world.faults = walker.faults  # type: ignore[attr-defined]
    yield from _fork(walker, forks)


def _fork(walker: Walker, forks: int) -> Iterator[list[str]]:
    if not forks:
        walker.world.taken = walker.taken  # type: ignore[attr-defined]
        yield walker.taken
        return
    for _branch in range(2):
        taken, seen = list(walker.taken), walker.seen
        with transaction.atomic():
            walker.step()
            yield from _fork(walker, forks - 1)
            transaction.set_rollback(True)
        walker.taken, walker.seen = taken, seen


def broken(world: World) -> list[str]:
    """What must never be: a decision, or a "verified", that the rules do not bear. Looks at rows alone, not at actions."""
    faults = []
    states = dict(Track.objects.filter(activity__in=world.activities).values_list("activity", "state"))
    looks = list(Look.objects.filter(activity__in=world.activities).select_related("role"))
    rows = Decision.objects.filter(activity__in=world.activities).prefetch_related("members").order_by("number")
    valid: dict[int, Decision] = {}
    for decision in rows:
        faults += [f"decision {decision.number}: {words}" for words in _decision_faults(decision, looks)]
        if decision.annulled_on is None:
            valid[decision.activity_id] = decision
    for activity, state in states.items():
        if state == State.VERIFIED and (activity not in valid or valid[activity].result != State.VERIFIED):
            faults.append(f"activity {activity}: verified without a decision that says so")
    rounds: dict[tuple[int, int], list[Look]] = {}
    for look in looks:
        rounds.setdefault((look.activity_id, look.round), []).append(look)
        if not look.revealed and look.rev:
            faults.append(f"look {look.number} is public before its time")
    for together in rounds.values():
        shown = [look for look in together if look.revealed]
        if shown and (len(shown) < 2 or any(look.status == Look.Status.ASSIGNED for look in together)):
            faults.append(f"look {shown[0].number} was revealed before the others of its round")
    return faults


def _decision_faults(decision: Decision, looks: list[Look]) -> list[str]:
    faults = []
    voted = decision.votes_for + decision.votes_against + decision.abstentions
    members = list(decision.members.all())
    if len({role.person_id for role in members}) != voted or voted != len(decision.ballots):
        faults.append("votes and members differ")
    if voted < decision.quorum or decision.votes_for * 2 <= voted:
        faults.append("no quorum or no majority")
    if any(role.kind != "committee" or role.person_id is None for role in members):
        faults.append("somebody voted who is no member")
    if decision.result != State.REOPENED:
        keys = {int(key.rsplit(".", 1)[1]) for key in decision.looks}
        own = [look for look in looks if look.activity_id == decision.activity_id and look.number in keys]
        known = [look for look in own if look.revealed and look.status == Look.Status.DONE]
        if len({look.role.person_id for look in known}) < 2 or len(known) != len(keys):
            faults.append("fewer than two independent looks")
        if len({(look.round, look.report_id) for look in known}) > 1:
            faults.append("looks of several rounds")
    if decision.result == State.VERIFIED and not decision.evidence:
        faults.append("verified without evidence")
    return faults


def conflicted(world: World, last: Decision) -> list[str]:
    """Who took part in the decision although, by what they have declared until now, they may not. To be asked right after
    it: a later declaration does not undo an earlier decision."""
    faults = []
    keys = [key.rsplit(".", 1)[1] for key in last.looks]
    looks = Look.objects.filter(activity=last.activity, number__in=keys).select_related("role")
    roles = {*last.members.all(), *(look.role for look in looks)}
    for role in roles:
        words = independence.conflict_of(role, last.activity, last.on)
        if words:
            faults.append(f"{role.person}: {words}")
    known = set(Committee.objects.get(plan=world.plan).members.values_list("pk", flat=True))
    faults += [f"{role.person} is no member" for role in roles if role.pk not in known]
    return faults


__all__ = ["STEPS", "Walker", "broken", "conflicted", "make_stage", "walk", "walks"]
