"""What a large record weighs and how long it takes to check, and that nothing is lost between many writers; both engines.

    python benchmarks/record_size.py [--acts 1000000] [--writers 8] [--each 500] [--postgres postgres://postgres@127.0.0.1:5432]

- Weight: bytes of tiles for an act (bar 33), and of an act of about 540 bytes with its number and all indexes (bar 1,024).
- Proofs: hashes (bar 21) and bytes with five confirmations (bar 2,048), the longest of 200 acts drawn at random.
- The whole record checked: entries, numbers, tiles, seals (bar 15 s of the processor for a million acts, in proportion
  for fewer).
- Delay: from the commit of one act to its number, nothing else going on (bar: 95 of 100 within a second).
- Writers: so many processes write so many acts each, one in ten taken back, while two others number them: each committed
  act has one position, and no position is empty.

Exit status 1 above a bar.
"""

import argparse
import datetime as dt
import json
import multiprocessing
import random
import statistics
import sys
import time
from typing import Any

from record_append import database, each_engine, tables
from record_proof import fill

PROOFS, SINGLE = 200, 100
TILE, ACT, HASHES, PROOF, MILLION, DELAY = 33.0, 1024.0, 21, 2048, 15.0, 1.0
LONGER = "Lo que dice el acto de más, hasta la medida. " * 9  # an entry of some 540 bytes
DAY = dt.date(2026, 1, 1)


def weight() -> tuple[float, float]:
    """Bytes of tiles for an act, and of an act with its number and indexes."""
    from django.db import connection

    from tequio.record.models import Act, Leaf, Tile

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM(LENGTH(data)) FROM {Tile._meta.db_table}")
        tiles, acts = int(cursor.fetchone()[0]), Leaf.objects.count()
        if connection.vendor == "postgresql":
            names = [Act._meta.db_table, Leaf._meta.db_table]
            cursor.execute(
                "SELECT SUM(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) AS name", [names]
            )
            whole = int(cursor.fetchone()[0])
        else:  # of the file, everything but the tiles
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
            whole = int(cursor.fetchone()[0]) - tiles
    return tiles / acts, whole / acts


