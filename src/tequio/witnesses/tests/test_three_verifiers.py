"""One proof, three verifiers written apart: the core in Python, the allies' program of one file, the reader's browser."""

import base64
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tequio.record import attest, keyring, tree
from tequio.record.core import cosignature
from tequio.record.core.note import Note, NoteError, Verifier
from tequio.record.core.policy import Policy
from tequio.record.core.proof import Proof
from tequio.record.models import Act
from tequio.record.verify import log_key
from tequio.witnesses.tests.test_witnesses import grow, join, signs, tool

SCRIPT = Path(attest.__file__).parent / "static" / "record" / "verify.js"
RUN = """async ([entry, proof, key, policy, older]) =>
  tequioVerify(Uint8Array.from(atob(entry), c => c.charCodeAt(0)), proof, key, policy, older)"""


def core_says(entry: bytes, proof: str, key: str, policy: str) -> bool:
    try:
        found = Proof.parse(proof)
        holds = found.holds_for(entry, Verifier.parse(key))
        cosignature.read(Note.parse(found.checkpoint), Policy.parse(policy).witnesses.values())
    except NoteError:
        return False
    return holds


def tool_says(entry: bytes, proof: str, key: str, policy: str) -> bool:
    program = tool()
    try:
        program.check_act(entry, proof, [key])
    except (program.Contradiction, ValueError):
        return False
    return True


def wrong_ones(entry: bytes, proof: str, key: str, other: bytes) -> dict[str, tuple[bytes, str, str]]:
    """The act, its proof and the key, each with one thing that is not right."""
    lines = proof.split("\n")
    path, size = lines[2], lines.index("") + 2
    dash = next(n for n, line in enumerate(lines) if line.startswith("\u2014"))
    signature = base64.b64decode(lines[dash].split(" ")[2])

    def line(number: int, text: str) -> str:
        return "\n".join([*lines[:number], text, *lines[number + 1 :]])

    def signed(data: bytes) -> str:
        return line(dash, f"{lines[dash].rsplit(' ', 1)[0]} {base64.b64encode(data).decode()}")

    unused = path[:-2] + chr(ord(path[-2]) + 1) + "="  # the same bytes, with an unused bit set
    name, _identity, raw = key.split("+", 2)
    return {
        "a letter of the act": (entry[:-2] + b" " + entry[-2:], proof, key),
        "another act": (other, proof, key),
        "another place": (entry, line(1, "index 0"), key),
        "a place with a zero before it": (entry, line(1, "index 01"), key),
        "a changed node": (entry, line(2, base64.b64encode(b"\1" * 32).decode()), key),
        "a missing node": (entry, "\n".join(lines[:2] + lines[3:]), key),
        "a node too many": (entry, line(2, f"{path}\n{path}"), key),
        "a short node": (entry, line(2, base64.b64encode(b"\1" * 31).decode()), key),
        "base64 that is not canonical": (entry, line(2, unused), key),
        "another size": (entry, line(size, str(int(lines[size]) + 1)), key),
        "another root": (entry, line(size + 1, base64.b64encode(b"\2" * 32).decode()), key),
        "another log": (entry, line(size - 1, "otro.ejemplo/registro"), key),
        "a signature with one bit more": (entry, signed(signature[:-1] + bytes([signature[-1] ^ 1])), key),
        "a short signature": (entry, signed(signature[:-1]), key),
        "no signature": (entry, "\n".join(lines[:dash] + lines[dash + 1 :]), key),
        "no header": (entry, "\n".join(lines[1:]), key),
        "nothing": (entry, "", key),
        "a key with another id": (entry, proof, f"{name}+{'0' * 8}+{raw}"),
        "another key": (entry, proof, Verifier(name, b"\3" * 32).vkey),
    }


