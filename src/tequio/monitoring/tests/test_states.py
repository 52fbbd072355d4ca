"""The state machine as data: what it allows, what it never allows, whichever way one goes."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.monitoring import states
from tequio.monitoring.models import State

VERBS = sorted(states.VERBS)


def test_the_whole_table_is_the_one_of_the_standard():
    table = {(s.value, t.verb): (t.target.value, t.who) for t in states.TRANSITIONS for s in t.sources}
    assert table == {
        ("pending", "report"): ("reported", "lead"),
        ("reported", "report"): ("reported", "lead"),
        ("observed", "report"): ("reported", "lead"),
        ("rejected", "report"): ("reported", "lead"),
        ("reopened", "report"): ("reported", "lead"),
        ("reported", "begin_review"): ("under_review", "committee"),
        ("reopened", "begin_review"): ("under_review", "committee"),
        ("under_review", "verify"): ("verified", "committee"),
        ("under_review", "observe"): ("observed", "committee"),
        ("under_review", "reject"): ("rejected", "committee"),
        ("verified", "reopen"): ("reopened", "committee"),
        ("verified", "annul"): ("under_review", "overseer"),
        ("observed", "annul"): ("under_review", "overseer"),
        ("rejected", "annul"): ("under_review", "overseer"),
        ("reopened", "annul"): ("under_review", "overseer"),
    }


def test_only_a_decision_of_the_committee_leads_to_verified():
    assert [(t.verb, t.who) for t in states.TRANSITIONS if t.target == State.VERIFIED] == [("verify", "committee")]


def test_each_verb_belongs_to_one_and_leads_to_one():
    assert len(states.VERBS) == len(states.TRANSITIONS)


def test_every_state_can_be_reached_and_left():
    reached = {t.target for t in states.TRANSITIONS} | {State.PENDING}
    left = set(itertools.chain.from_iterable(t.sources for t in states.TRANSITIONS))
    assert reached == set(State)
    assert left == set(State)


@given(st.lists(st.sampled_from(VERBS), max_size=40))
def test_whichever_way_one_goes_verified_follows_a_review_and_a_decision(way):
    state, path = State.PENDING, []
    for verb in way:
        if states.allowed(state, verb):
            path.append((state, verb))
            state = states.target(state, verb)
        else:
            with pytest.raises(ValueError, match="does not lead on"):
                states.target(state, verb)
        if state == State.VERIFIED:
            assert path[-1] == (State.UNDER_REVIEW, "verify")
            assert (State.PENDING, "report") in path
            assert {verb for _s, verb in path} >= {"report", "begin_review", "verify"}


def test_a_verb_that_nobody_knows_leads_nowhere():
    assert [state for state in State if states.allowed(state, "set_green")] == []
