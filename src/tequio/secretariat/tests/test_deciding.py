"""The rules of decision: what no rules, seats or votes can lead to. ``TEQUIO_WALKS`` sets how many are tried."""

import os
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.secretariat.deciding import (
    ABSTAIN,
    AGAINST,
    CHOICES,
    CIVIL,
    CONSENSUS,
    FOR,
    GOVERNMENT,
    HEAD,
    HOUSES,
    LIAISON,
    PRESENT,
    Ballot,
    Majority,
    Outcome,
    Presence,
    Quorum,
    Rules,
    Seat,
    Share,
    outcome,
    read,
)

TRIED = settings(max_examples=int(os.environ.get("TEQUIO_WALKS", 150)), deadline=None)

shares = st.builds(
    Share, st.sampled_from([Fraction(n, d) for d in (1, 2, 3, 4) for n in range(d)] + [Fraction(2, 3)]), st.booleans()
)
majorities = st.builds(Majority, shares | st.just(Share(Fraction(1))), st.sampled_from(["cast", "present"]))
quorums = st.builds(
    Quorum, shares, st.sampled_from(["filled", "all"]), st.integers(0, 4), st.integers(0, 3), st.integers(0, 3)
)
all_rules = st.builds(
    Rules,
    quorums,
    majorities,
    st.none() | majorities,
    liaison=st.sampled_from(["delegation", "never"]),
    matters=st.dictionaries(
        st.sampled_from(["rules", "person"]), st.tuples(st.none() | majorities, st.sampled_from(["", "secret"]))
    ),
)


@st.composite
def tables(draw: Any) -> dict[str, Any]:
    """A table with its rules, who is there, and what each cast; not all of it is in order."""
    sectors = {CIVIL: ["cso", "academia", "business"], GOVERNMENT: ["gov_executive", "gov_judicial"]}
    seats = []
    for house in HOUSES:
        for n in range(draw(st.integers(0, 7))):
            seats.append(Seat(f"{house}{n}", draw(st.sampled_from(sectors[house])), house, draw(st.booleans())))
    keys = [seat.key for seat in seats]
    ballots = st.builds(
        Ballot,
        st.sampled_from([*keys, "nobody"]),
        st.sampled_from(CHOICES),
        st.sampled_from([HEAD, LIAISON]),
        st.booleans(),
    )
    some = st.lists(st.sampled_from(keys), max_size=2) if keys else st.just([])
    return {
        "rules": draw(all_rules),
        "seats": seats,
        "presences": {key: Presence(*(draw(st.booleans()) for _n in range(3))) for key in keys if draw(st.booleans())},
        "ballots": draw(st.lists(ballots, max_size=16)),
        "matter": draw(st.sampled_from(["", "rules", "person"])),
        "conflicts": draw(some),
    }


def counted(table: dict[str, Any]) -> dict[str, Ballot]:
    """The ballots that count, told anew: the last of each seat without conflict, by whoever may vote."""
    free = {seat.key for seat in table["seats"]} - set(table["conflicts"])
    delegates = table["rules"].liaison == "delegation"
    return {
        ballot.seat: ballot
        for ballot in table["ballots"]
        if ballot.seat in free and (ballot.by == HEAD or (ballot.delegated and delegates))
    }


def votes(table: dict[str, Any], house: str) -> dict[str, int]:
    own = [b.choice for b in counted(table).values() if b.seat.startswith(house)]
    return {choice: own.count(choice) for choice in CHOICES}


@TRIED
@given(tables())
def test_nothing_passes_without_quorum_and_a_majority_inside_each_house(table: dict[str, Any]) -> None:
    found, rules = outcome(**table), table["rules"]
    able = {
        k for k, p in table["presences"].items() if p.head or (p.liaison and p.delegated and rules.liaison != "never")
    }
    able = (able - set(table["conflicts"])) | set(counted(table))
    seats = [seat for seat in table["seats"] if seat.key not in table["conflicts"]]
    if rules.quorum.seats == "filled":
        seats = [seat for seat in seats if seat.filled or seat.key in able]
    here = [seat for seat in seats if seat.key in able]
    share = rules.quorum.share
    reached = len(here) > share.part * len(seats) if share.more else len(here) >= share.part * len(seats)
    quorum = reached and here and len({seat.sector for seat in here}) >= rules.quorum.sectors
    for house, least in ((CIVIL, rules.quorum.civil), (GOVERNMENT, rules.quorum.government)):
        quorum = quorum and sum(seat.house == house for seat in here) >= max(1, least)
    majorities = [votes(table, house)[FOR] > votes(table, house)[AGAINST] for house in HOUSES]
    assert found.quorum["met"] == bool(quorum)
    assert not found.passed or (quorum and all(majorities))
    told = found.data()
    assert (told["passed"], told["reason"] == "passed", told["lacking"] == []) == (found.passed,) * 3


