"""Random walks through the verbs of deciding by anybody at a table, under rules drawn at random.

``walk(rng, stage)`` takes one in a stage without rules, inside a transaction that the caller takes back; ``broken(walker)``
says what it should never have reached. ``benchmarks/decisions.py`` takes ten thousand of them.
"""

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tequio.meetings import actions as meetings
from tequio.meetings.models import Attendance, Capacity, Delegation
from tequio.secretariat import actions
from tequio.secretariat.deciding import CHOICES, HOUSES, Majority, Quorum, Rules, Share
from tequio.secretariat.models import Ballot, Decision, Urn
from tequio.secretariat.tests.stage import BY, SINCE, Stage

STEPS = 24  # verbs tried in one walk; many are refused
SHARES = [Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)]


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
        self.rules = any_rules(rng)
        self.leaning = {key: rng.choice(["for", "for", "for", "against", "abstain"]) for key in stage.heads}
        self.cast: dict[int, list[tuple[str, str]]] = {}  # decision → house and choice of each secret vote that went in
        self.taken: list[str] = []
        self.faults: list[str] = []
        actions.lay_down_rules(body=stage.body, data=self.rules.data(), by=BY, on=SINCE)

    def take(self, steps: int = STEPS) -> None:
        for _n in range(steps):
            verb = self.rng.choice(self.verbs())
            try:
                with transaction.atomic():
                    done = verb()
            except ValidationError:
                continue
            if done is not None:
                self.taken.append(verb.__name__)

    def verbs(self) -> list[Callable[[], Any]]:
        """Mostly what the state makes possible, so that walks get somewhere."""
        now = self.newest()
        aside = [
            self.arrive,
            self.leave,
            self.delegate,
            self.declare,
            self.withdraw,
            self.vote,
            self.object,
            self.close,
        ]
        if now is None or not now.is_open:
            return [self.open] * 8 + aside
        if not now.is_voted:
            return [self.object, self.take_back, self.put_to_vote, self.put_to_vote, self.close, *aside]
        return [self.vote] * 30 + [self.close] * 2 + aside

    def newest(self) -> Decision | None:
        return Decision.objects.filter(body=self.stage.body).order_by("-number").first()

    def someone(self) -> dict[str, Any]:
        heads, liaisons = list(self.stage.heads), [f"{key}-" for key in self.stage.liaisons]
        return self.stage.who(self.rng.choice(heads * 3 + liaisons * 2))

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
        key = (
            f"c{who['holder'].seat.number - 1}"
            if who["holder"].seat.number < 6
            else f"g{who['holder'].seat.number - 6}"
        )
        choice = self.leaning[key] if self.rng.random() < 0.8 else self.rng.choice([*CHOICES, "nonsense"])
        actions.cast_ballot(decision=decision, choice=choice, **who)
        if decision.is_secret:
            self.cast.setdefault(decision.pk, []).append((_house(who["holder"].seat), choice))
        return True

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
        return (
            Attendance.objects.filter(session=self.stage.session, holder=self.someone()["holder"]).delete()[0] or None
        )

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
        if self.rules.liaison == "delegation":
            takers = Delegation.objects.filter(session=self.stage.session).values("taker")
            able |= set(there.filter(holder__in=takers).values_list("seat", flat=True))
        return (able | set(decision.ballots.values_list("seat", flat=True))) - out

    def _faults(self, decision: Decision, able: set[int]) -> list[str]:
        """What a closed decision must never be."""
        out = set(decision.conflicts.values_list("seat", flat=True))
        seats = {seat.pk: seat for seat in self.stage.body.seats.all()}
        here = [seat for pk, seat in seats.items() if pk in able]
        quorum, free = self.rules.quorum, len(seats) - len(out)
        enough = len(here) > quorum.share.part * free if quorum.share.more else len(here) >= quorum.share.part * free
        least = {"civil": max(1, quorum.civil), "government": max(1, quorum.government)}
        houses = {house: sum(_house(seat) == house for seat in here) for house in HOUSES}
        enough = enough and all(houses[house] >= least[house] for house in HOUSES)
        enough = enough and len({seat.sector for seat in here}) >= quorum.sectors
        faults = [] if decision.state == "failed" or enough else ["passed without quorum"]
        if decision.outcome["quorum"]["met"] != enough:
            faults.append("told of another quorum")
        votes = self.cast.get(decision.pk, [])
        ballots = list(decision.ballots.select_related("seat", "holder"))
        if decision.is_voted and not decision.is_secret:
            votes = [(_house(row.seat), row.choice) for row in ballots if row.seat_id not in out]
        if decision.state == "passed" and decision.is_voted:
            for house in HOUSES:
                own = [choice for side, choice in votes if side == house]
                if own.count("for") <= own.count("against"):
                    faults.append(f"passed against {house}")
        standing = decision.objections.filter(withdrawn_on=None).exclude(seat__in=out)
        if decision.state == "passed" and not decision.is_voted and standing.exists():
            faults.append("passed by consensus against an objection")
        if any(row.holder.capacity != Capacity.HEAD and row.delegation_id is None for row in ballots):
            faults.append("a liaison voted without delegation")
        if decision.is_secret and any(row.choice or row.reason for row in ballots):
            faults.append("a secret vote is written down")
        if Urn.objects.filter(decision=decision).exists():
            faults.append("an urn outlives its decision")
        if (
            decision.is_secret
            and not decision.outcome["shown"]
            and any("for" in row for row in decision.outcome["counts"])
        ):
            faults.append("counts of a small secret ballot are told")
        return faults


def _house(seat: Any) -> str:
    return "government" if seat.is_government else "civil"


def walk(rng: random.Random, stage: Stage, steps: int = STEPS) -> Walker:
    """Takes one random walk."""
    walker = Walker(rng, stage)
    walker.take(steps)
    return walker


def broken(walker: Walker) -> list[str]:
    """Everything wrong that a walk reached: told at each closing, and what no row may be at the end."""
    faults = list(walker.faults)
    for row in Ballot.objects.filter(decision__ballot="secret").exclude(choice="", reason=""):
        faults.append(f"{row}: a secret vote is written down")
    return faults
