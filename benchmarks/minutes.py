"""Random walks through sessions and their minutes: does any freeze minutes against the rules, or change frozen ones?

    python benchmarks/minutes.py [--walks 10000] [--processes 2] [--first 0] [--postgres URL]

Each tree of walks draws the terms of a body; its walks try twenty-three deeds by anybody: opening and closing the session,
coming and going, writing (incomplete, or over somebody else's words), turning to items, the review, corrections and their
answers, approval, waiting. Thirty-two walks share their first eight deeds and fork five times, each branch taken back before
the next (``--walks`` is rounded up to whole trees). After every deed what must hold is told from the rows, with a calendar
of its own; what is frozen is drawn as the real PDF, and compared after every deed that follows. Exit status 1 for a fault;
``--first TREE --walks 32`` takes a tree again.
"""

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import walking

SEGMENTS = (8, 3, 3, 3, 3, 3)


def take(url: str, made: str, first: int, count: int) -> walking.Found:
    """Takes ``count`` trees in this process."""
    walking.enter(url, made)
    import time_machine
    from django.db import transaction

    from tequio.meetings.tests.make import make_table
    from tequio.meetings.tests.walks import walks
    from tests.cast import make_cast

    found, ways, began = walking.Found(), set(), time.process_time()
    with time_machine.travel(walking.MONDAY, tick=False), transaction.atomic():
        table = make_table(make_cast().valle)
        for seed in range(first, first + count):
            with transaction.atomic():
                for walk in walks(random.Random(seed), table, SEGMENTS):
                    found.walks += 1
                    found.faults += [f"tree {seed}: {fault} ({', '.join(walk.taken)})" for fault in walk.faults]
                    found.verbs.update(deed.split()[0] for deed in walk.taken)
                    ways.add(f"{seed} {', '.join(walk.taken)}")
                    found.ends[f"{walk.session.state} {walk.state or 'none'}"] += 1
                transaction.set_rollback(True)
            table.body.refresh_from_db()
        transaction.set_rollback(True)
    found.ways, found.cpu = len(ways), time.process_time() - began
    return found


if __name__ == "__main__":
    sys.exit(walking.run(__doc__ or "", take, 2 ** (len(SEGMENTS) - 1), lambda f: f.ends["held approved"] > 0))