@TRIED
@given(tables())
def test_nothing_passes_that_nobody_outside_government_voted_for(table: dict[str, Any]) -> None:
    table["ballots"] = [
        Ballot(b.seat, AGAINST, b.by, b.delegated) if b.seat.startswith(CIVIL) else b for b in table["ballots"]
    ]
    assert not outcome(**table).passed
    table["ballots"] = [b for b in table["ballots"] if not b.seat.startswith(CIVIL)]
    assert not outcome(**table).passed
    silent = {
        **table,
        "ballots": [],
        "presences": {k: p for k, p in table["presences"].items() if not k.startswith(CIVIL)},
    }
    assert not outcome(**silent, method=CONSENSUS).passed


@TRIED
@given(tables(), st.data())
def test_what_may_not_count_changes_nothing(table: dict[str, Any], data: Any) -> None:
    found, kept = outcome(**table), counted(table)
    strays = [ballot for ballot in table["ballots"] if ballot not in kept.values()]
    again = data.draw(st.permutations(list(kept.values())))
    assert outcome(**{**table, "ballots": [*strays, *again]}) == found
    assert outcome(**{**table, "seats": table["seats"][::-1]}) == found


@TRIED
@given(tables())
def test_a_vote_that_turns_in_favour_never_undoes_a_passing(table: dict[str, Any]) -> None:
    before = outcome(**table).passed
    for n, ballot in enumerate(table["ballots"]):
        turned = Ballot(ballot.seat, FOR, ballot.by, ballot.delegated)
        after = outcome(**{**table, "ballots": [*table["ballots"][:n], turned, *table["ballots"][n + 1 :]]})
        assert after.passed or not before


@TRIED
@given(tables())
def test_a_secret_ballot_has_the_result_of_an_open_one_or_is_not_opened_and_never_tells_on_anybody(
    table: dict[str, Any],
) -> None:
    open_ = outcome(**table)
    hidden = [Ballot(b.seat, "", b.by, b.delegated) for b in table["ballots"]]
    secret = outcome(**{**table, "ballots": hidden}, urn={house: votes(table, house) for house in HOUSES})
    assert secret.reason == "secrecy" or (secret.passed, secret.reason, secret.lacking) == (
        *(open_.passed, open_.reason),
        open_.lacking,
    )
    told = secret.data()
    for row in told["counts"]:
        own = votes(table, row["house"]) if row["house"] in HOUSES else None
        assert secret.shown or not {"for", "against", "abstain", "needed"} & set(row)
        assert (
            own is None
            or not secret.shown
            or not row["voted"]
            or (row["voted"] >= 5 and row["voted"] not in own.values())
        )
    # Whatever is told without counts would have been told of another way to vote too, for each who voted.
    for house in HOUSES if told["counts"] and not secret.shown else ():
        voted = sum(votes(table, house).values())
        for own in (FOR, AGAINST) if voted else ():
            assert any(told == other for other in _others(table, hidden, house, own)), (house, own)


def _splits(n: int) -> list[dict[str, int]]:
    return [{FOR: f, AGAINST: a, ABSTAIN: n - f - a} for f in range(n + 1) for a in range(n + 1 - f)]


def _others(table: dict[str, Any], hidden: list[Ballot], house: str, own: str) -> Iterator[dict[str, Any]]:
    """What would be told if somebody of the house had voted ``own`` and everybody else in any way."""
    urn = {name: votes(table, name) for name in HOUSES}
    other = CIVIL if house == GOVERNMENT else GOVERNMENT
    for here in _splits(sum(urn[house].values()) - 1):
        for there in [urn[other], *_splits(sum(urn[other].values()))]:
            filled = {house: {choice: here[choice] + (choice == own) for choice in CHOICES}, other: there}
            yield outcome(**{**table, "ballots": hidden}, urn=filled).data()


@TRIED
@given(tables(), st.booleans())
def test_a_silent_consensus_needs_a_quorum_and_an_objection_stops_it(table: dict[str, Any], objects: bool) -> None:
    free = [seat.key for seat in table["seats"] if seat.key not in table["conflicts"]]
    objections = free[:1] if objects else []
    found = outcome(**{**table, "ballots": []}, method=CONSENSUS, objections=[*objections, *table["conflicts"]])
    assert found.passed == (found.quorum["met"] and not objections)


