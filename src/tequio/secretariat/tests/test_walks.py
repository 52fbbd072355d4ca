"""Whatever anybody does in whatever order, under whatever rules: nothing passes without quorum and both majorities."""

import os
import random
from collections import Counter
from typing import Any

import pytest
from django.db import transaction

from tequio.secretariat.models import Decision
from tequio.secretariat.tests.stage import make_stage
from tequio.secretariat.tests.walks import SEGMENTS, broken, walks
from tests.branching import leaves

WALKS = int(os.environ.get("TEQUIO_WALKS", 64))  # ``benchmarks/decisions.py`` takes ten thousand


@pytest.mark.django_db
def test_no_walk_passes_a_decision_without_quorum_and_both_majorities(noon: Any) -> None:
    stage, ends = make_stage(None), Counter[str]()
    for seed in range(-(-WALKS // leaves(SEGMENTS))):
        with transaction.atomic():
            for walker in walks(random.Random(seed), stage):
                assert broken(walker) == [], f"seed {seed}: {walker.rules} {walker.taken}"
                ends.update(Decision.objects.values_list("state", flat=True))
            transaction.set_rollback(True)
    assert {"passed", "failed"} <= set(ends), "the walks got nowhere: they prove nothing"
