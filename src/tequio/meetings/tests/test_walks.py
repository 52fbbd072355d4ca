"""No sequence of deeds freezes minutes against the rules, or changes them afterwards. ``TEQUIO_WALKS`` says how many walks."""

import os
import random
from typing import Any

import pytest
from django.db import transaction

from tequio.meetings.tests.make import make_table
from tequio.meetings.tests.walks import SEGMENTS, walks
from tests.branching import leaves

WALKS = int(os.environ.get("TEQUIO_WALKS", "64"))  # ``benchmarks/minutes.py`` takes ten thousand


@pytest.mark.once
def test_no_sequence_of_deeds_freezes_minutes_against_the_rules(cast: Any, noon: Any) -> None:
    table = make_table(cast.valle)
    approved, tried = 0, 0
    for seed in range(-(-WALKS // leaves(SEGMENTS))):
        with transaction.atomic():
            for walk in walks(random.Random(seed), table):
                assert walk.faults == [], f"seed {seed}: {walk.taken}"
                approved, tried = approved + (walk.state == "approved"), tried + 1
            transaction.set_rollback(True)
        table.body.refresh_from_db()
    # The walks are no empty talk: some of them get there.
    assert approved > tried // 20
