"""Random walks through the verbs of deciding by anybody at a table, under rules drawn at random.

``walks(rng, stage)`` takes a tree of them in a stage without rules, inside a transaction that the caller takes back, and
yields the walker at the end of each; ``broken(walker)`` says what it should never have reached. What must become of a
decision is told by ``oracle``, from rows and from what the walker remembers. ``benchmarks/decisions.py`` takes ten thousand.
"""

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tequio.meetings import actions as meetings
from tequio.meetings.models import Attendance, Capacity, Delegation
from tequio.secretariat import actions
from tequio.secretariat.deciding import Majority, Quorum, Rules, Share
from tequio.secretariat.models import Ballot, Decision, DecisionRules, Urn
from tequio.secretariat.tests import oracle
from tequio.secretariat.tests.stage import BY, SINCE, Stage
from tests.branching import branches

SEGMENTS = (8, 4, 4, 4, 4)  # sixteen walks of 24 verbs in a tree; many verbs are refused
SHARES = [Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)]
CHOICES = ("for", "against", "abstain")
VACANT = ("academia", "citizen", "gov_municipal")


def any_rules(rng: random.Random) -> Rules:
    """Rules as a forum might write them, wise or not."""

    def share() -> Share:
        return Share(rng.choice(SHARES), rng.random() < 0.5)

    def majority() -> Majority:
        return Majority(share(), rng.choice(["cast", "cast", "present"]))

    return Rules(
        Quorum(share(), rng.choice(["filled", "all"]), rng.randint(0, 4), rng.randint(0, 3), rng.randint(0, 2)),
        majority(),
        rng.choice([None, None, majority()]),
        rng.random() < 0.4,
        rng.choice(["delegation", "delegation", "never"]),
        rng.choice(["recorded", "secret"]),
        {"person": (rng.choice([None, majority()]), rng.choice(["", "secret"]))},
    )


