"""Deciding by its verbs: who may, when, and what a decision leaves behind."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tequio.meetings import actions as meetings
from tequio.record.models import Act, Disclosure
from tequio.secretariat import actions, effects, queries, standing
from tequio.secretariat.deciding import HALF, Majority, Rules, Share
from tequio.secretariat.models import Ballot, Decision, DecisionRules, Matter, Urn
from tequio.secretariat.tests.stage import BY, DAY, Stage, make_stage


def refused(action: Any, **given: Any) -> str:
    """What an action says when it refuses."""
    with pytest.raises(ValidationError) as fault:
        action(**given)
    return str(fault.value.messages[0])


def kinds(decision: Decision) -> list[str]:
    return list(Act.objects.filter(on=decision.subject_key()).order_by("rev").values_list("kind", flat=True))


def test_a_decision_first_fails_inside_civil_society_and_then_passes(stage: Stage) -> None:
    first = stage.open()
    stage.vote(first, "ffaaa", "ffff")
    first = actions.close_decision(decision=first, by=BY)
    assert (first.state, first.outcome["reason"], first.outcome["lacking"]) == ("failed", "no_majority", ["civil"])
    assert first.outcome["sentence"]["es"].startswith(
        "No pasó: dentro de sociedad civil hubo 2 votos a favor y 3 en contra: hacían falta 3 a favor."
    )
    second = stage.open("¿Se adopta el compromiso con los cambios?")
    stage.vote(second, "fffaa", "fff-")
    second = actions.close_decision(decision=second, by=BY)
    assert (second.number, second.state, second.closed_on) == (2, "passed", DAY)
    assert (kinds(first), kinds(second)) == (
        ["resolution.opened", "resolution.failed"],
        ["resolution.opened", "resolution.passed"],
    )
    row = second.outcome["table"][1]
    assert row == {
        "seat": "mesa/bodyseat/stl.2",
        "house": "civil",
        "sector": "cso",
        "filled": True,
        "head": True,
        "liaison": True,
        "delegated": False,
        "conflict": False,
        "voted": "head",
    }
    assert refused(actions.close_decision, decision=second, by=BY) == "Esta decisión ya no está abierta."
    with pytest.raises(ValidationError):
        stage.vote(second, "a")


def test_only_who_is_there_votes_and_a_liaison_only_in_the_heads_absence_with_delegation(stage: Stage) -> None:
    decision = stage.open()

    def says(key: str) -> str:
        return refused(actions.cast_ballot, decision=decision, choice="for", **stage.who(key))

    assert says("g0-").startswith("Todavía no apareces en la lista de asistencia")
    assert says("c1-").startswith("La persona titular de tu asiento está en la sesión")
    stage.leave("c1")
    assert says("c1").startswith("Todavía no apareces")
    assert "hace falta que tu titular te delegue" in says("c1-")
    meetings.delegate(giver=stage.heads["c1"], taker=stage.liaisons["c1"], session=stage.session, by=BY)
    ballot = actions.cast_ballot(decision=decision, choice="for", **stage.who("c1-"))
    assert (ballot.holder, ballot.delegation_id is not None) == (stage.liaisons["c1"], True)
    decision.rules.data = Rules(liaison="never").data()
    assert "no permiten delegar" in standing.hindrance(decision, stage.liaisons["c1"])


def test_a_recorded_vote_may_change_until_the_end_and_its_old_reason_is_erased(stage: Stage) -> None:
    decision = stage.open()
    actions.cast_ballot(decision=decision, choice="against", reason="No alcanza.", **stage.who("c0"))
    ballot = actions.cast_ballot(decision=decision, choice="for", reason="Ya alcanza.", **stage.who("c0"))
    assert Ballot.objects.get() == ballot
    assert (ballot.choice, ballot.reason, ballot.rev) == ("for", "Ya alcanza.", 3)
    assert list(Disclosure.objects.filter(on=ballot.subject_key(), erased=None).values_list("value", flat=True)) == [
        "Ya alcanza."
    ]
    actions.withdraw_words(said=ballot, basis="Derecho de cancelación", by=BY)
    assert (Ballot.objects.get().reason, Ballot.objects.get().choice) == ("", "for")


def test_a_seat_in_conflict_counts_on_no_side(stage: Stage) -> None:
    decision = stage.open()
    stage.vote(decision, "aaff", "ff")
    actions.declare_conflict(decision=decision, reason="Mi organización es la contratista.", **stage.who("c0"))
    assert "conflicto de interés" in refused(actions.cast_ballot, decision=decision, choice="for", **stage.who("c0"))
    found = actions.close_decision(decision=decision, by=BY)
    assert (found.state, found.outcome["counts"][0]["against"], found.outcome["counts"][0]["conflicted"]) == (
        "passed",
        1,
        1,
    )
    assert [row["conflict"] for row in found.outcome["table"]][:2] == [True, False]


def test_consensus_is_sought_first_and_silence_passes_only_with_a_quorum(db: None, noon: Any) -> None:
    stage = make_stage(Rules())
    decision = stage.open()
    assert (decision.method, decision.voting_since) == ("consensus", None)
    assert refused(actions.put_to_vote, decision=decision, by=BY).startswith("Nadie objeta")
    assert "consenso" in refused(actions.cast_ballot, decision=decision, choice="for", **stage.who("c0"))
    assert "consenso" in refused(stage.open, method="vote")
    objection = actions.object_to(decision=decision, reason="Falta presupuesto.", **stage.who("c2"))
    assert refused(actions.object_to, decision=decision, reason="Otra.", **stage.who("c2")).startswith(
        "Tu asiento ya objetó"
    )
    assert "mismo asiento" in refused(actions.withdraw_objection, objection=objection, **stage.who("c3"))
    actions.put_to_vote(decision=decision, by=BY)
    stage.vote(decision, "fffff", "ffff")
    assert actions.close_decision(decision=decision, by=BY).state == "passed"
    second = stage.open()
    objection = actions.object_to(decision=second, reason="Falta presupuesto.", **stage.who("c2"))
    actions.withdraw_objection(objection=objection, **stage.who("c2"))
    assert actions.close_decision(decision=second, by=BY).outcome["sentence"]["es"].startswith("Pasó por consenso")
    third = stage.open()
    stage.leave("c0", "c1", "c2", "c3", "c4")
    found = actions.close_decision(decision=third, by=BY)
    assert (found.outcome["reason"], found.outcome["lacking"]) == ("no_quorum", ["seats", "civil"])


def test_a_secret_vote_is_nowhere_beside_its_seat_and_the_urn_is_burnt(stage: Stage) -> None:
    decision = _secret(stage)
    stage.vote(decision, "ffaax", "fff")
    assert set(Ballot.objects.values_list("choice", "reason")) == {("", "")}
    assert Urn.objects.get().counts == {
        "civil": {"for": 2, "against": 2, "abstain": 1},
        "government": {"for": 3, "against": 0, "abstain": 0},
    }
    again = refused(actions.cast_ballot, decision=decision, choice="for", **stage.who("c0"))
    assert again == "Tu asiento ya votó. En una votación secreta el voto no se puede cambiar."
    assert "urna" in refused(actions.declare_conflict, decision=decision, reason="Sí.", **stage.who("c0"))
    found = actions.close_decision(decision=decision, by=BY)
    assert (found.state, found.outcome["shown"], Urn.objects.count()) == ("failed", False, 0)
    assert {"for", "against", "abstain", "needed"} & {key for row in found.outcome["counts"] for key in row} == set()


def _secret(stage: Stage) -> Decision:
    return stage.open("¿Quién facilita?", matter=Matter.PERSON)


def test_rules_change_by_a_decision_under_the_rules_that_they_replace(stage: Stage) -> None:
    body = stage.body
    assert "ya tiene reglas" in refused(actions.lay_down_rules, body=body, data=Rules().data(), by=BY)
    assert "mismas reglas" in refused(actions.propose_rules, body=body, data=stage.rules.data, why="Porque sí.", by=BY)
    stricter = Rules(majority=Majority(Share(HALF.part * 4 / 3)))
    proposed = actions.propose_rules(body=body, data=stricter.data(), why="Más acuerdo.", by=BY)
    assert "Elige sobre qué" in refused(stage.open, matter=Matter.RULES)
    decision = stage.open(about=proposed.subject_key())
    assert (decision.matter, decision.rules) == ("rules", stage.rules)
    assert "Ya hay una decisión" in refused(stage.open, about=proposed.subject_key())
    stage.vote(decision, "fffaa", "ffff")
    actions.close_decision(decision=decision, by=BY)
    states = dict(DecisionRules.objects.filter(body=body).values_list("version", "state"))
    assert states == {1: "replaced", 2: "in_force"}
    assert queries.rules_in_force(body, DAY) == proposed
    third = actions.propose_rules(body=body, data=Rules().data(), why="Como antes.", by=BY)
    again = stage.open(about=third.subject_key())
    actions.object_to(decision=again, reason="No.", **stage.who("c0"))
    actions.put_to_vote(decision=again, by=BY)
    stage.vote(again, "fffaa", "ffff")  # three fifths are less than two thirds
    assert actions.close_decision(decision=again, by=BY).state == "failed"
    third.refresh_from_db()
    assert third.state == "rejected"


def test_an_effect_happens_with_the_closing_or_nothing_does(stage: Stage, monkeypatch: Any) -> None:
    seen: list[tuple[str, str]] = []

    def passed(decision: Decision, by: Any, day: dt.date) -> None:
        seen.append((decision.about, decision.state))
        if len(seen) == 1:
            raise ValidationError("El compromiso todavía no tiene título.")

    monkeypatch.setattr(effects, "_effects", dict(effects._effects))
    effects.register(
        effects.Effect("draft", Matter.COMMITMENT, "Adoptar", passed, lambda body: [("mesa/draft/1", "Uno")])
    )
    assert "no se puede poner" in refused(stage.open, about="mesa/draft/2")
    decision = stage.open(about="mesa/draft/1")
    stage.vote(decision, "fffff", "ffff")
    assert "título" in refused(actions.close_decision, decision=decision, by=BY)
    assert (Decision.objects.get().state, kinds(decision)) == ("open", ["resolution.opened"])
    actions.close_decision(decision=decision, by=BY)
    assert seen == [("mesa/draft/1", "passed")] * 2


def test_a_decision_is_taken_in_a_session_that_is_going_on_and_withdrawn_with_a_reason(stage: Stage) -> None:
    decision = _secret(stage)
    stage.vote(decision, "f")
    assert "por qué se retira" in refused(actions.withdraw_decision, decision=decision, reason=" ", by=BY)
    found = actions.withdraw_decision(decision=decision, reason="La pregunta estaba mal.", by=BY)
    assert (found.state, Urn.objects.count()) == ("withdrawn", 0)
    assert "sí o no" in refused(stage.open, question=" ")
    late = stage.open()
    meetings.close_session(session=stage.session, by=BY)
    assert "sesión en curso" in refused(stage.open)
    assert "no está en curso" in refused(actions.cast_ballot, decision=late, choice="for", **stage.who("c0"))
    assert actions.close_decision(decision=late, by=BY).state == "failed"
