"""How long a proof takes from a record of 100,000 acts, on both engines.

    python benchmarks/record_proof.py [--postgres postgres://postgres@127.0.0.1:5432] [--acts 100000]

A proof is made from the database with nothing kept between two of them, then read back and checked.
Bar: 95 of 100 proofs in at most 15 ms. Exit status 1 above it.
"""

import argparse
import datetime as dt
import json
import random
import statistics
import sys
import time
from typing import Any

from record_append import TEXT, database, each_engine

BAR = 15.0  # milliseconds
PROOFS = 400
CHUNK = 10_000


def fill(acts: int, text: str = TEXT) -> None:
    """So many acts, numbered and sealed. Their objects do not matter here and are not stored."""
    from tequio.record.core import canon
    from tequio.record.core.merkle import leaf_hash
    from tequio.record.models import Act
    from tequio.record.publish import publish

    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for start in range(1, acts, CHUNK):
        rows = []
        for n in range(start, min(start + CHUNK, acts)):
            on = f"valle/thing/{n}"
            said = {
                "v": 1,
                "kind": "thing.changed",
                "at": "2026-01-01T00:00:00.000Z",
                "on": on,
                "rev": 1,
                "state": {"text": text},
            }
            entry = canon.encode(said)
            leaf = leaf_hash(entry).hex()
            rows.append(Act(jurisdiction="valle", kind="thing.changed", on=on, rev=1, at=now, entry=entry, leaf=leaf))
        Act.objects.bulk_create(rows, batch_size=1000)
    publish()


def measure(acts: int) -> dict[str, Any]:
    from django.core.management import call_command

    from tequio.record import tree
    from tequio.record.core.proof import Proof
    from tequio.record.models import Leaf
    from tequio.record.sequence import tree_size
    from tequio.record.verify import log_key

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    fill(acts)
    filled = time.perf_counter() - began
    size, key, dice = tree_size(), log_key(), random.Random(1)
    made, checked, hashes, length = [], [], 0, 0
    for _n in range(PROOFS):
        position = dice.randrange(size)
        entry = bytes(Leaf.objects.select_related("act").get(position=position).act.entry)
        began = time.perf_counter()
        proof = tree.proof(position)
        made.append((time.perf_counter() - began) * 1000)
        assert proof is not None
        text = proof.encode()
        began = time.perf_counter()
        holds = Proof.parse(text).holds_for(entry, key)
        checked.append((time.perf_counter() - began) * 1000)
        if not holds:
            raise SystemExit(f"the proof of act {position} does not hold")
        hashes, length = max(hashes, len(proof.path)), max(length, len(text))
    return {
        "acts": size,
        "fill": filled,
        "p50": statistics.median(made),
        "p95": statistics.quantiles(made, n=20)[-1],
        "check": statistics.median(checked),
        "hashes": hashes,
        "bytes": length,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--postgres", default="postgres://postgres@127.0.0.1:5432", help="a server where databases may be made"
    )
    parser.add_argument("--acts", type=int, default=100_000)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.engine:
        with database(args.engine, args.postgres):
            print(json.dumps(measure(args.acts)))
        return
    print(
        f"{'engine':<12}{'acts':>9}{'made p50 ms':>13}{'p95 ms':>9}{'checked ms':>12}{'hashes':>8}{'bytes':>7}"
        f"{'bar/p95':>9}"
    )
    ok = True
    for engine, row in each_engine(__file__, ["--postgres", args.postgres, "--acts", str(args.acts)]):
        ok = ok and row is not None and row["p95"] <= BAR
        if row:
            print(
                f"{engine:<12}{row['acts']:>9}{row['p50']:>13.2f}{row['p95']:>9.2f}{row['check']:>12.2f}"
                f"{row['hashes']:>8}{row['bytes']:>7}{BAR / row['p95']:>9.1f}"
            )
    print(f"bar {BAR:.0f} ms:", "met" if ok else "NOT met")
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