class Walker:
    """One walk: at each step a verb, a seat and values, at random; what the verb refuses is part of the walk."""

    def __init__(self, rng: random.Random, stage: Stage) -> None:
        self.rng, self.stage = rng, stage
        rules = any_rules(rng)
        self.leaning = {key: rng.choice(["for", "for", "for", "against", "abstain"]) for key in stage.heads}
        self.cast: dict[int, list[tuple[str, str]]] = {}  # decision → side and choice of each secret vote that went in
        self.taken: list[str] = []
        self.told: list[str] = []  # the same with what came of it, to tell one way from another
        self.faults: list[str] = []
        for _n in range(rng.choice([0, 0, 1, 2])):
            sector = rng.choice(VACANT)
            meetings.add_seat(body=stage.body, name="Vacante", sector=sector, since=SINCE, by=BY)
        actions.lay_down_rules(body=stage.body, data=rules.data(), by=BY, on=SINCE)
        self.rules: dict[str, Any] = DecisionRules.objects.get(body=stage.body).data  # as everybody can read them
        held = {holder.seat_id for holder in stage.heads.values()}
        self.chairs = {
            seat.pk: oracle.Chair(
                seat.sector,
                oracle.GOVERNMENT if seat.sector.startswith("gov_") or seat.sector == "autonomous" else oracle.CIVIL,
                seat.pk in held,
            )
            for seat in stage.body.seats.all()
        }
        self.key_of = {holder.seat_id: key for key, holder in stage.heads.items()}
        self.marked = ""  # by whom and what, of the verb that is being tried
        self.now: Decision | None = None
        self.seen = True  # ``now`` is how the newest decision stands

    def here(self) -> Any:
        return (
            list(self.taken),
            list(self.told),
            {key: list(votes) for key, votes in self.cast.items()},
            list(self.faults),
            self.newest(),
        )

    def go_back(self, to: Any) -> None:
        taken, told, cast, faults, self.now = to
        self.taken, self.told, self.faults = list(taken), list(told), list(faults)
        self.cast, self.seen = {key: list(votes) for key, votes in cast.items()}, True

    def step(self) -> None:
        verb, self.marked = self.rng.choice(self.verbs()), ""
        try:
            with transaction.atomic():
                done = verb()
        except ValidationError:
            return
        if done is not None:
            self.taken.append(verb.__name__)
            self.told.append(f"{verb.__name__}:{self.marked}")
            self.seen = False

    def verbs(self) -> list[Callable[[], Any]]:
        """Mostly what the state makes possible, so that walks get somewhere."""
        now = self.newest()
        aside = [
            *(self.arrive, self.leave, self.delegate, self.declare, self.withdraw, self.vote, self.object, self.close),
            self.note,
        ]
        if now is None or not now.is_open:
            return [self.open] * 8 + aside
        if not now.is_voted:
            return [self.object, self.take_back, self.put_to_vote, self.put_to_vote, self.close, *aside]
        return [self.vote] * 26 + [self.note] * 5 + [self.close] * 2 + aside

    def newest(self) -> Decision | None:
        if not self.seen:
            rows = Decision.objects.filter(body=self.stage.body).order_by("-number")
            self.now, self.seen = rows.defer("question", "text").first(), True
        return self.now

    def someone(self) -> dict[str, Any]:
        heads, liaisons = list(self.stage.heads), [f"{key}-" for key in self.stage.liaisons]
        self.marked = self.rng.choice(heads * 3 + liaisons * 2)
        return self.stage.who(self.marked)

    def open(self) -> Any:
        matter, method = self.rng.choice(["other", "person"]), self.rng.choice(["", "", "consensus", "vote"])
        return self.stage.open(matter=matter, method=method)

    def vote(self) -> Any:
        decision = self.newest()
        if decision is None:
            return None
        voted = set(decision.ballots.values_list("seat", flat=True))
        silent = [key for key, holder in self.stage.heads.items() if holder.seat_id not in voted]
        who = self.stage.who(self.rng.choice(silent)) if silent and self.rng.random() < 0.8 else self.someone()
        seat = who["holder"].seat_id
        choice = self._choice(seat)
        self.marked = f"{self.key_of[seat]}{choice}"
        actions.cast_ballot(decision=decision, choice=choice, **who)
        self._may(who["holder"])
        if decision.is_secret:
            self.cast.setdefault(decision.pk, []).append((self.chairs[seat].side, choice))
        return True

    def _choice(self, seat: int) -> str:
        return self.leaning[self.key_of[seat]] if self.rng.random() < 0.8 else self.rng.choice([*CHOICES, "nonsense"])

    def note(self) -> Any:
        """The secretariat writes hands down; what seats cast themselves must stay as it is."""
        decision = self.newest()
        if decision is None:
            return None
        seats = self.rng.sample(sorted(self.key_of), self.rng.randint(1, 4))
        own = dict(decision.ballots.filter(how="").values_list("seat", "choice"))
        choices = {seat: self._choice(seat) for seat in seats}
        self.marked = str(choices)
        noted = actions.note_ballots(decision=decision, choices=choices, by=BY)
        if decision.is_secret:
            self.faults.append("a secret vote was noted by hand")
        if set(own) & set(choices) or own != dict(decision.ballots.filter(how="").values_list("seat", "choice")):
            self.faults.append("the secretariat touched a vote that a seat cast itself")
        for ballot in noted:
            self._may(ballot.holder)
        return True

    def _may(self, holder: Any) -> None:
        """Whoever's vote went in was there, and the head, or delegated to in the head's absence, by the rows alone."""
        there = Attendance.objects.filter(session=self.stage.session, seat=holder.seat_id, confirmed=True)
        capacities = dict(there.values_list("holder", "capacity"))
        if holder.pk not in capacities:
            self.faults.append("somebody voted who is not there")
        if holder.capacity != Capacity.HEAD:
            if Capacity.HEAD in capacities.values():
                self.faults.append("a liaison voted beside the head")
            delegated = Delegation.objects.filter(session=self.stage.session, taker=holder, withdrawn_on=None)
            if self.rules["liaison"] != "delegation" or not delegated.exists():
                self.faults.append("a liaison voted without delegation")

    def object(self) -> Any:
        decision = self.newest()
        return decision and actions.object_to(decision=decision, reason="No.", **self.someone())

    def take_back(self) -> Any:
        decision = self.newest()
        objection = decision and decision.objections.select_related("holder__seat__body__jurisdiction").first()
        who = self.rng.choice([self.someone(), {"holder": objection.holder, "by": BY}]) if objection else {}
        return objection and actions.withdraw_objection(objection=objection, **who)

    def put_to_vote(self) -> Any:
        decision = self.newest()
        return decision and actions.put_to_vote(decision=decision, by=BY)

    def declare(self) -> Any:
        decision = self.newest()
        return decision and actions.declare_conflict(decision=decision, reason="Mi prima.", **self.someone())

    def withdraw(self) -> Any:
        decision = self.newest() if self.rng.random() < 0.2 else None
        return decision and actions.withdraw_decision(decision=decision, reason="Mejor no.", by=BY)

    def arrive(self) -> Any:
        return meetings.register(
            session=self.stage.session,
            how=self.rng.choice([Attendance.How.HAND, Attendance.How.QR]),
            holder=self.someone()["holder"],
        )

    def leave(self) -> Any:
        holder = self.someone()["holder"]
        return Attendance.objects.filter(session=self.stage.session, holder=holder).delete()[0] or None

    def delegate(self) -> Any:
        key = self.rng.choice(list(self.stage.liaisons))
        own = {"giver": self.stage.heads[key], "taker": self.stage.liaisons[key]}
        return meetings.delegate(**own, session=self.stage.session, by=BY)

    def close(self) -> Any:
        decision = self.newest()
        if decision is None:
            return None
        able = self._able(decision)
        closed = actions.close_decision(decision=decision, by=BY)
        self.faults += self._faults(closed, able)
        return closed

    def _able(self, decision: Decision) -> set[int]:
        """The seats that can vote, told from the rows alone and in another way than the product does."""
        out = set(decision.conflicts.values_list("seat", flat=True))
        there = Attendance.objects.filter(session=self.stage.session, confirmed=True, seat__isnull=False)
        able = set(there.filter(capacity=Capacity.HEAD).values_list("seat", flat=True))
        if self.rules["liaison"] == "delegation":
            takers = Delegation.objects.filter(session=self.stage.session).values("taker")
            able |= set(there.filter(holder__in=takers).values_list("seat", flat=True))
        return (able | set(decision.ballots.values_list("seat", flat=True))) - out

    def _faults(self, decision: Decision, able: set[int]) -> list[str]:
        """What a closed decision must never be."""
        out = set(decision.conflicts.values_list("seat", flat=True))
        told, passed, faults = decision.outcome, decision.state == "passed", []
        quorum = oracle.has_quorum(self.rules, self.chairs, able, out)
        if passed and not quorum:
            faults.append("passed without quorum")
        if told["quorum"]["met"] != quorum:
            faults.append("told of another quorum")
        ballots = list(decision.ballots.all())
        if not decision.is_voted:
            standing = decision.objections.filter(withdrawn_on=None).exclude(seat__in=out).exists()
            if passed != (quorum and not standing):
                faults.append("a consensus that is none" if passed else "a consensus that was not heard")
            return faults
        votes = [(self.chairs[row.seat_id].side, row.choice) for row in ballots if row.seat_id not in out]
        votes = self.cast.get(decision.pk, []) if decision.is_secret else votes
        must = oracle.must_pass(self.rules, self.chairs, able, out, votes, decision.matter)
        if passed and not must:
            faults.append("passed without both majorities")
        if must and not passed and told["reason"] != "secrecy":
            faults.append("did not pass with everything it needs")
        if passed and not any(vote == (oracle.CIVIL, "for") for vote in votes):
            faults.append("passed against everybody outside government")
        if told["reason"] == "secrecy" and not decision.is_secret:
            faults.append("an open vote was kept secret")
        if decision.is_secret and any(row.choice or row.reason or row.how for row in ballots):
            faults.append("a secret vote is written down")
        if Urn.objects.filter(decision=decision).exists():
            faults.append("an urn outlives its decision")
        counted = any("for" in row for row in told["counts"])
        if decision.is_secret and counted and oracle.tells_on_somebody(votes, self.stage.body.small_group):
            faults.append("counts of a secret ballot tell on somebody")
        return faults


def walks(rng: random.Random, stage: Stage, segments: tuple[int, ...] = SEGMENTS) -> Iterator[Walker]:
    """Takes a tree of walks under one set of rules; yields the walker at the end of each."""
    walker = Walker(rng, stage)
    for _leaf in branches(walker, segments):
        yield walker


def broken(walker: Walker) -> list[str]:
    """Everything wrong that a walk reached: told at each closing, and what no row may be at the end."""
    faults = list(walker.faults)
    for row in Ballot.objects.filter(decision__ballot="secret").exclude(choice="", reason=""):
        faults.append(f"{row}: a secret vote is written down")
    return faults
