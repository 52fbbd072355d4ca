"""The private hand-over: only the successor's key opens it, and the record says that it was made, not who is in it."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from tequio.people.models import Account, Person
from tequio.record.models import Act
from tequio.record.verify import verify
from tequio.succession import accounts
from tests.cast import Cast

BASIS = "Acuerdo de extinción de ejemplo, artículo transitorio segundo"


def test_people_come_back_with_the_successors_key_alone(host: Cast, tmp_path: Path) -> None:
    key, other, sealed = tmp_path / "llave", tmp_path / "otra", tmp_path / "entrega.age"
    recipient = accounts.make_key(key)
    accounts.make_key(other)
    before = {
        (person.name, person.account.email)
        for person in Person.objects.exclude(roles=None).exclude(account=None).select_related("account")
        if person.account
    }
    done = accounts.hand_over(path=sealed, recipient=recipient, basis=BASIS)
    raw = sealed.read_bytes()
    assert (done.people >= len(before) > 0, sealed.stat().st_mode & 0o077) == (True, 0)
    said = json.loads(bytes(Act.objects.get(kind="accounts.handed_over").entry))
    assert said["state"] == {"basis": BASIS, "people": done.people, "recipient": recipient, "sha256": done.sha256}
    assert not any(email.encode() in raw or email in json.dumps(said) for _name, email in before)
    # Another house: the roles are there, the people are not.
    Person.objects.update(account=None, email="")
    Account.objects.all().delete()
    with pytest.raises(ValidationError, match="no abre este archivo"):
        accounts.receive(path=sealed, key=other)
    assert Account.objects.count() == 0
    for _time in range(2):  # a second time changes nothing
        accounts.receive(path=sealed, key=key)
    people = Person.objects.exclude(roles=None).exclude(account=None).select_related("account")
    assert {(person.name, person.account.email) for person in people if person.account} == before
    assert verify(state=True) == []


def test_without_a_key_a_basis_or_a_free_name_nothing_is_written(host: Cast, tmp_path: Path) -> None:
    key, taken = tmp_path / "llave", tmp_path / "ya-esta"
    recipient = accounts.make_key(key)
    taken.write_text("de otra cosa")
    acts, files = Act.objects.count(), sorted(tmp_path.iterdir())
    for path, to, basis in (
        (tmp_path / "a", "age1nada", BASIS),
        (tmp_path / "b", recipient, " "),
        (taken, recipient, BASIS),
    ):
        with pytest.raises(ValidationError):
            accounts.hand_over(path=path, recipient=to, basis=basis)
    assert (sorted(tmp_path.iterdir()), Act.objects.count()) == (files, acts)
    with pytest.raises(ValidationError, match="Ya hay una llave"):
        accounts.make_key(key)


def test_the_command_says_what_to_send_and_what_was_done(
    host: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, sealed = tmp_path / "llave", tmp_path / "entrega.age"
    call_command("accounts", "key", str(key))
    recipient = capsys.readouterr().out.split()[-1]
    call_command("accounts", "hand-over", str(sealed), "--to", recipient, "--basis", BASIS)
    call_command("accounts", "receive", str(sealed), "--key", str(key))
    assert "Ya pueden entrar" in capsys.readouterr().out
