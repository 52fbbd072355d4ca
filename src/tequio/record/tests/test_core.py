import base64
import json
import random
import unicodedata
from pathlib import Path

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tequio.record.core import canon, disclose, merkle, note, tiles
from tequio.record.core.checkpoint import Checkpoint
from tequio.record.core.proof import Proof

VECTORS = Path(__file__).parent / "vectors"


def vectors(name: str) -> dict:
    return json.loads((VECTORS / f"{name}.json").read_text())


def b64(value: str | None) -> bytes:
    return base64.b64decode(value or "")


# --- canonical JSON ---------------------------------------------------------------------------------------------

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"])).map(lambda s: unicodedata.normalize("NFC", s))
values = st.recursive(
    texts | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1),
    lambda inner: st.lists(inner) | st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True), inner),
    max_leaves=20,
)


@given(values)
def test_inside_the_profile_the_bytes_are_those_of_rfc_8785(value):
    assert canon.encode(value) == rfc8785.dumps(value)
    assert canon.decode(canon.encode(value)) == value


@pytest.mark.parametrize("case", vectors("jcs")["cases"], ids=lambda case: case["name"])
def test_the_published_cases_outside_the_profile_are_refused(case):
    value = json.loads(case["input"])
    assert rfc8785.dumps(value).decode() == case["output"]  # the judge agrees with the published bytes
    with pytest.raises(ValueError, match="is not of the form"):
        canon.encode(value)  # their keys are no names of ours
    assert canon.encode(list(value)) == rfc8785.dumps(list(value))


@pytest.mark.parametrize(
    "value",
    [
        *(
            1.0,
            1e-6,
            float("nan"),
            None,
            2**53,
            -(2**53),
            "\ud800",
            "A\u030a",
            b"x",
            {1: 2},
            {"A": 1},
            {"\U0001f600": 1},
        ),
        *({"a\n": 1}, {"": 1}, {"ok": [{"deep": 0.5}]}, (1, 2), {1}, pytest.param(object(), id="object")),
    ],
    ids=repr,
)
def test_outside_the_profile_nothing_is_written(value):
    with pytest.raises(ValueError, match=r"^\$"):
        canon.encode(value)


def test_a_refusal_names_the_place():
    with pytest.raises(ValueError, match=r"^\$\.state\.money\[1\]: float"):
        canon.encode({"state": {"money": [1, 1.5]}})


# --- tree -------------------------------------------------------------------------------------------------------


def test_leaf_node_and_root_hashes_are_those_of_rfc_6962():
    data = vectors("rfc6962_tree")
    found = {
        "empty_root": lambda case: merkle.root_of([]),
        "leaf": lambda case: merkle.leaf_hash(bytes.fromhex(case["data"])),
        "node": lambda case: merkle.node_hash(bytes.fromhex(case["left"]), bytes.fromhex(case["right"])),
    }
    assert [found[case["kind"]](case).hex() for case in data["hasher"]] == [case["want"] for case in data["hasher"]]
    leaves = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in data["leaves"]]
    assert [merkle.root_of(leaves[:n]).hex() for n in range(1, 9)] == data["root_by_size"]


@pytest.mark.parametrize("probe", vectors("rfc6962_probes")["inclusion"], ids=lambda probe: probe["name"])
def test_inclusion_proofs_hold_exactly_where_they_should(probe):
    holds = merkle.verify_inclusion(
        b64(probe["leafHash"]),
        probe["leafIdx"],
        probe["treeSize"],
        [b64(node) for node in probe["proof"] or []],
        b64(probe["root"]),
    )
    assert holds is not probe["wantErr"]


@pytest.mark.parametrize("probe", vectors("rfc6962_probes")["consistency"], ids=lambda probe: probe["name"])
def test_consistency_proofs_hold_exactly_where_they_should(probe):
    holds = merkle.verify_consistency(
        probe["size1"],
        probe["size2"],
        [b64(node) for node in probe["proof"] or []],
        b64(probe["root1"]),
        b64(probe["root2"]),
    )
    assert holds is not probe["wantErr"]


def test_every_proof_of_every_small_tree_holds_and_fails_elsewhere():
    leaves = [merkle.leaf_hash(bytes([n])) for n in range(33)]
    roots = [merkle.root_of(leaves[:n]) for n in range(34)]

    def node(level: int, index: int) -> bytes:
        return merkle.root_of(leaves[index << level : (index + 1) << level])

    for size in range(1, 34):
        assert merkle.root(node, size) == roots[size]
        for index in range(size):
            path = merkle.inclusion_proof(node, index, size)
            assert merkle.verify_inclusion(leaves[index], index, size, path, roots[size])
            assert not merkle.verify_inclusion(leaves[(index + 1) % 33], index, size, path, roots[size])
        for old in range(1, size + 1):
            path = merkle.consistency_proof(node, old, size)
            assert merkle.verify_consistency(old, size, path, roots[old], roots[size])
            assert old == size or not merkle.verify_consistency(old, size, path, roots[old - 1], roots[size])


@pytest.mark.parametrize(
    "call", [lambda n: merkle.inclusion_proof(n, 3, 3), lambda n: merkle.consistency_proof(n, 0, 3)]
)
def test_a_proof_of_what_is_not_in_the_tree_is_refused(call):
    with pytest.raises(ValueError, match=r"leaf|tree"):
        call(lambda level, index: bytes(32))


