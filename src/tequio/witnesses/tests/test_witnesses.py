"""Allies who confirm the record: from nothing to a confirmed seal, with the program that they run."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client

from tequio.places.actions import create_jurisdiction
from tequio.record import attest, tree
from tequio.record.append import Actor
from tequio.record.core.cosignature import Witness as Cosigner
from tequio.record.core.note import Note
from tequio.record.core.policy import Policy
from tequio.record.core.proof import Proof
from tequio.record.core.witness import Seen
from tequio.record.models import Act, Checkpoint, Leaf
from tequio.record.publish import publish
from tequio.record.verify import log_key, verify
from tequio.witnesses import actions, push, queries, views
from tequio.witnesses.models import Cosignature, Refusal, WatchedLog, Witness

BY = Actor(role="operator")


def tool() -> Any:
    """The stand-alone program as a module of its own."""
    spec = importlib.util.spec_from_file_location("testigo", views.TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def someone(seed: int, name: str = "") -> Cosigner:
    return Cosigner(name or f"aliada{seed}.ejemplo/testigo", Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


def grow(n: int) -> Checkpoint:
    """A seal over a record that grew by at least one act."""
    create_jurisdiction(slug=f"lugar-{n}", name=f"Lugar {n}", kind="municipality", by=BY)
    seal = publish()
    assert seal is not None
    return seal


def join(seed: int, sector: str, **more: Any) -> Cosigner:
    ally = someone(seed)
    actions.join_witness(name=f"Aliada {seed}", sector=sector, vkey=ally.key.vkey, by=BY, **more)
    return ally


def signs(ally: Cosigner, seal: Checkpoint, time: int = 1_800_000_000) -> int:
    text = Note.parse(seal.note).text
    return actions.take_cosignatures(signed=f"{text}\n{ally.cosign(text, time)}")


def test_government_alone_confirms_nothing_and_two_sectors_outside_it_do(db: None) -> None:
    office, school, neighbours = join(1, "gov_executive"), join(2, "academia"), join(3, "cso")
    seal = grow(1)
    assert (signs(office, seal), queries.newest_attested()) == (1, None)
    assert (signs(school, seal), queries.newest_attested()) == (1, None)
    assert (signs(neighbours, seal), queries.newest_attested()) == (1, seal)
    assert signs(neighbours, seal, 1_800_000_999) == 0  # one line for each seal
    later = grow(2)
    assert queries.newest_attested() == seal
    proof = tree.proof(1)
    assert isinstance(proof, Proof)
    assert proof.checkpoint.count("\u2014") == 4  # the log's and three allies'
    assert proof.holds_for(bytes(Leaf.objects.get(position=1).act.entry), log_key())
    assert Client().get("/registro/checkpoint.atestiguado").content.decode() == attest.cosigned(seal)
    assert Client().get("/registro/checkpoint").content.decode() == later.note
    assert Policy.parse(Client().get("/registro/politica").content.decode()).quorum == "publico"
    assert verify() == []


def test_whoever_leaves_no_longer_counts_and_the_rule_is_an_act(db: None) -> None:
    ally = join(1, "cso")
    seal = grow(1)
    signs(ally, seal)
    assert queries.newest_attested() == seal
    with pytest.raises(ValidationError):
        actions.end_witness(witness=Witness.objects.get(), by=BY, why=" ")
    actions.end_witness(witness=Witness.objects.get(), by=BY, why="Perdió su llave.")
    assert queries.newest_attested() is None
    assert Act.objects.filter(kind="policy.set").count() == 2
    assert verify(state=True) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda text, line: "nada",
        lambda text, line: text,
        lambda text, line: f"{text}\n{line[:-3]}A\n",
        lambda text, line: f"{text.replace('registro', 'otro')}\n{line}",
        lambda text, line: f"{text}\n{someone(9).cosign(text, 1)}",
    ],
)
def test_what_is_no_cosignature_of_a_known_ally_on_a_seal_of_ours_is_refused(db: None, change: Any) -> None:
    ally, seal = join(1, "cso"), grow(1)
    text = Note.parse(seal.note).text
    answer = Client().post("/registro/cosignatures", change(text, ally.cosign(text, 7)), content_type="text/plain")
    assert (answer.status_code, Cosignature.objects.count()) == (422, 0)
    good = Client().post("/registro/cosignatures", f"{text}\n{ally.cosign(text, 7)}", content_type="text/plain")
    assert (good.status_code, good.content) == (200, b"1\n")
    assert Client().post("/registro/cosignatures", "x" * 30_000, content_type="text/plain").status_code == 413


@pytest.mark.tampers
def test_a_cosignature_that_was_changed_is_named(db: None) -> None:
    ally = join(1, "cso")
    signs(ally, grow(1))
    Cosignature.objects.update(time=5)
    assert [str(fault) for fault in verify()] == [
        f"firma de aliada-1 bajo el sello {Checkpoint.objects.get().pk}: no vale"
    ]


@pytest.mark.django_db(transaction=True)
def test_one_installation_confirms_another_with_a_server_and_refuses_what_did_not_grow(
    live_server: Any, settings: Any
) -> None:
    # The same installation stands for both sides: it watches a log with its own key under its own witness key.
    first = grow(1)
    WatchedLog.objects.create(origin=log_key().name, name="Nosotros mismos", vkey=log_key().vkey)
    own = actions.own_witness()
    actions.join_witness(name="Otro estado", sector="cso", vkey=own.key.vkey, by=BY, url=f"{live_server.url}/registro")
    witness = Witness.objects.get()
    assert push.push(witness, first) is True
    second = grow(2)
    Cosignature.objects.all().delete()  # we forgot what it had confirmed: its answer says from where to go on
    assert push.push(witness, second) is True
    assert WatchedLog.objects.get().size == second.size
    WatchedLog.objects.update(root="00" * 32)
    third = grow(3)
    assert push.push(witness, third) is False
    assert [(row.status, row.checkpoint) for row in Refusal.objects.all()] == [(422, third)]
    assert push.push_due() == 0
    place = "/lugar-1/registro/testigos/"
    assert "Otro estado rechazó el sello" in Client().get(place).content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_ally_goes_from_nothing_to_witness_and_mirror_with_one_file(
    live_server: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    testigo, folder = tool(), str(tmp_path / "testigo")

    def run(*words: str) -> tuple[int, str]:
        code = testigo.main(["--carpeta", folder, *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    assert run("atestiguar")[0] == 2  # nothing prepared
    first = grow(1)
    code, said = run("preparar", "--registro", live_server.url, "--nombre", "vecinas.ejemplo/testigo")
    vkey = said.strip().splitlines()[-1]
    assert (code, log_key().vkey in said) == (0, True)
    assert run("atestiguar")[0] == 2  # the portal does not know the key yet
    actions.join_witness(name="Vecinas", sector="cso", vkey=vkey, by=BY)
    first = publish()
    code, said = run("atestiguar")
    assert (code, said) == (0, f"Atestiguado: {first.size} actos. El portal recibió tu firma.\n")
    assert queries.newest_attested() == first
    # Each hour while nothing happens: what comes and goes is less than a megabyte a month.
    moved, fetch = [], testigo.fetch

    def weighed(url: str, body: bytes = b"") -> bytes:
        data = fetch(url, body or None)
        moved.append(len(body) + len(data))
        return bytes(data)

    monkeypatch.setattr(testigo, "fetch", weighed)
    assert run("atestiguar")[0] == 0
    assert 0 < 24 * 31 * sum(moved) < 1_000_000
    monkeypatch.setattr(testigo, "fetch", fetch)
    second = grow(2)
    code, said = run("espejo")
    assert (code, f"Espejo: {second.size} actos" in said) == (0, True), said
    code, said = run("comprobar", str(tmp_path / "testigo" / "espejo"))
    assert (code, f"Raíz: {second.root}" in said) == (0, True), said
    assert run("comprobar-impreso", str(second.size), second.root)[0] == 0
    assert run("comprobar-impreso", str(second.size), "00" * 32)[0] == 1
    # One byte of the copy changed: found, without a network.
    entries = next((tmp_path / "testigo" / "espejo" / "registro" / "tile" / "entries").rglob(str(second.size)))
    entries.write_bytes(entries.read_bytes().replace(b"Lugar 1", b"Lugar 9"))
    assert run("comprobar", str(tmp_path / "testigo" / "espejo"))[0] == 1
    # A log that tells another story is refused, and the proof is kept.
    seen = tmp_path / "testigo" / "visto.json"
    seen.write_text(json.dumps({"size": second.size, "root": "11" * 32}))
    code, said = run("atestiguar")
    assert (code, said.startswith("ALERTA: ")) == (1, True)
    assert len(list((tmp_path / "testigo" / "contradicciones").iterdir())) == 1


def test_the_program_signs_and_checks_as_the_library_does() -> None:
    testigo = tool()
    seed = bytes(range(32))
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = testigo.public_key(seed)
    assert public == private.public_key().public_bytes_raw()
    for message in (b"", b"uno", bytes(200)):
        signature = private.sign(message)
        assert testigo.sign(seed, message) == signature
        assert testigo.verifies(public, message, signature)
        for place in (0, 31, 32, 63):
            wrong = signature[:place] + bytes([signature[place] ^ 1]) + signature[place + 1 :]
            assert not testigo.verifies(public, message, wrong)


def test_pages_of_witnesses_say_what_is_so(cast: Any) -> None:
    page = Client().get("/valle-del-ejemplo/registro/testigos/").content.decode()
    assert "Todavía no hay testigos." in page
    operator = Client()
    operator.force_login(cast.operator, backend="django.contrib.auth.backends.ModelBackend")
    ally = someone(1)
    wrong = operator.post("/mi/testigos/nuevo/", {"name": "Vecinas", "sector": "cso", "kind": "witness", "vkey": "x"})
    assert (wrong.status_code, "Esta no es la llave pública" in wrong.content.decode()) == (422, True)
    done = operator.post(
        "/mi/testigos/nuevo/", {"name": "Vecinas", "sector": "cso", "kind": "witness", "vkey": ally.key.vkey}
    )
    assert done.status_code == 302
    with transaction.atomic():
        signs(ally, publish())
    page = Client().get("/valle-del-ejemplo/registro/testigos/").content.decode()
    assert "1 de 1 aliado confirmó el último sello" in page
    assert actions.own_witness().key.name.endswith("/testigo")
    assert Seen().size == 0
