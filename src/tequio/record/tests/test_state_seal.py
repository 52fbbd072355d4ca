"""The seal of the state: one root for how every object stood on a day."""

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from tequio.record import state_seal
from tequio.record.append import SYSTEM, act, act_many
from tequio.record.core import canon
from tequio.record.core.merkle import leaf_hash, node_hash
from tequio.record.models import Act
from tequio.record.publish import tick
from tequio.record.tests.sample import Thing
from tequio.record.verify import verify

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 16, 18, 0, tzinfo=dt.UTC)


def said(seal: Act) -> dict:
    return canon.decode(bytes(seal.entry))["state"]


@time_machine.travel(NOON, tick=False)
def test_the_root_is_that_of_the_last_act_of_each_object_in_the_order_of_their_keys():
    with transaction.atomic():
        act_many("thing.published", [Thing(number=n, title=f"Cosa {n}") for n in (1, 2)], by=SYSTEM)
        one = Thing.objects.get(number=1)
        with act("thing.changed", one, by=SYSTEM):
            one.title = "Otra"
    seal = state_seal.seal()
    log = Act.objects.get(on="registro/log")
    two = Thing.objects.get(number=2)
    lines = [f"registro/log\n1\n{log.leaf}\n", f"valle/thing/1\n2\n{one.tip}\n", f"valle/thing/2\n1\n{two.tip}\n"]
    first, second, third = (leaf_hash(line.encode()) for line in lines)
    root = node_hash(node_hash(first, second), third).hex()
    assert said(seal) == {"day": "2026-03-16", "size": 4, "objects": 3, "root": root}
    assert verify() == []


def test_the_state_is_sealed_once_a_day_and_only_when_something_happened():
    with time_machine.travel(NOON, tick=False) as clock:
        with transaction.atomic():
            act_many("thing.published", [Thing(number=1, title="Cosa")], by=SYSTEM)
        tick()
        tick()
        assert Act.objects.filter(kind="state.sealed").count() == 1
        clock.shift(dt.timedelta(days=1))
        tick()
        assert Act.objects.filter(kind="state.sealed").count() == 1
        thing = Thing.objects.get()
        with transaction.atomic(), act("thing.changed", thing, by=SYSTEM):
            thing.title = "Otra"
        tick()
        assert [said(seal)["objects"] for seal in Act.objects.filter(kind="state.sealed").order_by("rev")] == [2, 3]
    answer = Client().get("/registro/estado")
    assert canon.decode(answer.content)["state"]["day"] == "2026-03-17"
    assert answer["Tequio-Act"] == "4"


@pytest.mark.tampers
def test_a_seal_that_does_not_fit_the_acts_is_named(monkeypatch):
    with transaction.atomic():
        act_many("thing.published", [Thing(number=1, title="Cosa")], by=SYSTEM)
    honest = state_seal.last_acts
    monkeypatch.setattr(state_seal, "last_acts", lambda size: list(honest(size))[1:])
    with time_machine.travel(NOON, tick=False):
        state_seal.seal()
    monkeypatch.undo()
    assert [str(fault) for fault in verify()] == ["sello del estado del 2026-03-16: no corresponde a los actos"]