def proofs() -> tuple[int, int]:
    """The longest path, and the bytes of the longest proof with five confirmations."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from tequio.record import tree
    from tequio.record.core.cosignature import Witness
    from tequio.record.sequence import tree_size

    dice, size, hashes, longest = random.Random(3), tree_size(), 0, 0
    allies = [
        Witness(f"aliada{n}.ejemplo/testigo", Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32)) for n in range(5)
    ]
    for _n in range(PROOFS):
        made = tree.proof(dice.randrange(size))
        assert made is not None
        text = made.checkpoint.split("\n\n")[0] + "\n"
        lines = "".join(ally.cosign(text, 1_800_000_000) for ally in allies)
        hashes = max(hashes, len(made.path))
        longest = max(longest, len(made.encode()) + len(lines))
    return hashes, longest


def delay(thing: Any) -> float:
    """Seconds from a commit to the number, 95 of 100."""
    from django.db import transaction

    from tequio.record.append import SYSTEM, act
    from tequio.record.models import Leaf

    taken = []
    for n in range(SINGLE):
        obj = thing(number=10_000_000 + n, title="Uno", text="Solo", start=DAY, end=DAY)
        with transaction.atomic(), act("thing.changed", obj, by=SYSTEM):
            pass
        began = time.perf_counter()
        while not Leaf.objects.filter(act__on=obj.subject_key()).exists():
            time.sleep(0.005)
            if time.perf_counter() - began > 30:
                raise SystemExit("an act got no number in half a minute")
        taken.append(time.perf_counter() - began)
    return statistics.quantiles(taken, n=20)[-1]


def write(thing: Any, writer: int, each: int, count: Any) -> None:
    from django.db import connection, transaction

    from tequio.record.append import SYSTEM, act

    connection.close()
    dice, kept = random.Random(writer), 0
    for n in range(each):
        with transaction.atomic():
            place = 20_000_000 + writer * each + n
            with act("thing.changed", thing(number=place, title="x", text="y", start=DAY, end=DAY), by=SYSTEM):
                pass
            back = dice.random() < 0.1
            transaction.set_rollback(back)
        kept += not back
    with count.get_lock():
        count.value += kept


def number(ready: Any, end: Any) -> None:
    from django.db import connection

    from tequio.record.sequence import sequence

    connection.close()
    connection.ensure_connection()
    ready.wait()
    while not end.is_set():
        sequence()
        time.sleep(0.005)


def gaps(thing: Any, writers: int, each: int) -> tuple[int, bool]:
    """How many acts many writers left, and whether each has its one position."""
    from django.db import connection

    from tequio.record.models import Act, Leaf
    from tequio.record.sequence import sequence

    before = Act.objects.count()
    connection.close()
    here = multiprocessing.get_context("fork")
    ready, end, count = here.Barrier(3), here.Event(), here.Value("i", 0)
    jobs = [here.Process(target=write, args=(thing, writer, each, count)) for writer in range(writers)]
    numbering = [here.Process(target=number, args=(ready, end)) for _n in range(2)]
    for job in numbering:
        job.start()
    ready.wait()  # SQLite locks a file that nobody has open while the first to come looks at it
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    end.set()
    for job in numbering:
        job.join()
    sequence(wait=True, thorough=True)
    positions = list(Leaf.objects.order_by("position").values_list("position", flat=True))
    acts = Act.objects.count()
    good = all(job.exitcode == 0 for job in [*jobs, *numbering]) and acts - before == count.value
    return acts - before, good and positions == list(range(acts)) and Leaf.objects.values(
        "act"
    ).distinct().count() == acts


def measure(acts: int, writers: int, each: int) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connection

    from tequio.record.kinds import Kind, register
    from tequio.record.sequence import tree_size
    from tequio.record.verify import verify

    thing = tables()[0]
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(thing)
    register(Kind("thing.changed", "Cambió"))
    fill(acts, LONGER)
    size = tree_size()
    tile, act = weight()
    hashes, proof = proofs()
    began = time.process_time()
    faults = verify()
    checked = time.process_time() - began
    if faults:
        raise SystemExit(str(faults[0]))
    waited = delay(thing)
    written, whole = gaps(thing, writers, each)
    return {
        "acts": size,
        "tile": tile,
        "act": act,
        "hashes": hashes,
        "proof": proof,
        "checked": checked,
        "delay": waited,
        "written": written,
        "whole": whole,
    }


def bars(row: dict[str, Any]) -> list[tuple[str, float, float]]:
    """What was measured, with its bar."""
    return [
        ("bytes of tiles for an act", row["tile"], TILE),
        ("bytes of an act with number and indexes", row["act"], ACT),
        ("hashes of the longest proof", row["hashes"], HASHES),
        ("bytes of the longest proof with five confirmations", row["proof"], PROOF),
        (f"seconds of the processor to check {row['acts']:,} acts", row["checked"], MILLION * row["acts"] / 1_000_000),
        ("seconds until an act has its number, 95 of 100", row["delay"], DELAY),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--postgres", default="postgres://postgres@127.0.0.1:5432", help="a server where databases may be made"
    )
    parser.add_argument("--acts", type=int, default=1_000_000)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--each", type=int, default=500)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.engine:
        with database(args.engine, args.postgres):
            print(json.dumps(measure(args.acts, args.writers, args.each)))
        return
    ok = True
    given = {"--postgres": args.postgres, "--acts": args.acts, "--writers": args.writers, "--each": args.each}
    for engine, row in each_engine(__file__, [str(word) for pair in given.items() for word in pair]):
        ok = ok and row is not None
        if row is None:
            continue
        for words, found, bar in bars(row):
            met = "" if found <= bar else "  NOT met"
            ok = ok and not met
            print(f"{engine:<12}{words:<56}{found:>10,.2f} of {bar:>8,.2f}{met}", flush=True)
        ok = ok and row["whole"]
        gap = "no gap" if row["whole"] else "GAPS"
        print(f"{engine:<12}{row['written']:,} acts of {args.writers} writers: {gap}", flush=True)
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
