"""A database put back from an old copy: nothing is written until its own tail is back, and there is no fork."""

import http.server
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tequio.monitoring import actions as monitoring
from tequio.observations.actions import withdraw
from tequio.observations.models import Observation
from tequio.people.actions import create_organisation
from tequio.people.models import Person
from tequio.places.actions import create_jurisdiction
from tequio.places.models import Jurisdiction
from tequio.record import hold, keyring, keys, tree
from tequio.record.append import SYSTEM, Actor
from tequio.record.core import merkle
from tequio.record.models import Act, Checkpoint, Disclosure
from tequio.record.publish import publish
from tequio.record.sequence import sequence, tree_size
from tequio.record.verify import verify
from tequio.succession.backup import backup, restore
from tequio.succession.export import export
from tequio.succession.recover import look, recover
from tests.cast import Cast


def activity_page(size: int) -> str:
    """The page whose decision was annulled, without how many acts and which seal the record has."""
    text = Client().get("/valle-del-ejemplo/actividades/1/").text
    assert "Faltó una firma" in text
    return re.sub(rf"\b{size}\b", "N", text)


def test_a_database_set_back_a_hundred_acts_waits_recovers_and_goes_on(
    host: Cast, destroyed: Callable[[], None], tmp_path: Path, settings: object
) -> None:
    old, contacts = tmp_path / "copia", Person.objects.exclude(email="").count()
    backup(old)
    size = tree_size()
    here = host.valle.jurisdiction
    for n in range(98):
        create_organisation(jurisdiction=here, name=f"Vecindad {n}", slug=f"vecindad-{n}", sector="cso", by=SYSTEM)
    monitoring.annul_decision(decision=host.valle.decision, reason="Faltó una firma.", by=Actor(role="committee"))
    publish()
    export(tmp_path / "aliado")
    grown, root = tree_size(), tree.root(tree_size())
    assert grown >= size + 100
    page = activity_page(grown)
    destroyed()
    restore(old)
    assert tree_size() == size
    # An act that slips in before anybody looked, and that nobody has seen.
    create_jurisdiction(slug="fantasma", name="Fantasma", kind="municipality", by=SYSTEM)
    sequence()
    settings.RECORD_MIRRORS = [str(tmp_path / "aliado")]
    assert look(force=True) == hold.Behind(str(tmp_path / "aliado"), grown)
    with pytest.raises(ValidationError, match="en pausa"):
        create_organisation(jurisdiction=here, name="No", slug="no", sector="cso", by=SYSTEM)
    assert publish() is None
    assert "El registro está en pausa" in Client().get("/valle-del-ejemplo/").text
    done = recover(str(tmp_path / "aliado"))
    assert (done.n, done.size, done.lost, len(done.dropped)) == (grown - size, grown, [], 1)
    assert tree.root(grown) == root
    assert [str(fault) for fault in verify(state=True)] == []
    assert not Jurisdiction.objects.filter(slug="fantasma").exists()
    assert activity_page(tree_size()) == page
    assert Person.objects.exclude(email="").count() == contacts  # what is private stayed
    seal = Checkpoint.objects.latest("id")
    assert seal.size > grown
    proof = tree.consistency(grown, seal.size)
    assert merkle.verify_consistency(grown, seal.size, proof, root, bytes.fromhex(seal.root))
    assert hold.behind() is None
    with pytest.raises(ValidationError, match="nada que recuperar"):
        recover(str(tmp_path / "aliado"))


class _Here(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """The folder ``aliado/data`` behind any web server."""
    handler = partial(_Here, directory=tmp_path / "aliado/data")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_was_erased_since_the_copy_does_not_come_back_and_the_tail_may_come_over_http(
    host: Cast, destroyed: Callable[[], None], tmp_path: Path, settings: object, web: str
) -> None:
    old, words = tmp_path / "copia", host.valle.observation.text
    backup(old)
    withdraw(observation=host.valle.observation)
    publish()
    export(tmp_path / "aliado")
    grown, root = tree_size(), tree.root(tree_size())
    destroyed()
    restore(old)
    here = Observation.objects.filter(jurisdiction__slug="valle-del-ejemplo")
    assert here.get().text == words
    settings.RECORD_MIRRORS = [web]
    assert look(force=True) == hold.Behind(web, grown)
    done = recover(web)
    assert (done.lost, tree.root(grown)) == ([], root)
    assert (here.get().text, Disclosure.objects.filter(value=words, on__startswith="valle").count()) == ("", 0)
    assert words not in Client().get("/valle-del-ejemplo/observaciones/1/").text
    assert [str(fault) for fault in verify(state=True)] == []
    # An address where nobody is says nothing, and stops nothing.
    settings.RECORD_MIRRORS = ["http://127.0.0.1:9/"]
    assert look(force=True) is None


def test_a_seal_under_another_story_is_a_fork_that_nothing_mends(
    host: Cast, destroyed: Callable[[], None], tmp_path: Path, settings: object
) -> None:
    old = tmp_path / "copia"
    backup(old)
    for n in (1, 2):
        create_jurisdiction(slug=f"uno-{n}", name="Uno", kind="municipality", by=SYSTEM)
    publish()
    export(tmp_path / "aliado")
    destroyed()
    restore(old)
    for n in (1, 2, 3):
        create_jurisdiction(slug=f"dos-{n}", name="Dos", kind="municipality", by=SYSTEM)
    publish()
    settings.RECORD_MIRRORS = [str(tmp_path / "aliado")]
    found = look(force=True)
    assert found is not None
    assert found.forked
    before = Act.objects.count()
    with pytest.raises(ValidationError, match="dos historias"):
        recover(str(tmp_path / "aliado"))
    assert (Act.objects.count(), hold.behind()) == (before, found)


def test_a_stranger_cannot_stop_the_portal(host: Cast, tmp_path: Path, settings: object) -> None:
    export(tmp_path / "ajeno")
    note = tmp_path / "ajeno/data/registro/checkpoint"
    note.write_text(note.read_text().replace(str(tree_size()), str(tree_size() + 50), 1))
    settings.RECORD_MIRRORS = [str(tmp_path / "ajeno")]
    assert (look(force=True), hold.behind()) == (None, None)


def test_keys_follow_one_another_and_a_thief_names_no_successor(host: Cast, settings: object) -> None:
    first, size = keyring.log_key(), tree_size()
    announced = keys.path().with_name("log.key.next")
    keep = announced.read_text()
    announced.unlink()
    keys.make(announced)
    with pytest.raises(ValidationError, match="no es la llave que el registro anunció"):
        keyring.rotate()
    announced.unlink()
    keys.make(announced)
    announced.write_text(keep)
    epoch = keyring.rotate()
    seal = publish()
    assert seal is not None
    assert (epoch.start, keyring.log_key() != first, seal.note.count("\u2014")) == (size, True, 2)
    assert verify(state=True) == []
    lines = Client().get("/registro/llaves").text.splitlines()
    assert [line.split()[0] for line in lines] == [keyring.log_key().vkey, first.vkey]
    keys.path().unlink()
    assert publish() is None  # the one before signs nothing alone
