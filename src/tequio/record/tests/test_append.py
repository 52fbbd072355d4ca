import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from tequio.record.append import SYSTEM, Actor, act, act_many, erase
from tequio.record.core.merkle import leaf_hash
from tequio.record.models import Act, Checkpoint, Disclosure, Leaf
from tequio.record.publish import publish
from tequio.record.sequence import sequence
from tequio.record.tests.sample import Thing
from tequio.record.verify import verify, verify_state

pytestmark = pytest.mark.django_db

ANA = Actor(organisation="instituto", role="liaison", office="Enlace operativo")


def a_thing(number: int = 1, **values: object) -> Thing:
    thing = Thing(number=number, **{"title": f"Cosa {number}", **values})
    with transaction.atomic(), act("thing.published", thing, by=ANA):
        pass
    return thing


def said(row: Act) -> dict:
    return json.loads(bytes(row.entry))


def test_an_act_tells_who_did_what_when_why_and_how_the_object_stands_after_it():
    thing = Thing(number=1, title="Cosa")
    with (
        transaction.atomic(),
        act("thing.published", thing, by=ANA, why="Lo pidió la mesa", basis="Acta 3", done=dt.date(2026, 1, 9)),
    ):
        thing.title = "Cosa nueva"
    row = Act.objects.get()
    entry = said(row)
    assert entry.pop("at").endswith("Z")
    assert entry == {
        "v": 1,
        "kind": "thing.published",
        "on": "valle/thing/1",
        "rev": 1,
        "by": {"org": "instituto", "role": "liaison", "office": "Enlace operativo"},
        "state": {"number": 1, "title": "Cosa nueva", "amount": "10.5", "open": True, "named": False},
        "why": "Lo pidió la mesa",
        "basis": "Acta 3",
        "done": "2026-01-09",
    }
    assert (row.jurisdiction, row.leaf) == ("valle", leaf_hash(bytes(row.entry)).hex())
    thing.refresh_from_db()
    assert (thing.title, thing.rev, thing.tip) == ("Cosa nueva", 1, row.leaf)


def test_each_object_is_a_chain_of_its_acts():
    thing = a_thing()
    with transaction.atomic(), act("thing.changed", thing, by=ANA):
        thing.title = "Otra"
    first, second = Act.objects.order_by("id")
    assert said(second)["prev"] == first.leaf
    assert (second.rev, thing.tip) == (2, second.leaf)


def test_an_act_costs_one_statement_more_than_the_change(django_assert_num_queries):
    thing = a_thing()
    with transaction.atomic(), django_assert_num_queries(2), act("thing.changed", thing, by=ANA):
        thing.title = "Otra"
    new = Thing(number=2, title="Nueva")
    with transaction.atomic(), django_assert_num_queries(2), act("thing.published", new, by=ANA):
        pass


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_there_is_no_act():
    with pytest.raises(RuntimeError), act("thing.published", Thing(number=1, title="x"), by=ANA):
        pass
    with pytest.raises(RuntimeError):
        act_many("thing.published", [Thing(number=1, title="x")], by=ANA)
    assert (Act.objects.count(), Thing.objects.count()) == (0, 0)


def test_an_unregistered_kind_is_refused():
    with pytest.raises(LookupError), act("thing.invented", Thing(number=1, title="x"), by=ANA):
        pass


def test_what_never_was_public_has_no_acts():
    with (
        pytest.raises(RuntimeError, match="private"),
        act("thing.published", Thing(number=1, title="x", open=False), by=ANA),
    ):
        pass
    assert Act.objects.count() == 0


def test_an_object_that_leaves_public_sight_leaves_an_act_without_state():
    thing = a_thing(title="Con un dato de más")
    with transaction.atomic(), act("thing.changed", thing, by=ANA, why="Tenía datos personales"):
        thing.open = False
    assert "state" not in said(Act.objects.get(rev=2))
    assert verify_state([Thing]) == []


def test_two_changes_of_the_same_revision_collide_and_the_second_says_so():
    a_thing()
    mine, yours = Thing.objects.get(), Thing.objects.get()
    with transaction.atomic(), act("thing.changed", mine, by=ANA):
        mine.title = "Mía"
    with pytest.raises(ValidationError) as caught, transaction.atomic(), act("thing.changed", yours, by=ANA):
        yours.title = "Tuya"
    assert caught.value.code == "changed"
    assert (yours.rev, Thing.objects.get().title, Act.objects.count()) == (1, "Mía", 2)


