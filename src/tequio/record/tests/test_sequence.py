import datetime as dt
import random
import stat
import threading
import time
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as conf
from django.db import connection, transaction
from django.utils import timezone

from tequio.record import keys, kinds, pace, tree
from tequio.record.append import SYSTEM, act, act_many
from tequio.record.core import canon, merkle
from tequio.record.models import Act, Checkpoint, Leaf, Tile
from tequio.record.publish import publish, publish_if_due
from tequio.record.sequence import sequence, tree_size
from tequio.record.tests.sample import Thing
from tequio.record.verify import log_key, verify

pytestmark = pytest.mark.django_db


def publish_things(*numbers: int, kind: str = "thing.published") -> None:
    with transaction.atomic():
        act_many(kind, [Thing(number=n, title=f"Cosa {n}") for n in numbers], by=SYSTEM)


def test_acts_get_positions_without_gaps_behind_the_act_that_starts_the_log():
    publish_things(1, 2, 3)
    assert tree_size() == 0
    assert sequence() == 4
    rows = list(Leaf.objects.order_by("position").values_list("position", "act__on"))
    assert rows == [(0, "registro/log"), *((n, f"valle/thing/{n}") for n in (1, 2, 3))]
    assert sequence() == 0
    publish_things(4)
    assert (sequence(), tree_size()) == (1, 5)


def test_an_empty_log_does_not_start_by_itself():
    assert (sequence(), publish(), Act.objects.count()) == (0, None, 0)


def test_the_first_act_names_the_log_its_key_and_the_hash_of_the_next_key():
    publish_things(1)
    sequence()
    state = canon.decode(bytes(Act.objects.get(on="registro/log").entry))["state"]
    assert state["origin"] == "prueba.example/registro"
    assert state["key"] == keys.signer().verifier.vkey == log_key().vkey
    assert state["next_key_hash"] == keys.next_key_hash() != state["key"]


def test_keys_are_readable_by_the_system_alone():
    keys.signer()
    keys.next_key_hash()
    folder = Path(conf.RECORD_KEY_FILE).parent
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {"log.key": 0o600, "log.key.next": 0o600}


@pytest.mark.parametrize("batches", [[1], [255, 1, 1], [300, 300], [700]])
def test_tiles_hold_the_tree_however_it_grew(batches):
    number = 0
    for batch in batches:
        publish_things(*range(number + 1, number + batch + 1))
        number += batch
        sequence()
    leaves = [bytes.fromhex(value) for value in Leaf.objects.order_by("position").values_list("hash", flat=True)]
    assert len(leaves) == number + 1
    assert tree.root(len(leaves)) == merkle.root_of(leaves)
    assert Tile.objects.count() == -(-len(leaves) // 256) + (len(leaves) >= 256)
    for position in {0, number // 2, number}:
        path = tree.inclusion(position, len(leaves))
        assert merkle.verify_inclusion(leaves[position], position, len(leaves), path, merkle.root_of(leaves))
    old = len(leaves) // 2 or 1
    path = tree.consistency(old, len(leaves))
    assert merkle.verify_consistency(old, len(leaves), path, merkle.root_of(leaves[:old]), merkle.root_of(leaves))


def test_a_proof_holds_for_the_entry_under_the_logs_key():
    publish_things(*range(1, 280))
    publish()
    row = Leaf.objects.select_related("act").get(position=257)
    proof = tree.proof(257)
    assert proof is not None
    assert proof.holds_for(bytes(row.act.entry), log_key())
    assert not proof.holds_for(bytes(row.act.entry) + b" ", log_key())


def test_a_proof_costs_few_queries_and_the_same_wherever_the_act_stands(django_assert_max_num_queries):
    publish_things(*range(1, 700))
    publish()
    for position in (0, 256, 699):
        with django_assert_max_num_queries(4):
            tree.proof(position)


def test_there_is_no_proof_before_the_seal():
    publish_things(1)
    publish()
    publish_things(2)
    sequence()
    assert tree.proof(2) is None
    assert tree.proof(1) is not None


def test_checkpoints_fall_due_by_kind_and_growth():
    start = timezone.now()

    def at(minutes: float) -> int:
        with time_machine.travel(start + dt.timedelta(minutes=minutes), tick=False):
            sequence()
            publish_if_due()
        return Checkpoint.objects.count()

    publish_things(1)
    assert at(0) == 1
    publish_things(2)
    assert (at(14), at(15)) == (1, 2)
    publish_things(3, kind="thing.decided")
    assert (at(15.5), at(16)) == (2, 3)
    assert (at(17), at(16 + 24 * 60)) == (3, 4)  # a day without growth is sealed too


def test_what_follows_the_record_hears_of_each_act_once_and_cannot_stop_it(caplog):
    heard: list[str] = []

    def broken(acts):
        raise ZeroDivisionError

    def follower(acts):
        heard.extend(row.on for row in acts)

    kinds.on_sequenced[:] = [*(before := list(kinds.on_sequenced)), broken, follower]
    try:
        publish_things(1, 2)
        sequence()
        publish_things(3)
        sequence()
    finally:
        kinds.on_sequenced[:] = before
    assert heard == ["registro/log", "valle/thing/1", "valle/thing/2", "valle/thing/3"]
    assert "failed on acts" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_committed_act_is_numbered_and_sealed_at_once_and_one_rolled_back_leaves_nothing():
    publish_things(1)
    assert (tree_size(), Checkpoint.objects.count()) == (2, 1)
    with (
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
        act("thing.published", Thing(number=2, title="x"), by=SYSTEM),
    ):
        raise ZeroDivisionError
    assert (tree_size(), Thing.objects.count()) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_acts_that_come_thick_and_fast_are_numbered_together_a_moment_later(settings):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("the test database lives in this thread's memory")
    settings.RECORD_PACE = 2.0  # longer than a busy machine needs for five acts
    pace._ran = 0.0
    for n in range(1, 6):
        publish_things(n)
    assert tree_size() == 2
    until = time.monotonic() + 15
    while tree_size() < 6 and time.monotonic() < until:
        time.sleep(0.02)
    if pace._timer is not None:  # the look at whether a seal is due
        pace._timer.cancel()
    assert tree_size() == 6


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_two_sequencers_leave_no_gap():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("the test database lives in this thread's memory")
    errors: list[BaseException] = []

    def work(job) -> None:
        try:
            job()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    def write(writer: int) -> None:
        dice = random.Random(writer)
        for n in range(15):
            with transaction.atomic():
                with act("thing.published", Thing(number=writer * 100 + n, title="x"), by=SYSTEM):
                    time.sleep(dice.random() / 500)
                if dice.random() < 0.2:
                    transaction.set_rollback(True)

    def number() -> None:
        for _n in range(40):
            sequence()
            time.sleep(0.002)

    jobs = [*(lambda w=w: write(w) for w in range(1, 7)), number, number]
    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sequence(wait=True, thorough=True)
    assert errors == []
    assert list(Leaf.objects.order_by("position").values_list("position", flat=True)) == list(
        range(Act.objects.count())
    )
    assert Act.objects.count() == Thing.objects.count() + 1
    assert verify(state=True, models=[Thing]) == []
