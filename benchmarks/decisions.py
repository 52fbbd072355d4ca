"""Random walks through deciding, under rules drawn at random: does any pass without quorum and both majorities?

    python benchmarks/decisions.py [--walks 10000] [--processes 2] [--first 0] [--postgres URL]

Each tree of walks draws rules of decision as a forum might write them, wise or not, and seats that nobody holds; its walks
try twenty-four verbs by anybody: opening, objecting, voting in the open or in secret, hands noted by the secretariat,
declaring conflicts, arriving, leaving, delegating, closing, withdrawing. To be quick, 32 walks share their first nine verbs
and fork five times, each branch taken back before the next (``--walks`` is rounded up to whole trees). At each closing,
what must become of it is told anew from rows and from what the walker remembers, without the product's rules
(``secretariat/tests/oracle.py``). Exit status 1 if one passes that should not, fails that should pass, or if a secret vote
is found beside its seat; ``--first TREE --walks 32`` takes a tree again.
"""

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import walking

SEGMENTS = (9, 3, 3, 3, 3, 3)


def take(url: str, made: str, first: int, count: int) -> walking.Found:
    """Takes ``count`` trees in this process."""
    walking.enter(url, made)
    import time_machine
    from django.db import transaction

    from tequio.secretariat.models import Decision
    from tequio.secretariat.tests.stage import make_stage
    from tequio.secretariat.tests.walks import broken, walks

    found, ways, began = walking.Found(), set(), time.process_time()
    with time_machine.travel(walking.MONDAY, tick=False), transaction.atomic():
        stage = make_stage(None)
        for seed in range(first, first + count):
            with transaction.atomic():
                for walker in walks(random.Random(seed), stage, SEGMENTS):
                    found.walks += 1
                    found.faults += [f"tree {seed}: {fault} ({' '.join(walker.taken)})" for fault in broken(walker)]
                    found.verbs.update(walker.taken)
                    ways.add(f"{seed} {' '.join(walker.told)}")
                    for row in Decision.objects.all():
                        found.ends[f"{row.state} {row.outcome.get('reason', '')} {row.method} {row.ballot}"] += 1
                transaction.set_rollback(True)
        transaction.set_rollback(True)
    found.ways, found.cpu = len(ways), time.process_time() - began
    return found


if __name__ == "__main__":
    sys.exit(
        walking.run(
            __doc__ or "", take, 2 ** (len(SEGMENTS) - 1), lambda f: any(name.startswith("passed") for name in f.ends)
        )
    )
