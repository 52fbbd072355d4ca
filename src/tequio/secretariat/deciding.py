"""The rules by which a table decides, as data, and what follows from a vote by them. Nothing here knows Django.

Seats sit in two houses: government, and everybody else ("civil society" for short). Whatever a forum writes into its
rules, four things hold: a majority is more than half, inside each house; at least one seat of each house must be able to
vote; nothing passes that no seat outside government voted for; and a secret ballot whose result would tell how
somebody voted is not counted.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

CIVIL, GOVERNMENT = "civil", "government"
HOUSES = (CIVIL, GOVERNMENT)
FOR, AGAINST, ABSTAIN = CHOICES = ("for", "against", "abstain")
HEAD, LIAISON = "head", "liaison"
CONSENSUS, VOTE = "consensus", "vote"
RECORDED, SECRET = "recorded", "secret"
CAST, PRESENT = "cast", "present"
FILLED, ALL = "filled", "all"
DELEGATION, NEVER = "delegation", "never"
FEW = 5  # of a secret ballot in which fewer seats of a house voted, no counts are told

Data = dict[str, Any]
Urn = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Share:
    """Part of a whole that must be reached: ``more`` than it, or at least it."""

    part: Fraction
    more: bool = False

    def needed(self, whole: int) -> int:
        """The least count, one at least, that reaches it."""
        exact = self.part * whole
        return max(1, math.floor(exact) + 1 if self.more else math.ceil(exact))

    def data(self) -> Data:
        return {"share": f"{self.part.numerator}/{self.part.denominator}", "more": self.more}


HALF = Share(Fraction(1, 2), more=True)


@dataclass(frozen=True)
class Majority:
    """Votes in favour among those ``cast`` (abstentions aside) or among the seats ``present`` that could vote."""

    share: Share = HALF
    of: str = CAST

    def needed(self, base: int) -> int:
        """How many must vote in favour: never fewer than more than half."""
        return max(self.share.needed(base), HALF.needed(base))

    def data(self) -> Data:
        return {**self.share.data(), "of": self.of}


@dataclass(frozen=True)
class Quorum:
    """How many seats must be able to vote (of those ``filled`` or of ``all``), of how many sectors, and in each house."""

    share: Share = HALF
    seats: str = FILLED
    sectors: int = 2
    civil: int = 1
    government: int = 1

    def least(self, house: str) -> int:
        """The seats of a house that must be able to vote: one at least, whatever the rules say."""
        return max(1, self.civil if house == CIVIL else self.government)

    def data(self) -> Data:
        counts = {"seats": self.seats, "sectors": self.sectors, "civil": self.civil, "government": self.government}
        return {**self.share.data(), **counts}


@dataclass(frozen=True)
class Rules:
    """What a table decides by. ``matters`` names, for some matters, another majority or another kind of ballot."""

    quorum: Quorum = Quorum()
    majority: Majority = Majority()
    whole: Majority | None = None
    consensus_first: bool = True
    liaison: str = DELEGATION
    ballot: str = RECORDED
    matters: Mapping[str, tuple[Majority | None, str]] = field(default_factory=dict)

    def majority_for(self, matter: str) -> Majority:
        """The majority inside each house that a matter asks for."""
        return self.matters.get(matter, (None, ""))[0] or self.majority

    def ballot_for(self, matter: str) -> str:
        """Whether a matter is voted by recorded or by secret ballot."""
        return self.matters.get(matter, (None, ""))[1] or self.ballot

    def data(self) -> Data:
        """The rules in the shape that is stored and published."""
        found: Data = {
            "quorum": self.quorum.data(),
            "majority": self.majority.data(),
            "consensus_first": self.consensus_first,
            "liaison": self.liaison,
            "ballot": self.ballot,
        }
        if self.whole:
            found["whole"] = self.whole.data()
        matters = {
            key: {**({"majority": majority.data()} if majority else {}), **({"ballot": ballot} if ballot else {})}
            for key, (majority, ballot) in self.matters.items()
        }
        return {**found, **({"matters": matters} if matters else {})}


def _share(data: Data) -> Share:
    return Share(Fraction(data["share"]), bool(data.get("more")))


def _one_of(value: Any, allowed: Collection[str]) -> str:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {sorted(allowed)}")
    return str(value)


def _majority(data: Data) -> Majority:
    return Majority(_share(data), _one_of(data.get("of", CAST), (CAST, PRESENT)))


def read(data: Data) -> Rules:
    """The rules that ``data`` (see ``Rules.data``) says; ``ValueError`` where it is not in that shape."""
    try:
        quorum, whole = data["quorum"], data.get("whole")
        rules = Rules(
            Quorum(
                _share(quorum),
                _one_of(quorum.get("seats", FILLED), (FILLED, ALL)),
                *(int(quorum.get(name, least)) for name, least in (("sectors", 2), (CIVIL, 1), (GOVERNMENT, 1))),
            ),
            _majority(data["majority"]),
            _majority(whole) if whole else None,
            bool(data.get("consensus_first", True)),
            _one_of(data.get("liaison", DELEGATION), (DELEGATION, NEVER)),
            _one_of(data.get("ballot", RECORDED), (RECORDED, SECRET)),
            {
                key: (
                    _majority(own["majority"]) if own.get("majority") else None,
                    _one_of(own.get("ballot", ""), ("", RECORDED, SECRET)),
                )
                for key, own in data.get("matters", {}).items()
            },
        )
    except (KeyError, TypeError, AttributeError, ZeroDivisionError) as error:
        raise ValueError(f"not rules of decision: {error!r}") from error
    shares = [rules.quorum.share, rules.majority.share, *(own.share for own in (rules.whole,) if own)]
    shares += [majority.share for majority, _ballot in rules.matters.values() if majority]
    if any(not 0 <= share.part <= 1 or (share.more and share.part == 1) for share in shares):
        raise ValueError("a share lies between nothing and all, and nothing is more than all")
    return rules


@dataclass(frozen=True)
class Seat:
    """A seat with a vote: one seat, one vote. Not ``filled``: nobody holds it."""

    key: str
    sector: str
    house: str
    filled: bool = True


@dataclass(frozen=True)
class Presence:
    """Who of a seat is in the session, and whether its liaison may vote in the head's place."""

    head: bool = False
    liaison: bool = False
    delegated: bool = False

    def votes(self, rules: Rules) -> bool:
        """Whether somebody is there who may vote: the head, or a liaison to whom the head delegated."""
        return self.head or (self.liaison and self.delegated and rules.liaison == DELEGATION)


