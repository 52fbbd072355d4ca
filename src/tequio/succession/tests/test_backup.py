"""Copies for daily use: one file, proven by putting it back."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tequio.commitments.models import Evidence
from tequio.people.models import Account
from tequio.places.actions import create_jurisdiction
from tequio.record import tree
from tequio.record.append import SYSTEM
from tequio.record.models import Act
from tequio.record.publish import publish
from tequio.record.sequence import tree_size
from tequio.record.verify import verify
from tequio.succession import dump
from tequio.succession.backup import backup, check, restore
from tests.cast import Cast


def test_a_copy_put_back_is_the_same_installation(
    host: Cast, destroyed: Callable[[], None], tmp_path: Path, settings: object
) -> None:
    file = tmp_path / "copia.tequio"
    copied = backup(file, with_keys=True)
    assert (copied.acts, copied.files, copied.keys) == (tree_size(), 1, ["log.key", "log.key.next"])
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(ValidationError, match="ya existe"):
        backup(file)
    before = {model._meta.label: list(dump.lines(model)) for model in dump.tables()}
    root, page = tree.root(tree_size()), Client().get("/valle-del-ejemplo/compromisos/agua-1/").content
    with pytest.raises(ValidationError, match="ya tiene contenido"):
        restore(file)
    destroyed()
    assert (Act.objects.count(), Account.objects.count()) == (0, 0)
    restore(file)
    assert {model._meta.label: list(dump.lines(model)) for model in dump.tables()} == before
    assert verify(state=True) == []
    assert (tree.root(tree_size()), Client().get("/valle-del-ejemplo/compromisos/agua-1/").content) == (root, page)
    assert Evidence.objects.get(blob__isnull=False).blob.path.read_bytes() == b"fuga,dias\n1,2\n"
    # Life goes on: new rows get keys of their own, and the log grows under the same key.
    create_jurisdiction(slug="nuevo", name="Nuevo", kind="municipality", by=SYSTEM)
    assert publish() is not None
    assert verify(state=True) == []


def test_a_copy_that_is_cut_or_changed_is_refused(people: Cast, tmp_path: Path) -> None:
    file = tmp_path / "copia.tequio"
    backup(file)
    assert check(file)["format"] == 1
    cut = tmp_path / "cortada"
    cut.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(ValidationError, match="cortada"):
        check(cut)
    changed = tmp_path / "cambiada"
    with tarfile.open(file) as old, tarfile.open(changed, "w:gz") as new:
        for info in old:
            data = old.extractfile(info).read()
            if info.name == "tables/people.account.jsonl":
                data = data.replace(b"paula", b"pilar", 1)
            info.size = len(data)
            new.addfile(info, io.BytesIO(data))
    with pytest.raises(ValidationError, match=r"people\.account"):
        restore(changed)
    with tarfile.open(file) as whole:
        assert "keys/log.key" not in whole.getnames()