def test_a_form_made_from_an_older_revision_is_refused():
    thing = a_thing()
    with pytest.raises(ValidationError), transaction.atomic(), act("thing.changed", thing, by=ANA, seen=0):
        pass


def test_two_new_objects_with_one_name_collide():
    a_thing()
    same = Thing(number=1, title="La misma")
    with pytest.raises(ValidationError) as caught, transaction.atomic(), act("thing.published", same, by=ANA):
        pass
    assert caught.value.code == "changed"


def test_a_block_that_fails_writes_nothing():
    thing = a_thing()
    with pytest.raises(ZeroDivisionError), transaction.atomic(), act("thing.changed", thing, by=ANA):
        thing.title = str(1 / 0)
    assert (Act.objects.count(), thing.rev) == (1, 1)


def test_an_act_that_is_too_long_says_what_to_shorten():
    long = Thing(number=1, title="á" * 33_000)
    with pytest.raises(ValidationError) as caught, transaction.atomic(), act("thing.published", long, by=ANA):
        pass
    assert "«título»" in caught.value.messages[0]
    assert Act.objects.count() == 0


def test_many_objects_get_their_acts_in_few_statements(django_assert_max_num_queries):
    new = [Thing(number=n, title=f"Cosa {n}", named=True, holder=f"Persona {n}") for n in range(1, 201)]
    with transaction.atomic(), django_assert_max_num_queries(12):
        act_many("thing.published", new, by=SYSTEM)
    for thing in new:
        thing.title += " bis"
    with transaction.atomic(), django_assert_max_num_queries(8):
        act_many("thing.changed", new, by=SYSTEM)
    assert Act.objects.count() == 400
    assert Disclosure.objects.count() == 200  # an unchanged name keeps its salt
    assert Thing.objects.get(number=7).title == "Cosa 7 bis"
    assert [str(fault) for fault in verify(state=True, models=[Thing])] == []


def test_many_changes_collide_as_a_whole():
    things = [a_thing(1), a_thing(2)]
    stale = Thing.objects.get(number=2)
    with transaction.atomic(), act("thing.changed", things[1], by=ANA):
        things[1].title = "Otra"
    with pytest.raises(ValidationError), transaction.atomic():
        act_many("thing.changed", [things[0], stale], by=ANA)
    assert (things[0].rev, stale.rev) == (1, 1)


def test_a_name_is_in_no_entry_and_can_be_erased_without_touching_root_or_proofs():
    thing = a_thing(named=True, holder="Rosa Mexicano")
    sequence()
    root = publish().root
    row = Disclosure.objects.get()
    assert row.value == "Rosa Mexicano"
    assert b"Rosa" not in bytes(Act.objects.get(on="valle/thing/1").entry)
    with pytest.raises(ValidationError, match="Primero"):
        erase(obj=thing, field="holder", by=ANA, basis="Solicitud 12")
    thing.named = False
    assert erase(obj=thing, field="holder", by=ANA, basis="Solicitud 12") == 1
    row.refresh_from_db()
    assert (row.value, row.salt) == ("", None)
    entry = said(Act.objects.get(on="valle/thing/1", rev=2))
    assert entry["erased"] == [{"field": "holder", "commitment": row.commitment}]
    assert (entry["basis"], "hid" in entry) == ("Solicitud 12", False)
    assert publish().root != root
    assert [str(fault) for fault in verify(state=True, models=[Thing])] == []


def test_a_former_holder_is_erased_while_the_present_one_stays():
    thing = a_thing(named=True, holder="Antes")
    with transaction.atomic(), act("thing.changed", thing, by=ANA):
        thing.holder = "Ahora"
    assert erase(obj=thing, field="holder", by=ANA, basis="Solicitud", value="Antes") == 1
    assert sorted(Disclosure.objects.values_list("value", flat=True)) == ["", "Ahora"]
    sequence()
    assert [str(fault) for fault in verify(state=True, models=[Thing])] == []
    with pytest.raises(ValidationError, match="ningún dato"):
        erase(obj=thing, field="holder", by=ANA, basis="Solicitud", value="Antes")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Act, Leaf, Checkpoint])
def test_what_the_record_holds_cannot_be_changed_or_deleted(model):
    a_thing()
    publish()
    column = {"record_act": "kind", "record_leaf": "hash", "record_checkpoint": "root"}[model._meta.db_table]
    verbs = [f"UPDATE {model._meta.db_table} SET {column} = ''", f"DELETE FROM {model._meta.db_table}"]
    if connection.vendor == "postgresql":
        verbs.append(f"TRUNCATE {model._meta.db_table} CASCADE")
    for sql in verbs:
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert model.objects.exists()
