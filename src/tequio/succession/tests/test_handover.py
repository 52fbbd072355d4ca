"""All keys lost: witnesses, as many as the policy asks for, name the key that goes on with the same tree."""

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
from tequio.witnesses.tests.test_witnesses import someone
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