@TRIED
@given(all_rules)
def test_rules_are_read_as_they_were_written(rules: Rules) -> None:
    try:
        again = read(rules.data())
    except ValueError:
        shares = [rules.quorum.share, rules.majority.share, *([rules.whole.share] if rules.whole else [])]
        shares += [majority.share for majority, _ballot in rules.matters.values() if majority]
        assert any(share.more and share.part == 1 for share in shares)
        return
    kept = {key: own for key, own in rules.matters.items() if own != (None, "")}
    assert {**again.data(), "matters": 0} == {**rules.data(), "matters": 0}
    assert {key: own for key, own in again.matters.items() if own != (None, "")} == kept


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"quorum": {}, "majority": {"share": "1/2"}},
        {**Rules().data(), "majority": {"share": "3/2"}},
        {**Rules().data(), "majority": {"share": "1/0"}},
        {**Rules().data(), "ballot": "loud"},
        {**Rules().data(), "matters": {"rules": {"ballot": "loud"}}},
    ],
)
def test_what_is_no_rules_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"rules|share|none of"):
        read(data)


SEATS = [
    *(Seat(f"c{n}", sector, CIVIL) for n, sector in enumerate(["cso", "cso", "academia", "business", "cso"])),
    *(Seat(f"g{n}", sector, GOVERNMENT) for n, sector in enumerate(["gov_executive", "gov_judicial", "autonomous"])),
]
THERE = {seat.key: Presence(head=True) for seat in SEATS}


def voted(civil: str, government: str, **more: Any) -> Outcome:
    """Votes as letters: f, a, x."""
    said = {"f": FOR, "a": AGAINST, "x": ABSTAIN}
    ballots = [
        Ballot(f"{side}{n}", said[one])
        for side, all_ in (("c", civil), ("g", government))
        for n, one in enumerate(all_)
    ]
    return outcome(more.pop("rules", Rules()), SEATS, THERE, ballots, **more)


def test_the_sentence_says_which_side_did_not_want_it() -> None:
    assert voted("ffaaa", "fff").data()["sentence"] == {
        "es": "No pasó: dentro de sociedad civil hubo 2 votos a favor y 3 en contra: hacían falta 3 a favor. Dentro de "
        "gobierno hubo 3 votos a favor y ninguno en contra: sí hubo mayoría. Para pasar hace falta mayoría en los dos lados.",
        "en": "It did not pass: inside civil society there were 2 votes in favour and 3 against: 3 in favour were needed. "
        "Inside government there were 3 votes in favour and none against: a majority. To pass it needs a majority on both "
        "sides.",
    }
    assert voted("fffxa", "f").data()["sentence"]["es"] == (
        "Pasó: dentro de sociedad civil hubo 3 votos a favor, 1 en contra y 1 en abstención, y dentro de gobierno hubo 1 voto"
        " a favor y ninguno en contra. Había quórum: podían votar 8 de 8 asientos, de 6 sectores."
    )


def test_a_tie_does_not_pass_and_abstentions_neither_help_nor_hinder() -> None:
    assert [voted(*way).passed for way in (("ffaa", "ff"), ("fxxxx", "fxx"), ("fffff", ""), ("fffff", "fa"))] == [
        *(False, True, False, False)
    ]
    present = Rules(majority=Majority(of=PRESENT))
    assert [voted(*way, rules=present).passed for way in (("fxxxx", "fxx"), ("fffxx", "ffx"))] == [False, True]


def test_a_matter_may_ask_for_more() -> None:
    two_thirds = Rules(matters={"rules": (Majority(Share(Fraction(2, 3))), "")})
    assert [voted("fffaa", "ffa", rules=two_thirds, matter=matter).lacking for matter in ("", "rules")] == [
        (),
        (CIVIL,),
    ]


def test_a_liaison_votes_with_delegation_only_and_a_seat_in_conflict_does_not() -> None:
    def by(delegated: bool, **more: Any) -> tuple[str, tuple[str, ...]]:
        ballots = [Ballot("c0", FOR, LIAISON, delegated), Ballot("g0", FOR)]
        found = outcome(Rules(), SEATS, THERE, ballots, **more)
        return found.reason, found.lacking

    assert (by(True), by(False)) == (("passed", ()), ("no_majority", (CIVIL,)))
    assert by(True, conflicts=["c0"]) == ("no_majority", (CIVIL,))
    assert by(True, conflicts=["c0", "c1", "c2", "c3", "c4"]) == ("no_quorum", (CIVIL,))


def test_small_secret_ballots_say_what_was_decided_and_no_more() -> None:
    everybody = [Ballot(seat.key) for seat in SEATS]
    passed = outcome(
        Rules(), SEATS, THERE, everybody, urn={CIVIL: {FOR: 3, AGAINST: 2}, GOVERNMENT: {FOR: 2, ABSTAIN: 1}}
    )
    assert (passed.passed, passed.shown) == (True, False)
    assert passed.data()["counts"][0] == {
        "house": "civil",
        "seats": 5,
        "present": 5,
        "conflicted": 0,
        "voted": 5,
        "reached": True,
    }
    two = outcome(Rules(), SEATS, THERE, everybody[:7], urn={CIVIL: {FOR: 5}, GOVERNMENT: {FOR: 2}})
    assert (two.passed, two.reason, two.lacking) == (False, "secrecy", (GOVERNMENT,))
