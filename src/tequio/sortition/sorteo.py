#!/usr/bin/env python3
"""Repite el sorteo del Comité de Seguimiento / Draws the committee again. Python 3.9+, nothing else to install.

    python3 sorteo.py voluntariado.json SEMILLA RAIZ ["DATO EXTERNO"]

Only whole numbers, SHA-256 and HMAC: any language can compute the same. The portal runs this very file.
A quota is a pair (dimension, category) with a number of places; a kind of person is the tuple of the quotas they count for.
"""

# fmt: off
# ruff: noqa: E401, E701, I001, SIM115
# mypy: ignore-errors
import hashlib, hmac, json, sys
from collections import Counter

FORMULA = "tequio-sorteo-1"
WORK = 30_000  # how many kinds of people the searches for other groups may look at in one list; part of the formula

def key_of(call, seed, root, fingerprint, outside=""):  # what was secret, and what nobody could know before closing
    return hashlib.sha256("\n".join((FORMULA, call, seed, root, fingerprint, outside)).encode()).digest()

def ticket(key, number):  # the turn of a volunteer: 64 hexadecimal digits; the lowest goes first
    return hmac.new(key, str(number).encode(), hashlib.sha256).hexdigest()

def less(need, kind):  # what is still needed once somebody of this kind has come in
    return {quota: n - (quota in kind) for quota, n in need.items() if n > (quota in kind)}

def complete(need, places, supply, left):
    """Kinds of people (with repetition) that meet ``need`` in at most ``places``, or None. ``left`` counts work down."""
    if not need: return []
    asked, there = Counter(), Counter()
    for (dimension, _), n in need.items(): asked[dimension] += n
    if left[0] < 0 or max(asked.values()) > places: return None
    full = [d for d in asked if asked[d] == places]  # dimensions where every place left has to count
    useful = {quota for quota in need if quota[0] in full}
    supply = {kind: n for kind, n in supply.items() if n and len(useful.intersection(kind)) == len(full)}
    left[0] -= len(supply) + 1
    for quota, n in ((quota, n) for kind, n in supply.items() for quota in kind):
        there[quota] += n
    if any(there[quota] < n for quota, n in need.items()): return None
    worth = {quota: n * 1_000_000 // there[quota] for quota, n in need.items()}  # how scarce, in millionths
    scarcest = max(need, key=lambda quota: (worth[quota], quota))
    for kind in sorted((k for k in supply if scarcest in k), key=lambda k: (-sum(worth.get(q, 0) for q in k), k)):
        supply[kind] -= 1
        rest = complete(less(need, kind), places - 1, supply, left)
        if rest is not None or left[0] < 0:
            return rest if rest is None else [kind, *rest]
        supply[kind] = 0  # a group with this kind was looked for in vain: go on without it
    return None

def pick(people, places, need, turns):
    """Down the list in turn: whoever still lets the group be completed comes in. None where no group is found at all."""
    supply, chosen, out, left = Counter(people.values()), [], set(), [WORK]
    plan = complete(need, places, supply, [10 * WORK]) if len(people) >= places else None
    if plan is None or not turns: return plan  # without turns: only whether and how a group can be completed
    plan = Counter(plan)
    for number in sorted(people, key=lambda number: turns[number]):
        if len(chosen) == places: break
        kind, free = people[number], places - len(chosen)
        supply[kind] -= 1
        if not plan[kind] and sum(plan.values()) == free:  # no place to spare: can the group be completed another way?
            found = None if kind in out or left[0] < 0 else complete(less(need, kind), free - 1, supply, left)
            if found is None:
                out.add(kind)
                continue
            plan = Counter(found)
        elif plan[kind]:
            plan[kind] -= 1
        chosen.append(number)
        need = less(need, kind)
    return chosen

def nearest(people, places, quotas):
    """The quotas if some group meets them; else each, in order of name, as near to what was asked as those before allow."""
    if not quotas or pick(people, places, quotas, {}) is not None: return quotas
    kept = {}
    for quota in sorted(quotas):
        n = quotas[quota]
        while n and pick(people, places, {**kept, quota: n}, {}) is None:
            n -= 1
        kept.update({quota: n} if n else {})
    return kept

def draw(file, key):
    """Members in the order in which they came in, and alternates in theirs. ``file`` is the published JSON."""
    quotas = {(quota["dimension"], quota["category"]): quota["places"] for quota in file["quotas"] if quota["places"]}
    people = {row["number"]: tuple(sorted(set(row.items()) & set(quotas))) for row in file["volunteers"]}
    turns = {number: ticket(key, number) for number in people}
    members = pick(people, file["places"], quotas, turns)
    rest = dict(pair for pair in people.items() if pair[0] not in (members or []))
    places = min(file["alternates"], len(rest))
    share = {quota: n * places // file["places"] for quota, n in quotas.items() if n * places >= file["places"]}
    return members, pick(rest, places, nearest(rest, places, share), turns)

if __name__ == "__main__":
    raw = open(sys.argv[1], "rb").read()
    fingerprint, (seed, root, outside) = hashlib.sha256(raw).hexdigest(), (*sys.argv[2:], "")[:3]
    members, alternates = draw(json.loads(raw), key_of(json.loads(raw)["call"], seed, root, fingerprint, outside))
    told = {"file": fingerprint, "commitment": hashlib.sha256(seed.encode()).hexdigest()}
    print(json.dumps({**told, "members": members, "alternates": alternates}))
