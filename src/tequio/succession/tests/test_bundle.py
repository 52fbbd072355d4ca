"""The bundle: whole, checkable by others, without anything private; and a portal again on the other side."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tequio.commitments.models import Draft
from tequio.monitoring.models import ReportDraft
from tequio.notices.models import Follower
from tequio.people.models import Account, Person
from tequio.record import tree
from tequio.record.models import Checkpoint
from tequio.record.sequence import tree_size
from tequio.record.verify import verify
from tequio.succession.check import check
from tequio.succession.export import export
from tequio.succession.identity import compare
from tequio.succession.restore import restore
from tests.canary import hits, plant
from tests.cast import Cast

PAGES = (
    "/",
    "/valle-del-ejemplo/",
    "/valle-del-ejemplo/tablero/",
    "/valle-del-ejemplo/planes/1/",
    "/valle-del-ejemplo/compromisos/agua-1/",
    "/en/valle-del-ejemplo/compromisos/agua-1/",
    "/valle-del-ejemplo/actividades/1/",
    "/otro-lugar/actividades/1/",
    "/valle-del-ejemplo/instituciones/agua/",
    "/valle-del-ejemplo/instituciones/",
    "/valle-del-ejemplo/comite/",
    "/valle-del-ejemplo/observaciones/",
    "/valle-del-ejemplo/registro/",
    "/valle-del-ejemplo/registro/actos/20/",
    "/valle-del-ejemplo/registro/testigos/",
    "/valle-del-ejemplo/numeros/",
    "/valle-del-ejemplo/datos/compromisos.csv",
    "/valle-del-ejemplo/datos/actividades.csv",
    "/valle-del-ejemplo/datos/planes/1.json",
)


def pages() -> dict[str, tuple[int, str]]:
    found = {}
    for address in PAGES:
        response = Client().get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found[address] = (response.status_code, body.decode())
    return found


@pytest.fixture
def bundle(host: Cast, tmp_path: Path) -> Path:
    folder = tmp_path / "paquete"
    export(folder)
    return folder


def test_a_bundle_becomes_the_same_portal_elsewhere(bundle: Path, destroyed: Callable[[], None], settings: Any) -> None:
    done = check(bundle)
    assert (done.faults, done.size, done.files) == ([], tree_size(), 1)
    before, root, seals = pages(), tree.root(tree_size()), Checkpoint.objects.count()
    assert {status for status, _body in before.values()} == {200}, {a: s for a, (s, _b) in before.items() if s != 200}
    assert compare(bundle, None).holds
    with pytest.raises(ValidationError, match="ya tiene contenido"):
        restore(bundle)
    destroyed()
    came = restore(bundle, announce=False)
    assert came.lost == []
    assert (came.size, tree.root(came.size), Checkpoint.objects.count()) == (done.size, root, seals)
    assert [str(fault) for fault in verify(state=True)] == []
    assert compare(bundle, None).holds
    after = pages()
    assert {address: after[address] for address in PAGES if after[address] != before[address]} == {}
    assert not Account.objects.exists()
    assert Person.objects.filter(account=None).exists()


def test_anybody_checks_a_bundle_with_python_alone_and_one_changed_byte_is_named(bundle: Path, tmp_path: Path) -> None:
    data = bundle / "data"
    ran = subprocess.run(
        [sys.executable, "-I", str(data / "comprobar.py"), "comprobar", str(data)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, re.search(r"Raíz: (\w+)", ran.stdout)[1]) == (0, check(bundle).root), ran.stderr
    assert (data / "LEEME.md").read_text().count(str(check(bundle).size)) >= 1
    for name in ("registro/tile/entries/000.p/{n}", "registro/llaves", "registro/sellos.jsonl", "comprobar.py"):
        path = data / name.format(n=check(bundle).size)
        before = path.read_bytes()
        path.write_bytes(before[:-3] + bytes([before[-3] ^ 1]) + before[-2:])
        assert any(path.name in fault.what for fault in check(bundle).faults), name
        path.write_bytes(before)
    (data / "nuevo").write_text("x")
    assert [(f.what, f.how) for f in check(bundle).faults] == [("data/nuevo", "no está en la lista")]


@pytest.mark.tampers
def test_nothing_private_is_in_a_bundle(host: Cast, tmp_path: Path) -> None:
    Draft.objects.create(plan=host.valle.plan, commitment=host.valle.commitment, kind="commitment", document={"a": "b"})
    ReportDraft.objects.create(activity=host.valle.activity, document={"a": "b"})
    Follower.objects.create(jurisdiction=host.valle.jurisdiction, email="sigue@ejemplo.invalid")
    planted = plant({"documents.Blob.media_type"})  # that of a public file is public
    expected = {
        *("people.Account.email", "people.Person.email", "observations.Observation.email", "notices.Follower.email"),
        *("commitments.Draft.document", "monitoring.ReportDraft.document"),
    }
    assert expected - planted.keys() == set()
    export(tmp_path / "paquete")
    assert hits(tmp_path / "paquete", planted) == []
