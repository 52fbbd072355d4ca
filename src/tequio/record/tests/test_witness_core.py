"""What a witness answers and what a quorum is: the recorded requests of other implementations pass."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tequio.record.core import cosignature
from tequio.record.core.cosignature import Witness, WitnessKey
from tequio.record.core.note import Note, NoteError, Verifier, b64encode
from tequio.record.core.policy import Policy
from tequio.record.core.witness import LARGEST_REQUEST, MOST_PROOF_LINES, Answer, Seen, answer

VECTORS = json.loads((Path(__file__).parent / "vectors" / "witness_requests.json").read_text())


def someone(name: str, seed: int = 1) -> Witness:
    return Witness(name, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


class Memory:
    """A witness with its storage in memory, that knows one log."""

    def __init__(self, vkey: str, origin: str) -> None:
        self.log, self.origin, self.seen = Verifier.parse(vkey), origin, Seen()
        self.witness = someone("example.com/witness")

    def ask(self, body: str) -> Answer:
        found = answer(
            body,
            lambda origin: self.log if origin == self.origin else None,
            lambda origin: self.seen,
            self.witness,
            1_700_000_000,
        )
        self.seen = found.remember or self.seen
        return found


def test_the_requests_recorded_from_a_go_witness_get_the_same_answers() -> None:
    sequence = VECTORS["sequence"]
    memory = Memory(sequence["log_vkey"], sequence["log_vkey"].split("+")[0])
    answers = [memory.ask(request["body"]) for request in sequence["requests"]]
    assert [found.status for found in answers] == [
        request.get("status_in_current_spec", request["status"]) for request in sequence["requests"]
    ]
    for request, found in zip(sequence["requests"], answers, strict=True):
        if found.status == 200:
            note = Note.parse(request["body"].partition("\n\n")[2] + found.body)
            (seen,) = cosignature.read(note, [memory.witness.key])
            assert (seen.time, seen.line) == (1_700_000_000, found.body)
        if found.status == 409:
            size = json.loads(request["body_assert"].removeprefix("body == "))
            assert (found.media_type, found.body) == ("text/x.tlog.size", size)


def monkeys() -> tuple[Memory, dict[str, str], list[str]]:
    data = VECTORS["monkeys"]
    proof = [b64encode(bytes.fromhex(node)) for node in data["proof_hex"]]
    return Memory(data["log_vkey"], data["origin"]), data, proof


def test_a_tree_that_grew_is_signed_and_one_that_did_not_is_evidence() -> None:
    memory, data, proof = monkeys()
    assert memory.ask(f"old 0\n\n{data['init']}").status == 200
    wrong = memory.ask("old 5\n" + "\n".join(reversed(proof)) + f"\n\n{data['next']}")
    assert (wrong.status, wrong.evidence, memory.seen.size) == (422, True, 5)
    assert memory.ask("old 5\n" + "\n".join(proof) + f"\n\n{data['next']}").status == 200
    assert memory.seen.size == 8
    assert memory.ask("old 8\n" + f"\n{data['next']}").status == 200  # the same again, with a newer time
    assert memory.ask(f"old 5\n\n{data['init']}").status == 409


@pytest.mark.parametrize(
    "body",
    [
        "",
        "old 0\n\n",
        "old -1\n\nx",
        "old 01\n\nx",
        "new 0\n\nx",
        "old 0\nAAAA\n\nx",
        "old 0\n" + "A" * 43 + "=\n" * 1 + "\n\n",
        "old 5\n" + "\n".join(["KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="] * (MOST_PROOF_LINES + 1)),
        "x" * LARGEST_REQUEST,
    ],
)
def test_what_is_no_request_is_refused_as_such(body: str) -> None:
    memory, data, _proof = monkeys()
    assert memory.ask(body if body.count("\n\n") else body + f"\n\n{data['init']}").status == 400
    assert memory.seen.size == 0


@pytest.mark.parametrize("extra", VECTORS["monkeys"]["also"], ids=lambda extra: f"{extra['after']} {extra['old']}")
def test_published_requests_beside_the_way_get_their_answers(extra: dict[str, Any]) -> None:
    memory, data, proof = monkeys()

    def body(step: dict[str, Any]) -> str:
        lines = "".join(f"{node}\n" for node in proof) if step.get("proof") else ""
        return f"old {step['old']}\n{lines}\n{data[step['send']]}"

    for step in data["steps"]:
        assert memory.ask(body(step)).status == step["status"]
        if step["send"] == extra["after"]:
            break
    found = memory.ask(body(extra))
    assert (found.status, found.body) == (extra["status"], extra.get("body", found.body))


def test_an_old_size_beyond_the_checkpoint_is_no_request() -> None:
    memory, data, _proof = monkeys()
    memory.ask(f"old 0\n\n{data['init']}")
    assert memory.ask(f"old 6\n\n{data['init']}").status == 400


def test_every_bit_of_a_cosignature_counts() -> None:
    witness, text = someone("aliada.example/testigo"), "monkeys\n5\nAAAA\n"
    line = witness.cosign(text, 7)
    signed = Note.parse(text + "\n" + line)
    assert [seen.time for seen in cosignature.read(signed, [witness.key])] == [7]
    blob = bytearray(signed.signatures[0][2])
    for place in range(len(blob)):
        changed = bytes(blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :])
        with pytest.raises(NoteError):
            cosignature.read(Note(signed.text, ((witness.key.name, witness.key.id, changed),)), [witness.key])
    with pytest.raises(NoteError):
        cosignature.read(Note("otro\n", signed.signatures), [witness.key])
    assert cosignature.read(signed, []) == []
    assert WitnessKey.parse(witness.key.vkey) == witness.key


def test_government_alone_is_no_quorum_under_a_policy_of_sectors() -> None:
    keys = {name: someone(name, n).key for n, name in enumerate(["u1", "u2", "c1", "c2", "g1", "g2"], 1)}
    policy = Policy.parse(
        "# quién basta\n"
        + "".join(f"witness {name} {key.vkey}\n" for name, key in keys.items())
        + "group academia any u1 u2\ngroup sociedad all c1 c2\ngroup publicos 2 academia sociedad\nquorum publicos\n"
    )
    holds = {
        names: policy.holds([keys[name] for name in names.split()])
        for names in ("u1 c1 c2", "u1 u2", "g1 g2", "g1 g2 c1 c2", "u2 c1 c2 g1", "")
    }
    assert holds == {
        "u1 c1 c2": True,
        "u1 u2": False,
        "g1 g2": False,
        "g1 g2 c1 c2": False,
        "u2 c1 c2 g1": True,
        "": False,
    }
    assert Policy.parse(policy.text) == policy


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "quorum nadie\n",
        "quorum none\nquorum none\n",
        "witness none x\nquorum none\n",
        "group g any nadie\nquorum g\n",
        "otro x\nquorum none\n",
        "log x\nquorum none\n",
    ],
)
def test_a_policy_that_does_not_fit_is_refused(wrong: str) -> None:
    with pytest.raises(NoteError):
        Policy.parse(wrong)
    assert Policy.parse("quorum none\n").holds([])
