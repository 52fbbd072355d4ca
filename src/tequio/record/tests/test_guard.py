"""The guard after each test: a public row that no act tells of fails the test that left it."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from tequio.record.append import SYSTEM, act_many
from tequio.record.models import Act
from tequio.record.state import plain, state_of
from tequio.record.testing import Known, Writes, beside, unlocked
from tequio.record.verify import recorded_models, verify_state
from tests.cast import cast  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.tampers]


def test_a_forgotten_act_is_a_fault_and_an_act_heals_it():
    Jurisdiction = apps.get_model("places", "Jurisdiction")
    valle = Jurisdiction(slug="valle", name="Valle", kind="state")
    with transaction.atomic():
        act_many("jurisdiction.created", [valle], by=SYSTEM)
    assert verify_state() == []
    valle.name = "Otro valle"
    valle.save()
    assert [str(fault) for fault in verify_state()] == [
        "«valle/jurisdiction/valle»: no dice lo que dice su último acto (name)"
    ]
    with transaction.atomic():
        act_many("jurisdiction.changed", [valle], by=SYSTEM)
    assert verify_state() == []


def test_writes_to_public_tables_and_their_parts_are_noticed_and_reads_are_not():
    writes, known = Writes(), Known()
    Jurisdiction = apps.get_model("places", "Jurisdiction")
    with connection.execute_wrapper(writes):
        list(Jurisdiction.objects.all())
        assert known.touched(writes) == []
        Jurisdiction.objects.filter(slug="nadie").update(name="x")
        assert known.touched(writes) == [Jurisdiction]
    tables = set().union(*beside().values())
    assert {"places_jurisdiction", "commitments_support", "people_person"} <= tables
    assert {"record_act", "record_leaf"} & tables == set()


def test_what_a_row_that_was_there_is_read_from_is_noticed_and_so_is_an_act_on_what_nobody_saved(cast):  # noqa: F811
    Commitment, Activity = (apps.get_model("commitments", name) for name in ("Commitment", "Activity"))
    known = Known()
    assert known.learn() == []
    writes = Writes()
    with connection.execute_wrapper(writes):
        Commitment.objects.filter(code="agua-1").update(code="agua-9")
    assert Activity in known.touched(writes)
    assert [str(fault) for fault in verify_state([Activity])] != []
    writes = Writes()
    with connection.execute_wrapper(writes):
        Act.objects.create(on="valle/activity/77", kind="x", rev=1, at=timezone.now(), entry=b"", leaf="")
    assert known.touched(writes) == [Activity]
    known.forget()


def test_a_change_of_an_act_makes_everything_doubtful():
    writes = Writes()
    with connection.execute_wrapper(writes), unlocked():
        Act.objects.update(kind="x")
    assert Known().touched(writes) == recorded_models()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        *((None, None), ("", None), ([], None), ({"a": ""}, None), (0, 0), (False, False), (Decimal("10.50"), "10.5")),
        *((0.1, "0.1"), (Decimal("1E+3"), "1000"), ("A\u030a", "\u00c5"), ([1, "", None, "x"], [1, "x"])),
    ],
    ids=repr,
)
def test_after_images_leave_out_what_says_nothing_and_write_numbers_as_text(value, said):
    assert plain(value) == said


def test_an_after_image_is_the_same_before_and_after_saving():
    Jurisdiction = apps.get_model("places", "Jurisdiction")
    valle = Jurisdiction(slug="valle", name="Valle", kind="state")
    before = state_of(valle, "slug", "name")
    with transaction.atomic():
        act_many("jurisdiction.created", [valle], by=SYSTEM)
    assert state_of(Jurisdiction.objects.get(), "slug", "name") == before == {"slug": "valle", "name": {"es": "Valle"}}
