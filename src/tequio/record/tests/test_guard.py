"""The guard after each test: a public row that no act tells of fails the test that left it."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection, transaction

from tequio.record.append import SYSTEM, act_many
from tequio.record.state import plain, state_of
from tequio.record.testing import _Writes, watched_tables
from tequio.record.verify import verify_state

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
    writes = _Writes()
    Jurisdiction = apps.get_model("places", "Jurisdiction")
    with connection.execute_wrapper(writes):
        list(Jurisdiction.objects.all())
        assert writes.seen is False
        Jurisdiction.objects.filter(slug="nadie").update(name="x")
        assert writes.seen is True
    assert {"places_jurisdiction", "commitments_support", "people_person"} <= watched_tables()
    assert {"record_act", "record_leaf"} & watched_tables() == set()


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