# --- tiles ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("index", "path"), [(0, "000"), (67, "067"), (1234067, "x001/x234/067"), (1000, "x001/000")])
def test_tile_addresses_are_those_of_c2sp(index, path):
    assert (tiles.index_path(index), tiles.parse_index(path)) == (path, index)


@pytest.mark.parametrize("path", ["", "67", "x000/067", "0067", "x001/x234", "-01", "x1/067", "٠٠١", "001/002"])
def test_other_writings_of_a_tile_address_are_refused(path):
    with pytest.raises(ValueError, match="not a tile address"):
        tiles.parse_index(path)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_bundles_give_their_entries_back(entries):
    data = tiles.bundle(entries)
    assert tiles.unbundle(data) == entries
    if data:
        with pytest.raises(ValueError, match="cut short"):
            tiles.unbundle(data + b"\x00")


def test_an_entry_beyond_sixteen_bits_fits_no_bundle():
    with pytest.raises(OverflowError):
        tiles.bundle([bytes(65_536)])


# --- notes, checkpoints, proofs ---------------------------------------------------------------------------------

SIGNER = note.Signer("prueba.example/registro", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


@pytest.mark.parametrize("case", vectors("signed_note")["cases"], ids=lambda case: case["vkey"].split("+")[0])
def test_published_notes_verify_under_their_keys(case):
    key = note.Verifier.parse(case["vkey"])
    assert key.vkey == case["vkey"]
    assert note.Note.parse(case["note"]).verified_by(key) == (key,)


def test_a_real_checkpoint_reads_as_origin_size_and_root():
    text = note.Note.parse(vectors("signed_note")["cases"][1]["note"]).text
    tree = Checkpoint.parse(text)
    assert (tree.origin, tree.size, tree.text) == ("go.sum database tree", 35225469, text)


def test_each_flipped_bit_of_a_note_is_found():
    text = note.sign("prueba.example/registro\n3\n" + base64.b64encode(bytes(32)).decode() + "\n", SIGNER)
    data = text.encode()
    accepted = []
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        try:
            if SIGNER.verifier in note.Note.parse(flipped.decode()).verified_by(SIGNER.verifier):
                accepted.append(bit)
        except ValueError:
            pass
    assert accepted == []


def test_an_unknown_signature_is_passed_over_and_a_wrong_one_of_a_known_key_is_an_error():
    other = note.Signer("otra.example/llave", Ed25519PrivateKey.from_private_bytes(bytes(32)))
    text = note.sign("uno\n", SIGNER, other)
    assert note.Note.parse(text).verified_by(other.verifier) == (other.verifier,)
    wrong = text.replace(SIGNER.line("uno\n"), SIGNER.line("dos\n"))
    with pytest.raises(note.NoteError, match="invalid signature"):
        note.Note.parse(wrong).verified_by(SIGNER.verifier)


def test_a_key_with_one_changed_character_is_refused():
    vkey = SIGNER.verifier.vkey
    assert note.Verifier.parse(vkey) == SIGNER.verifier
    for place in range(len(vkey)):
        with pytest.raises(note.NoteError):
            note.Verifier.parse(vkey[:place] + ("x" if vkey[place] != "x" else "y") + vkey[place + 1 :])


@pytest.mark.parametrize(
    "text", ["a\n1\nAA==\n", "a\n01\n{root}\n", "a\n-1\n{root}\n", "\n1\n{root}\n", "a\n1\n{root}"]
)
def test_malformed_checkpoints_are_refused(text):
    with pytest.raises(note.NoteError):
        Checkpoint.parse(text.format(root=base64.b64encode(bytes(32)).decode()))


def test_a_proof_stands_alone_and_holds_for_its_entry_only():
    entries = [f"acto {n}".encode() for n in range(300)]
    leaves = [merkle.leaf_hash(entry) for entry in entries]
    signed = note.sign(Checkpoint(SIGNER.name, 300, merkle.root_of(leaves)).text, SIGNER)

    def node(level: int, index: int) -> bytes:
        return merkle.root_of(leaves[index << level : (index + 1) << level])

    text = Proof(257, tuple(merkle.inclusion_proof(node, 257, 300)), signed, b"extra").encode()
    proof = Proof.parse(text)
    assert (proof.encode(), proof.extra) == (text, b"extra")
    assert proof.holds_for(entries[257], SIGNER.verifier)
    assert not proof.holds_for(entries[256], SIGNER.verifier)
    other = note.Signer("prueba.example/registro", Ed25519PrivateKey.from_private_bytes(bytes(32)))
    assert not proof.holds_for(entries[257], other.verifier)


def test_a_commitment_hides_its_value_behind_a_salt_and_fits_no_other():
    salt = random.Random(1).randbytes(16)
    assert disclose.commit(salt, "Rosa") == disclose.commit(salt, "Rosa")
    assert len({disclose.commit(salt, "Rosa"), disclose.commit(salt, "Rosas"), disclose.commit(bytes(16), "Rosa")}) == 3
    assert (len(disclose.new_salt()), disclose.new_salt() != disclose.new_salt()) == (16, True)
    with pytest.raises(ValueError, match="16 bytes"):
        disclose.commit(b"corta", "Rosa")