@dataclass(frozen=True)
class Ballot:
    """A seat's vote and who cast it: its head, or anybody else of the seat with ``delegated``. In a secret ballot
    ``choice`` is empty: what was chosen lies in the urn."""

    seat: str
    choice: str = ""
    by: str = HEAD
    delegated: bool = False

    def is_valid(self, rules: Rules) -> bool:
        """Cast by the head, or by a liaison or alternate with delegation."""
        return Presence(self.by == HEAD, self.by != HEAD, self.delegated).votes(rules)


@dataclass(frozen=True)
class Count:
    """How one house, or the whole table, voted. ``present`` seats could vote, ``voted`` did."""

    house: str
    seats: int
    present: int
    conflicted: int
    voted: int
    for_: int
    against: int
    abstain: int
    needed: int
    reached: bool
    hides: bool  # whether "reached" and "voted" alone tell nobody how any seat voted

    def data(self, shown: bool) -> Data:
        """What may be told of it: without counts unless ``shown``."""
        told: Data = {
            "house": self.house,
            "seats": self.seats,
            "present": self.present,
            "conflicted": self.conflicted,
            "voted": self.voted,
            "reached": self.reached,
        }
        counts = {"for": self.for_, "against": self.against, "abstain": self.abstain, "needed": self.needed}
        return {**told, **(counts if shown else {})}


@dataclass(frozen=True)
class Outcome:
    """What the rules say of a decision. ``reason`` is ``passed``, ``no_quorum``, ``objected``, ``secrecy`` or
    ``no_majority``; ``lacking`` says of what: ``seats``, ``sectors``, ``civil``, ``government``, ``whole``."""

    passed: bool
    reason: str
    lacking: tuple[str, ...]
    method: str
    ballot: str
    quorum: Data
    counts: tuple[Count, ...] = ()
    objections: int = 0
    few: int = FEW

    @property
    def shown(self) -> bool:
        """Whether counts may be told: always of recorded votes; of secret ones where each house that voted did so with
        ``few`` seats or more and none of one mind, so that no count tells how somebody voted."""
        if self.ballot != SECRET:
            return True
        houses = [count for count in self.counts if count.house in HOUSES and count.voted]
        large = all(c.voted >= self.few and max(c.for_, c.against, c.abstain) < c.voted for c in houses)
        return large and self.reason != "secrecy"

    def data(self) -> Data:
        """Everything of it that is public, with the sentence that explains it in both languages."""
        from tequio.secretariat.sentences import explain

        counted = self.reason != "secrecy"  # else not even whether a majority was reached
        counts = [count.data(self.shown) for count in self.counts]
        told: Data = {
            "passed": self.passed,
            "reason": self.reason,
            "lacking": list(self.lacking),
            "method": self.method,
            "ballot": self.ballot,
            "shown": self.shown,
            "quorum": self.quorum,
            "objections": self.objections,
            "counts": [{key: row[key] for key in row if counted or key != "reached"} for row in counts],
        }
        return {**told, "sentence": explain(told)}