@pytest.mark.browser
def test_core_program_and_browser_agree_about_every_proof(db: None, browser: Any, tmp_path: Path) -> None:
    school, neighbours = join(1, "academia"), join(2, "cso")
    seal = grow(1)
    signs(school, seal)
    key, policy = log_key().vkey, attest.policy()
    page = browser.new_page()
    blank = tmp_path / "a.html"
    blank.write_text("<title>a</title>")
    page.goto(blank.as_uri())
    page.add_script_tag(content=SCRIPT.read_text("utf-8"))

    def browser_says(entry: bytes, proof: str, key: str, policy: str) -> dict[str, Any]:
        return page.evaluate(RUN, [base64.b64encode(entry).decode(), proof, key, policy])

    rows = list(Act.objects.filter(numbered__isnull=False).order_by("numbered__position"))
    entries = [bytes(row.entry) for row in rows]
    for number, entry in enumerate(entries):
        proof = tree.proof(number).encode()
        said = browser_says(entry, proof, key, policy)
        assert said == {"ok": True, "index": number, "size": len(rows), "confirmed": 1, "witnesses": 2}
        assert (core_says(entry, proof, key, policy), tool_says(entry, proof, key, policy)) == (True, True)
    proof = tree.proof(1).encode()
    said = {
        what: (core_says(*case, policy), tool_says(*case, policy), browser_says(*case, policy)["ok"])
        for what, case in wrong_ones(entries[1], proof, key, entries[2]).items()
    }
    assert {what: says for what, says in said.items() if any(says)} == {}
    # After a change of keys, the first one counts for the trees that it signed, and for no larger one.
    new, older = (
        f"{key.split('+')[0]}+{Verifier(key.split('+')[0], bytes(32)).vkey.split('+', 1)[1]}",
        f"{key} {len(rows)}",
    )
    call = [base64.b64encode(entries[1]).decode(), proof, new, policy]
    assert page.evaluate(RUN, [*call, older])["ok"]
    assert page.evaluate(RUN, [*call, f"{key} {len(rows) - 1}"]) == {"ok": False, "step": "signature"}
    # A witness's line that is not of this seal: whoever knows the witness refuses it.
    moved = neighbours.cosign("otro.ejemplo/registro\n1\nAAAA\n", 1_800_000_000)
    assert not core_says(entries[1], proof + moved, key, policy)
    assert browser_says(entries[1], proof + moved, key, policy) == {"ok": False, "step": "witness"}
    page.close()


def test_a_proof_stays_as_it_is_when_the_record_grows_and_the_key_changes(
    db: None, settings: Any, tmp_path: Path
) -> None:
    settings.RECORD_KEY_FILE = tmp_path / "keys" / "log.key"
    seal = grow(1)
    act = Act.objects.get(jurisdiction="lugar-1")
    at, entry = f"/lugar-1/registro/actos/{act.numbered.position}", bytes(act.entry)
    first, proof = log_key().vkey, Client().get(f"{at}.tlog-proof").text
    keyring.rotate()
    grow(2)
    assert Client().get(f"{at}.tlog-proof").text == proof
    assert f"<template data-key>{first}</template>" in Client().get(f"{at}/").text
    # A wider tree, tiles that grew: the path to the old root is read as it was.
    for n in range(3, 7):
        grow(n)
    assert Client().get(f"{at}.tlog-proof").text == proof
    page = Client().get("/lugar-1/registro/verificar/").text
    assert f"<template data-older>{first} {keyring.log_keys()[1].start}</template>" in page
    assert seal.size <= keyring.log_keys()[1].start
    program = tool()
    program.check_act(entry, proof, [log_key().vkey, first])
    with pytest.raises(program.Contradiction, match="no es la de la llave"):
        program.check_act(entry, proof, [log_key().vkey])


def test_the_page_of_an_act_carries_all_that_its_check_needs(db: None) -> None:
    grow(1)
    act = Act.objects.get(jurisdiction="lugar-1")
    at = f"/lugar-1/registro/actos/{act.numbered.position}"
    page = Client().get(f"{at}/").content.decode()
    assert f"<template data-entry>{base64.b64encode(bytes(act.entry)).decode()}</template>" in page
    assert f"<template data-proof>{Client().get(f'{at}.tlog-proof').content.decode()}</template>" in page
    assert f"<template data-key>{log_key().vkey}</template>" in page
    empty = Client().get("/lugar-1/registro/verificar/").content.decode()
    assert log_key().vkey in empty
