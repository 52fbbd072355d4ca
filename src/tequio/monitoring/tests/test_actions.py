"""Reporting, reviewing, deciding, answering and annulling: each with its act, none past its rules."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tequio.commitments.models import Activity, Commitment
from tequio.monitoring import actions, states
from tequio.monitoring.models import Decision, State, Track
from tequio.monitoring.tests.world import BY, REASON, days_ago, document, make_world
from tequio.people.actions import end_role, grant_role
from tequio.record.models import Act

pytestmark = pytest.mark.django_db


def state_of(activity: Activity) -> str:
    track = Track.objects.filter(activity=activity).first()
    return track.state if track else "pending"


def kinds_since(before: int) -> list[str]:
    return list(Act.objects.filter(pk__gt=before).order_by("pk").values_list("kind", flat=True))


def last_act() -> int:
    return Act.objects.order_by("-pk").values_list("pk", flat=True)[0]


def message(error: pytest.ExceptionInfo) -> str:
    return " ".join(error.value.messages)


def test_a_report_a_review_and_a_decision_light_green_and_each_stands_in_the_record(world):
    before = last_act()
    piece = world.evidence()
    world.report(evidence=[piece], words="Se publicó la plataforma.", cut="final")
    actions.begin_review(activity=world.activity, by=BY)
    world.decide("verified", evidence=[piece], minute="Minuta 4")
    assert state_of(world.activity) == "verified"
    assert kinds_since(before) == [
        "evidence.submitted",
        "progress.reported",
        "light.set",
        "review.begun",
        "look.revealed",
        "look.revealed",
        "decision.made",
        "light.set",
    ]


def test_a_report_of_not_started_is_said_and_changes_no_state(world):
    world.report(said="not_started")
    track = Track.objects.get()
    assert (track.state, track.said) == ("pending", "not_started")


def test_evidence_with_personal_data_reaches_neither_the_report_in_the_record_nor_the_decision(world):
    secret, shown = world.evidence(personal_data=True), world.evidence()
    report = world.report(evidence=[secret, shown])
    actions.begin_review(activity=world.activity, by=BY)
    decision = world.decide("verified", evidence=[secret, shown])
    assert [piece.pk for piece in report.evidence.order_by("pk")] == [secret.pk, shown.pk]
    assert report.public_state()["evidence"] == [shown.subject_key()]
    assert [piece["key"] for piece in decision.evidence] == [shown.subject_key()]


@pytest.mark.parametrize("state", ["under_review", "verified"])
def test_nobody_reports_while_the_committee_reviews_or_after_it_verified(world, state):
    world.bring_to(state)
    with pytest.raises(ValidationError) as error:
        world.report()
    assert message(error) == f"Eso no se puede hacer: la actividad está en «{State(state).label}»."


def test_what_is_not_reported_is_not_reviewed_and_what_is_not_reviewed_is_not_decided(world):
    with pytest.raises(ValidationError):
        actions.begin_review(activity=world.activity, by=BY)
    world.report()
    with pytest.raises(ValidationError):
        world.decide("verified")
    assert state_of(world.activity) == "reported"
    assert Decision.objects.count() == 0


def test_without_quorum_there_is_no_decision(world):
    world.bring_to("under_review")
    with pytest.raises(ValidationError) as error:
        world.decide("verified", votes=dict.fromkeys(world.members[:2], actions.FOR))
    assert message(error) == "Falta 1 integrante para tener quórum."
    world.decide("verified", votes=dict.fromkeys(world.members[:3], actions.FOR))
    assert state_of(world.activity) == "verified"


@pytest.mark.parametrize(
    ("votes", "passes"),
    [
        (["for", "for", "against"], True),
        (["for", "against", "abstain"], False),
        (["for", "for", "against", "abstain"], False),
        (["for", "for", "for", "against", "abstain"], True),
        (["abstain", "abstain", "abstain"], False),
    ],
)
def test_a_decision_needs_more_than_half_of_those_who_take_part(world, votes, passes):
    world.bring_to("under_review")
    given_votes = dict(zip(world.members, votes, strict=False))
    if passes:
        decision = world.decide("verified", votes=given_votes)
        assert decision.votes_for + decision.votes_against + decision.abstentions == len(votes)
    else:
        with pytest.raises(ValidationError, match="No hay mayoría"):
            world.decide("verified", votes=given_votes)
    assert state_of(world.activity) == ("verified" if passes else "under_review")


def test_a_decision_without_a_reason_cannot_be_saved(world):
    world.bring_to("under_review")
    votes = dict.fromkeys(world.members, actions.FOR)
    with pytest.raises(ValidationError) as error:
        actions.decide(activity=world.activity, result="observed", votes=votes, reason="  ", by=BY)
    assert set(error.value.message_dict) == {"reason"}


def test_green_needs_evidence_that_anybody_can_open(world):
    world.bring_to("under_review")
    for evidence in ([], [world.evidence(personal_data=True)]):
        with pytest.raises(ValidationError) as error:
            world.decide("verified", evidence=evidence)
        assert message(error) == "Para verificar falta 1 pieza de evidencia pública y admitida."
    world.decide("observed", evidence=[])
    assert state_of(world.activity) == "observed"


def test_green_needs_the_evidence_that_the_compliance_manual_asks_for(noon):
    manual = {"rules": [{"accepted": ["document"], "minimum": 2}], "in_force_from": "2025-01-01"}
    world = make_world(doc=document(manual=manual))
    world.bring_to("under_review")
    pieces = [world.evidence(kind="document"), world.evidence(kind="photo_video")]
    with pytest.raises(ValidationError) as error:
        world.decide("verified", evidence=pieces)
    assert message(error) == "Para verificar falta 1 pieza de evidencia pública y admitida."
    world.decide("verified", evidence=[*pieces, world.evidence(kind="document")])
    assert state_of(world.activity) == "verified"


def test_a_decision_keeps_the_evidence_as_it_was_seen(world):
    world.bring_to("under_review")
    piece = world.evidence(url="https://example.org/minuta")
    decision = world.decide("verified", evidence=[piece])
    assert decision.evidence == [
        {"key": piece.subject_key(), "title": {"es": "Prueba 1"}, "url": "https://example.org/minuta"}
    ]


def test_a_person_of_an_institution_with_commitments_does_not_decide(noon):
    world = make_world(doc=document(commitments=2))
    member = world.members[4]
    world.bring_to("under_review")
    other_lead = Commitment.objects.get(code="c2").lead
    grant_role(jurisdiction=world.jurisdiction, kind="support", organisation=other_lead, person=member.person, by=BY)
    with pytest.raises(ValidationError) as error:
        world.decide("verified")
    assert message(error) == "Forma parte de una institución que tiene compromisos en este plan."
    world.decide("verified", votes=dict.fromkeys(world.members[:4], actions.FOR))
    assert state_of(world.activity) == "verified"


def test_a_member_takes_no_part_in_what_they_declared_a_conflict_on(noon):
    world = make_world(doc=document(commitments=2))
    member, (first, second) = world.members[0], Commitment.objects.order_by("number")
    actions.declare_conflict(plan=world.plan, role=member, commitments=[first], by=BY)
    there = Activity.objects.filter(commitment=second).first()
    world.bring_to("under_review")
    world.bring_to("under_review", there)
    with pytest.raises(ValidationError) as error:
        world.decide("verified")
    assert message(error) == "Declaró un conflicto de interés en este compromiso."
    world.decide("verified", there)
    assert (state_of(world.activity), state_of(there)) == ("under_review", "verified")


def test_a_newer_declaration_replaces_the_older_one_from_its_day(world):
    member = world.members[0]
    actions.declare_conflict(
        plan=world.plan, role=member, organisations=[world.activity.commitment.lead], by=BY, on=days_ago(10)
    )
    actions.declare_conflict(plan=world.plan, role=member, by=BY, on=days_ago(3))
    world.bring_to("reported")
    Track.objects.get()
    actions.begin_review(activity=world.activity, by=BY)
    world.decide("verified")
    assert state_of(world.activity) == "verified"


def test_without_a_declaration_of_interests_a_member_does_not_decide(world):
    person = world.members[0].person
    end_role(role=world.members[0], until=days_ago(1), by=BY)
    fresh = grant_role(jurisdiction=world.jurisdiction, kind="committee", person=person, by=BY)
    members = [fresh, *world.members[1:]]
    actions.set_committee(plan=world.plan, members=members, reply_days=0, by=BY)
    world.bring_to("under_review")
    with pytest.raises(ValidationError) as error:
        world.decide("verified", votes=dict.fromkeys(members, actions.FOR))
    assert message(error) == "Falta su declaración de intereses."


def test_whoever_left_the_committee_does_not_decide(world):
    world.bring_to("under_review")
    end_role(role=world.members[0], until=days_ago(1), by=BY)
    world.members[0].refresh_from_db()
    with pytest.raises(ValidationError, match="en funciones ese día"):
        world.decide("verified")


def test_a_committee_of_another_plan_has_no_say(world):
    other = make_world("otra")
    world.bring_to("under_review")
    with pytest.raises(ValidationError, match="Solo deciden integrantes del Comité"):
        world.decide("verified", votes=dict.fromkeys(other.members, actions.FOR))


def test_an_institution_answers_a_decision_once_and_no_light_changes(world):
    world.bring_to("observed")
    decision = Decision.objects.get()
    actions.reply(decision=decision, words="Ya lo corregimos.", role=world.liaison, by=BY)
    with pytest.raises(ValidationError, match="una sola vez"):
        actions.reply(decision=decision, words="Otra cosa", role=world.liaison, by=BY)
    assert state_of(world.activity) == "observed"
    assert str(Decision.objects.get().reply) == "Ya lo corregimos."


@pytest.mark.parametrize("state", ["verified", "observed", "rejected", "reopened"])
def test_annulling_returns_to_review_and_keeps_the_decision_readable(world, state):
    world.bring_to(state)
    decision = Decision.objects.order_by("-number")[0]
    actions.annul_decision(decision=decision, reason="Faltó una firma.", by=BY)
    assert state_of(world.activity) == "under_review"
    kept = Decision.objects.get(pk=decision.pk)
    assert (kept.result, str(kept.reason), str(kept.annulled_reason)) == (state, REASON, "Faltó una firma.")


def test_annulling_needs_a_reason_and_happens_once(world):
    world.bring_to("verified")
    decision = Decision.objects.get()
    with pytest.raises(ValidationError) as error:
        actions.annul_decision(decision=decision, reason="", by=BY)
    assert set(error.value.message_dict) == {"reason"}
    actions.annul_decision(decision=decision, reason="Faltó una firma.", by=BY)
    with pytest.raises(ValidationError, match="ya estaba anulada"):
        actions.annul_decision(decision=decision, reason="Otra vez", by=BY)


def test_annulling_an_older_decision_leaves_the_light_of_the_newest(world):
    world.bring_to("observed")
    older = Decision.objects.get()
    world.report()
    actions.begin_review(activity=world.activity, by=BY)
    world.decide("verified")
    actions.annul_decision(decision=older, reason="Se votó sin quórum.", by=BY)
    assert state_of(world.activity) == "verified"


def test_past_facts_carry_the_day_they_happened_and_never_a_day_to_come(world):
    world.report(on=days_ago(40))
    # Members declared today, so they could not look a month ago.
    with pytest.raises(ValidationError, match="faltan 2 integrantes sin conflicto y con su declaración"):
        actions.begin_review(activity=world.activity, by=BY, on=days_ago(30))
    for member in world.members:
        actions.declare_conflict(plan=world.plan, role=member, by=BY, on=days_ago(60))
    actions.begin_review(activity=world.activity, by=BY, on=days_ago(30))
    world.look_all(on=days_ago(25))
    with pytest.raises(ValidationError, match="anterior al reporte"):
        world.decide("verified", on=days_ago(50))
    with pytest.raises(ValidationError, match="todavía no llega"):
        world.decide("verified", on=days_ago(-1))
    decision = world.decide("verified", on=days_ago(20))
    track = Track.objects.get()
    assert (decision.on, track.said_on, track.decided_on) == (days_ago(20), days_ago(40), days_ago(20))


def test_what_left_the_road_map_keeps_its_history_as_it_is(world):
    from django.db import transaction

    from tequio.record.append import act

    with transaction.atomic(), act("activity.changed", world.activity, by=BY):
        world.activity.withdrawn = True
    with pytest.raises(ValidationError, match="salió de la hoja de ruta"):
        world.report()


def test_nobody_of_an_institution_with_commitments_is_on_the_committee(world):
    bound = grant_role(
        jurisdiction=world.jurisdiction,
        kind="committee",
        organisation=world.activity.commitment.lead,
        by=BY,
    )
    with pytest.raises(ValidationError, match="Nadie de una institución con compromisos"):
        actions.set_committee(plan=world.plan, members=[*world.members, bound], by=BY)


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ({"quorum": 6}, "quorum"),
        ({"quorum": 0}, "quorum"),
        ({"majority": 49}, "majority"),
        ({"majority": 100}, "majority"),
        ({"looks": 1}, "looks"),
        ({"look_days": 0}, "look_days"),
        ({"reply_days": 61}, "reply_days"),
    ],
)
def test_the_rules_of_the_committee_can_be_met(world, rules, field):
    with pytest.raises(ValidationError) as error:
        actions.set_committee(plan=world.plan, members=world.members, by=BY, **rules)
    assert set(error.value.message_dict) == {field}


def test_a_vacant_place_on_the_committee_is_public(world):
    vacancy = grant_role(jurisdiction=world.jurisdiction, kind="committee", by=BY)
    committee = actions.set_committee(plan=world.plan, members=[*world.members, vacancy], reply_days=0, by=BY)
    assert len(committee.public_state()["members"]) == 6
    world.bring_to("under_review")
    with pytest.raises(ValidationError, match="en funciones"):
        world.decide("verified", votes=dict.fromkeys([*world.members, vacancy], actions.FOR))


STEPS = st.lists(
    st.sampled_from(["report", "begin_review", "verify", "observe", "reject", "reopen", "annul", "reply"]), max_size=14
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_people_do_green_means_a_valid_decision_of_the_committee(world, way):
    """Any walk through the actions: the state follows the table, and verified stands on a decision that counts."""
    from django.db import transaction

    with transaction.atomic():
        expected = State.PENDING
        for verb in way:
            newest = Decision.objects.filter(activity=world.activity, annulled_on=None).order_by("-number").first()
            can = states.allowed(expected, verb)
            try:
                if verb == "report":
                    world.report()
                elif verb == "begin_review":
                    actions.begin_review(activity=world.activity, by=BY)
                elif verb in ("annul", "reply"):
                    if newest is None:
                        continue
                    if verb == "reply":
                        actions.reply(decision=newest, words="Respuesta", role=world.liaison, by=BY)
                        continue
                    can = can and newest.result == expected
                    actions.annul_decision(decision=newest, reason="Se repite.", by=BY)
                else:
                    result = {v: k for k, v in states.RESULT_VERB.items()}[verb]
                    world.decide(result)
            except ValidationError:
                assert not can or verb == "reply"
                continue
            if can:
                expected = states.target(expected, verb)
            assert state_of(world.activity) == expected
            if expected == State.VERIFIED:
                valid = Decision.objects.filter(activity=world.activity, annulled_on=None).order_by("-number")[0]
                assert (valid.result, valid.votes_for >= valid.quorum, bool(valid.evidence)) == ("verified", True, True)
        transaction.set_rollback(True)