def _votes(seats: Sequence[Seat], ballots: Iterable[Ballot], urn: Urn | None) -> Mapping[str, Mapping[str, int]]:
    """How often each choice was made in each house."""
    if urn is not None:
        return urn
    house = {seat.key: seat.house for seat in seats}
    found = {name: dict.fromkeys(CHOICES, 0) for name in HOUSES}
    for ballot in ballots:
        found[house[ballot.seat]][ballot.choice] += 1
    return found


def _count(house: str, here: Sequence[Seat], excluded: Collection[str], able: Collection[str], voted: int,
           votes: Mapping[str, int], majority: Majority) -> Count:  # fmt: skip
    present = sum(seat.key in able for seat in here)
    yes, no, abstained = (votes.get(choice, 0) for choice in CHOICES)
    needed = majority.needed(present if majority.of == PRESENT else yes + no)
    reached = yes >= needed
    # With all ballots cast one way or the other, one against must still be able to pass; or passing be impossible.
    asked = majority.needed(present if majority.of == PRESENT else voted)
    hides = not voted or asked < voted or (majority.of == PRESENT and asked > voted)
    conflicted = sum(seat.key in excluded for seat in here)
    return Count(house, len(here), present, conflicted, voted, yes, no, abstained, needed, reached, hides)


def quorum_of(rules: Rules, seats: Sequence[Seat], able: Collection[str], excluded: Collection[str]) -> Data:
    """How many seats can vote (``able``), against how many must: those with a conflict count on neither side."""
    free = [seat for seat in seats if seat.key not in excluded]
    counted = [seat for seat in free if seat.filled or rules.quorum.seats == ALL or seat.key in able]
    here = [seat for seat in free if seat.key in able]
    sectors = len({seat.sector for seat in here})
    houses = {house: sum(seat.house == house for seat in here) for house in HOUSES}
    needed = rules.quorum.share.needed(len(counted))
    lacking = ["seats"] if len(here) < needed else []
    lacking += ["sectors"] if sectors < rules.quorum.sectors else []
    lacking += [house for house in HOUSES if houses[house] < rules.quorum.least(house)]
    return {
        "present": len(here),
        "needed": needed,
        "seats": len(counted),
        "met": not lacking,
        "lacking": lacking,
        "sectors": sectors,
        "sectors_needed": rules.quorum.sectors,
        **{name: {"present": houses[name], "needed": rules.quorum.least(name)} for name in HOUSES},
    }


def outcome(
    rules: Rules,
    seats: Sequence[Seat],
    presences: Mapping[str, Presence],
    ballots: Sequence[Ballot] = (),
    *,
    method: str = VOTE,
    matter: str = "",
    conflicts: Collection[str] = (),
    objections: Collection[str] = (),
    urn: Urn | None = None,
    few: int = FEW,
) -> Outcome:
    """What becomes of a decision.

    ``conflicts`` and ``objections`` are keys of seats. A ballot counts where its seat exists and has no conflict and a
    head, or a liaison with delegation, cast it; the last one of each seat. With ``urn`` the ballot is secret:
    ``ballots`` say who voted (the urn has exactly their choices, by house). Whoever voted was there.
    """
    known = {seat.key for seat in seats}
    excluded = known & set(conflicts)
    cast = {ballot.seat: ballot for ballot in ballots if ballot.seat in known - excluded and ballot.is_valid(rules)}
    able = {key for key in known - excluded if presences.get(key, Presence()).votes(rules)} | set(cast)
    quorum = quorum_of(rules, seats, able, excluded)
    ballot = SECRET if urn is not None else RECORDED
    base = Outcome(False, "no_quorum", tuple(quorum["lacking"]), method, ballot, quorum, few=max(few, FEW))
    if method == CONSENSUS:
        against = len(set(objections) & (known - excluded))
        if not quorum["met"] or against:
            return replace(base, objections=against, reason="objected" if quorum["met"] else "no_quorum")
        return replace(base, passed=True, reason="passed", lacking=())
    majority, votes = rules.majority_for(matter), _votes(seats, cast.values(), urn)
    counts = []
    for house in HOUSES:
        here = [seat for seat in seats if seat.house == house]
        voted = sum(seat.key in cast for seat in here)
        counts.append(_count(house, here, excluded, able, voted, votes.get(house, {}), majority))
    if rules.whole:
        together = {choice: sum(votes.get(house, {}).get(choice, 0) for house in HOUSES) for choice in CHOICES}
        counts.append(_count("whole", seats, excluded, able, len(cast), together, rules.whole))
    found = replace(base, counts=tuple(counts))
    if not quorum["met"]:
        return replace(found, counts=()) if urn is not None else found
    if urn is not None and not all(count.hides for count in counts):
        return replace(found, reason="secrecy", lacking=tuple(c.house for c in counts if not c.hides))
    lacking = tuple(count.house for count in counts if not count.reached)
    if lacking:
        return replace(found, reason="no_majority", lacking=lacking)
    return replace(found, passed=True, reason="passed", lacking=())
