"""Blind looks, the institution's answer, motions and ballots: what each needs, and what nobody gets to see too early."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from tequio.monitoring import actions, reviews, work
from tequio.monitoring.models import Look, Motion, Report, Track
from tequio.monitoring.tests.world import BY, REASON, document, make_world
from tequio.people.actions import grant_role
from tequio.record.models import Act

pytestmark = pytest.mark.django_db


def begun(world, activity=None):
    world.report(activity)
    activity = activity or world.activity
    actions.begin_review(activity=activity, by=BY)
    return list(Look.objects.filter(activity=activity, status="assigned").order_by("number"))


def motion_on(world, result="verified", role=None):
    evidence = [world.evidence()] if result == "verified" else []
    return actions.open_motion(
        activity=world.activity, role=role or world.members[0], result=result, reason=REASON, evidence=evidence, by=BY
    )


def test_looks_are_shared_out_in_turn_so_that_nobody_carries_more(noon):
    world = make_world(doc=document(activities=5))
    for activity in world.activities:
        begun(world, activity)
    assert [share.owed for share in work.shares(world.committee, dt.date(2026, 3, 16))] == [2, 2, 2, 2, 2]


def test_a_look_is_private_until_all_of_its_round_are_done_and_then_all_are_public_at_once(world):
    first, second = begun(world)
    world.look(first, "fulfils")
    before = Look.objects.get(pk=first.pk)
    assert (before.rev, before.is_public(), Look.public_rows().count()) == (0, False, 0)
    assert Act.objects.filter(on__contains="/look/").count() == 0
    with pytest.raises(ValidationError, match="Falta 1 mirada independiente"):
        world.decide("verified", look=False)
    world.look(first, "partly")  # still alone with it: may be corrected
    world.look(second, "does_not")
    acts = Act.objects.filter(kind="look.revealed")
    assert sorted(acts.values_list("on", flat=True)) == ["prueba/look/1.1", "prueba/look/1.2"]
    assert sorted(Look.public_rows().values_list("result", flat=True)) == ["does_not", "partly"]
    with pytest.raises(ValidationError, match="ya no se cambian"):
        world.look(first)


def test_nobody_does_anothers_look_nor_says_that_it_fulfils_unopened_evidence(world):
    piece = world.evidence()
    world.report(evidence=[piece])
    actions.begin_review(activity=world.activity, by=BY)
    look = Look.objects.order_by("number")[0]
    given = {"look": look, "result": "fulfils", "reason": REASON, "by": BY}
    with pytest.raises(ValidationError, match="le toca a otra persona"):
        actions.record_look(role=world.members[4], **given)
    with pytest.raises(ValidationError, match="Di de cada pieza"):
        actions.record_look(role=look.role, **given)
    with pytest.raises(ValidationError, match="hay que abrir cada pieza"):
        actions.record_look(role=look.role, checklist={piece.subject_key(): {"shows": "yes"}}, **given)
    assert Look.objects.filter(status="done").count() == 0


def test_a_look_goes_on_to_the_next_member_by_wish_by_lateness_and_by_conflict(world):
    first, second = begun(world)
    passed = actions.pass_look(look=first, role=first.role, by=BY)
    assert passed.role == world.members[2]
    with pytest.raises(ValidationError, match="todavía está en tiempo"):
        actions.move_look(look=second, by=BY)
    actions.declare_conflict(plan=world.plan, role=second.role, commitments=[world.activity.commitment], by=BY)
    assert Look.objects.get(pk=second.pk).status == "moved"
    with time_machine.travel(dt.datetime(2026, 4, 20, 18, tzinfo=dt.UTC), tick=False):
        assert actions.move_late_looks(BY) == 1  # the other waits: nobody is left to take it
    assert Look.objects.filter(status="assigned").count() == 2


def test_whoever_reported_does_not_look_at_it(world):
    member = world.members[0]
    other = grant_role(jurisdiction=world.jurisdiction, kind="support", person=member.person, by=BY)
    actions.report_progress(activity=world.activity, said="complete", role=other, by=BY)
    actions.begin_review(activity=world.activity, by=BY)
    assert member.pk not in set(Look.objects.values_list("role", flat=True))
    world.look_all()
    with pytest.raises(ValidationError, match="la reportó esa persona o su institución"):
        world.decide("observed")


def test_the_institution_answers_the_looks_once_and_the_committee_waits_for_it(world):
    actions.set_committee(plan=world.plan, members=world.members, quorum=3, by=BY)
    begun(world)
    with pytest.raises(ValidationError, match="todavía no se dan a conocer"):
        actions.reply_to_looks(report=Report.objects.get(), words="Hola", role=world.liaison, by=BY)
    world.look_all()
    with pytest.raises(ValidationError, match="hasta el 23 de marzo de 2026"):
        world.decide("verified")
    with time_machine.travel(dt.datetime(2026, 3, 24, 18, tzinfo=dt.UTC), tick=False):
        assert reviews.hindrance(reviews.current_round(world.activity), dt.date(2026, 3, 24)) == ""
    actions.reply_to_looks(report=Report.objects.get(), words="Gracias.", role=world.liaison, by=BY)
    with pytest.raises(ValidationError, match="una sola vez"):
        actions.reply_to_looks(report=Report.objects.get(), words="Otra", role=world.liaison, by=BY)
    decision = world.decide("verified")
    assert decision.looks == ["prueba/look/1.1", "prueba/look/1.2"]


def test_a_look_of_somebody_who_may_no_longer_decide_does_not_count_and_a_new_round_mends_it(world):
    begun(world)
    world.look_all()
    gone = Look.objects.order_by("number")[0].role
    actions.declare_conflict(plan=world.plan, role=gone, commitments=[world.activity.commitment], by=BY)
    free = [role for role in world.members if role != gone]
    with pytest.raises(ValidationError, match="hay que repartir de nuevo"):
        world.decide("verified", votes=dict.fromkeys(free, "for"))
    actions.share_again(activity=world.activity, by=BY)
    assert world.decide("verified", votes=dict.fromkeys(free, "for")).looks == ["prueba/look/1.3", "prueba/look/1.4"]


def test_each_member_votes_and_the_last_vote_decides(world):
    begun(world)
    with pytest.raises(ValidationError, match="Faltan 2 miradas"):
        motion_on(world)
    world.look_all()
    motion = motion_on(world)
    with pytest.raises(ValidationError, match="Ya hay una propuesta"):
        motion_on(world, role=world.members[1])
    for role, vote in zip(world.members[1:], ["against", "for", "abstain", "for"], strict=True):
        assert Motion.objects.get().is_open
        motion = actions.cast_vote(motion=motion, role=role, vote=vote, by=BY)
    decision = motion.decision
    assert (motion.outcome, Track.objects.get().state) == ("decided", "verified")
    assert [row["vote"] for row in decision.ballots] == ["for", "against", "for", "abstain", "for"]


def test_a_motion_closes_early_with_quorum_and_majority_and_stays_on_file_without_one(world):
    begun(world)
    world.look_all()
    motion = motion_on(world, "observed")
    with pytest.raises(ValidationError, match="no hay quórum"):
        actions.close_motion(motion=motion, by=BY)
    for role in world.members[1:3]:
        actions.cast_vote(motion=motion, role=role, vote="against", by=BY)
    with pytest.raises(ValidationError, match="falta quien vote"):
        actions.close_motion(motion=motion, by=BY)
    actions.cast_vote(motion=motion, role=world.members[3], vote="against", by=BY)
    closed = actions.close_motion(motion=motion, by=BY)
    assert (closed.outcome, closed.decision, Track.objects.get().state) == ("no_majority", None, "under_review")
    again = motion_on(world, "observed", role=world.members[1])
    for role in world.members[2:4]:
        actions.cast_vote(motion=again, role=role, vote="for", by=BY)
    assert actions.close_motion(motion=again, by=BY).decision.result == "observed"


def test_a_session_needs_its_minute(world):
    begun(world)
    world.look_all()
    given = {"activity": world.activity, "result": "observed", "reason": REASON, "by": BY}
    votes = dict.fromkeys(world.members[:3], "for")
    with pytest.raises(ValidationError, match="minuta"):
        actions.record_session(votes=votes, minute=" ", **given)
    assert actions.record_session(votes=votes, minute="Minuta 4", **given).minute == "Minuta 4"


def test_the_queue_costs_the_same_for_one_and_for_three(noon, django_assert_num_queries):
    world = make_world(doc=document(activities=4))
    begun(world, world.activities[0])
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    today = dt.date(2026, 3, 16)
    with CaptureQueriesContext(connection) as one:
        work.desk_of(world.members[0], world.committee, today)
    for activity in world.activities[1:]:
        begun(world, activity)
    with django_assert_num_queries(len(one)):
        desk = work.desk_of(world.members[0], world.committee, today)
    assert len(desk.waiting) == 4
