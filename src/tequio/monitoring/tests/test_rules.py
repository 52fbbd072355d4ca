"""Who may: the institution reports, its own plan's committee decides, the secretariat may only annul."""

import pytest

from tequio.monitoring import actions
from tequio.monitoring.models import Decision
from tequio.monitoring.tests.world import BY, another_lead, document, make_world
from tequio.people.actions import grant_role
from tequio.people.models import Account, Person

pytestmark = pytest.mark.django_db
PERMISSIONS = (
    "report_progress",
    "reply_to_decision",
    "begin_review",
    "decide",
    "declare_conflict",
    "set_committee",
    "annul_decision",
)
# Rooms to work in, redacted copies, values of indicators: none of them changes a state.
ROOMS = ("work_in_committee", "review", "work_reports", "replace_evidence", "verify_value")


def account_for(role, **more):
    name = f"cuenta{role.number if role else 0}.{len(Account.objects.all())}"
    account = Account.objects.create_user(f"{name}@example.org", **more)
    account.acting_role = role
    return account


def may(account, obj):
    return {name for name in PERMISSIONS if account.has_perm(f"monitoring.{name}", obj)}


@pytest.fixture
def two(noon, db):
    return make_world(doc=document(commitments=2))


def role_of(world, kind, organisation=None, name="Alguien"):
    person = Person.objects.create(jurisdiction=world.jurisdiction, name=name)
    return grant_role(jurisdiction=world.jurisdiction, kind=kind, organisation=organisation, person=person, by=BY)


def test_the_lead_institution_reports_and_answers_on_its_own_activities_only(two):
    account = account_for(two.liaison)
    mine, theirs = two.activities[0], two.activities[-1]
    assert may(account, mine) == {"report_progress", "reply_to_decision"}
    assert may(account, theirs) == set()


@pytest.mark.parametrize("kind", ["support", "participant", "facilitator", "monitor"])
def test_other_roles_of_the_same_institution_do_not_report(two, kind):
    assert may(account_for(role_of(two, kind, two.activity.commitment.lead)), two.activity) == set()


def test_the_lead_of_another_commitment_reports_nothing_here(two):
    role = role_of(two, "lead", another_lead(two))
    assert may(account_for(role), two.activity) == set()
    assert may(account_for(role), two.activities[-1]) == {"report_progress", "reply_to_decision"}


def test_a_member_decides_in_their_own_plan_only(two):
    other = make_world("otra")
    account = account_for(two.members[0])
    assert may(account, two.activity) == {"begin_review", "decide", "declare_conflict"}
    assert may(account, other.activity) == set()


def test_a_member_of_no_committee_decides_nothing(two):
    assert may(account_for(role_of(two, "committee")), two.activity) == set()


def test_a_member_in_conflict_keeps_the_right_to_declare_and_no_other(two):
    member = two.members[0]
    actions.declare_conflict(plan=two.plan, role=member, commitments=[two.activity.commitment], by=BY)
    assert may(account_for(member), two.activity) == {"declare_conflict"}
    assert may(account_for(member), two.activities[-1]) == {"begin_review", "decide", "declare_conflict"}


def test_the_secretariat_sets_the_committee_and_annuls_but_never_decides(two):
    two.bring_to("verified")
    account = account_for(role_of(two, "secretariat"))
    decision = Decision.objects.get()
    assert may(account, decision) == {"set_committee", "annul_decision"}
    assert may(account, two.plan) == {"set_committee", "annul_decision"}
    other = make_world("otra")
    assert may(account, other.plan) == set()


def test_whoever_runs_the_installation_has_no_say(two):
    two.bring_to("verified")
    operator = account_for(None, is_staff=True)
    for obj in (two.plan, two.activity, Decision.objects.get()):
        assert may(operator, obj) == set()


def test_no_permission_sets_a_state_or_a_light():
    import rules

    names = {name for name in rules.permissions.permissions if name.startswith("monitoring.")}
    assert names == {f"monitoring.{name}" for name in (*PERMISSIONS, *ROOMS)}
