"""All keys lost: witnesses, as many as the policy asks for, name the key that goes on with the same tree."""

import base64
import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from tequio.record import keyring, keys
from tequio.record.append import SYSTEM
from tequio.record.core.note import Note
from tequio.record.publish import publish
from tequio.record.verify import verify
from tequio.succession import handover
from tequio.succession.check import check
from tequio.succession.export import export
from tequio.witnesses.actions import join_witness
from tequio.witnesses.tests.test_witnesses import someone, tool
from tests.cast import Cast

TIME = 1_800_000_000


def test_witnesses_name_the_next_key_when_all_are_lost(host: Cast, tmp_path: Path) -> None:
    school, neighbours, stranger = someone(1), someone(2), someone(3)
    for ally, sector in ((school, "academia"), (neighbours, "cso")):
        join_witness(name=ally.key.name, sector=sector, vkey=ally.key.vkey, by=SYSTEM)
    publish()
    first = keyring.log_key()
    with pytest.raises(ValidationError, match="no hace falta carta"):
        handover.draft(reason="Se extinguió el instituto.")
    for path in (keys.path(), keys.path().with_name("log.key.next")):
        path.unlink()
    assert publish() is None
    letter = handover.draft(reason="Se extinguió el instituto.")
    text = letter[:-1]
    assert "Se extinguió el instituto." in text
    alone = letter + school.cosign(text, TIME) + stranger.cosign(text, TIME)
    with pytest.raises(ValidationError, match="no bastan las firmas"):
        handover.succeed(signed=alone)
    epoch = handover.succeed(signed=alone + neighbours.cosign(text, TIME))
    assert (epoch.how, epoch.key) == ("host.succeeded", keys.read(keys.path()).verifier)
    seal = publish()
    assert seal is not None
    assert Note.parse(seal.note).verified_by(epoch.key, first) == (epoch.key,)
    assert verify(state=True) == []
    export(tmp_path / "paquete")
    found = check(tmp_path / "paquete")
    assert ([one.how for one in found.epochs], found.faults) == (["log.started", "host.succeeded"], [])
    # And from the new key on, rotation as ever.
    assert keyring.rotate().how == "key.rotated"


def test_an_ally_signs_the_letter_with_the_stand_alone_program(
    host: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program, place = tool(), tmp_path / "testigo"
    folder = program.Folder(place)
    seed = bytes([9]) * 32
    place.mkdir()
    (place / "llave-secreta").write_text(base64.b64encode(seed).decode())
    said = {"url": "http://x", "name": "aliada9.ejemplo/testigo", "log": keyring.log_key().vkey}
    (place / "testigo.json").write_text(json.dumps(said))
    join_witness(
        name="Aliada", sector="cso", vkey=program.vkey_of(said["name"], 4, program.public_key(seed)), by=SYSTEM
    )
    seal = publish()
    assert seal is not None
    folder.remember(seal.size, bytes.fromhex(seal.root), seal.note)
    for path in (keys.path(), keys.path().with_name("log.key.next")):
        path.unlink()
    letter = tmp_path / "carta"
    letter.write_text(handover.draft(reason="Se perdió el equipo."))
    words = ["--carpeta", str(place), "sucesion", str(letter)]
    assert program.main(words) == 0
    assert "\u2014" not in capsys.readouterr().out
    assert program.main([*words, "--acepto"]) == 0
    line = capsys.readouterr().out.splitlines()[-1]
    assert handover.succeed(signed=letter.read_text() + line + "\n").how == "host.succeeded"
    other = tmp_path / "otra"
    other.write_text(letter.read_text().replace(f"\n{seal.size}\n", f"\n{seal.size - 1}\n"))
    assert program.main([*words[:-1], str(other)]) == 2
