"""Whatever anybody does in whatever order: green stands on a quorum, two independent looks and no conflict."""

import random

import pytest
from django.db import transaction

from tequio.monitoring import past
from tequio.monitoring.models import Decision
from tequio.monitoring.tests.walks import broken, make_stage, walks

# Trees of 32 walks each, some that reach decisions: what fits in a few seconds. ``benchmarks/walks.py`` takes ten thousand.
TREES = (3, 10, 163)


@pytest.mark.django_db
def test_no_walk_leads_past_quorum_independent_looks_and_conflicts(noon):
    world, results = make_stage(), set()
    for seed in TREES:
        with transaction.atomic():
            for taken in walks(random.Random(seed), world):
                assert (broken(world), world.faults) == ([], []), f"seed {seed}: {taken}"
                assert past.same_as_live(world.plan) == [], f"seed {seed}: {taken}"
                results |= set(Decision.objects.values_list("result", flat=True))
            transaction.set_rollback(True)
    assert "verified" in results, "the walks got nowhere: they prove nothing"
