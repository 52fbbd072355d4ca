"""The host is destroyed. From what an ally holds, another host stands up on the other database, and the record goes on."""

import base64
import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from tequio.cli.suite import find_postgres
from tequio.witnesses.views import TOOL
from tests.journeys.installation import PLACE, Installation, Refused, copy_database, free_port

SECTORS = {"universidad": "academia", "vecinas": "cso", "camara": "business"}


class Ally:
    """An organisation with the stand-alone program, each run a process of its own."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder

    def run(self, *words: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-I", str(TOOL), "--carpeta", str(self.folder), *words],
            capture_output=True,
            text=True,
            env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def good(self, *words: str) -> str:
        code, said = self.run(*words)
        assert code == 0, said
        return said


def page(url: str) -> str:
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=30) as answer:
        return str(answer.read().decode())


@pytest.fixture
def other_engine() -> Iterator[str]:
    """An empty database on PostgreSQL, or nothing where no server answers."""
    server = find_postgres()
    if not server:
        yield ""
        return
    name = f"tequio_succession_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        line.execute(f"CREATE DATABASE {name}")
        yield server.rpartition("/")[0] + f"/{name}"
        line.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def installation() -> Iterator[Callable[..., Installation]]:
    """Starts installations, and ends them with the test."""
    made: list[Installation] = []

    def begin(*words: Any) -> Installation:
        made.append(Installation(*words))
        made[-1].start()
        return made[-1]

    yield begin
    for one in made:
        one.kill()


@pytest.mark.once
def test_a_record_outlives_its_host_and_a_fork_of_it_is_refused(
    tmp_path: Path, db: None, other_engine: str, installation: Callable[..., Installation]
) -> None:
    copy_database(Path(connection.settings_dict["NAME"]), tmp_path / "host")
    # The house that will follow: another address, another engine, nothing in it.
    heir = installation(tmp_path / "heir", free_port(), other_engine)
    heir.send("run", "migrate", "--verbosity", "0")
    host = installation(tmp_path / "host", free_port())
    host.do("fill")
    allies = [Ally(name, tmp_path / name) for name in SECTORS]
    for ally in allies:
        said = ally.good("preparar", "--registro", host.url, "--nombre", f"{ally.name}.ejemplo/testigo")
        host.do("join", ally.name.title(), SECTORS[ally.name], said.split()[-1])
    host.do("seal")
    school, neighbours, chamber = allies
    for ally in allies:
        ally.good("atestiguar")
    # An old copy, as an operator makes one, with the keys in it.
    copy_database(tmp_path / "host/tequio.sqlite3", tmp_path / "old")
    shutil.copytree(tmp_path / "host/keys", tmp_path / "old/keys")

    host.do("grow", "huerta")
    host.do("seal_state")
    for ally in (school, neighbours):
        ally.good("atestiguar")
    assert "Espejo: " in chamber.good("espejo")
    before = host.do("stand")
    assert (before["faults"], before["attested"]) == ([], before["size"])
    bundle, policy = chamber.folder / "paquete", chamber.folder / "politica"
    host.do("run", "succession", "export", str(bundle))
    policy.write_text(page(f"{host.url}/registro/politica"))
    first = page(f"{host.url}/registro/llaves").split()[0]
    host.destroy()

    # Somebody brings the old copy back, with the real keys, at the same address, and goes on from there.
    fork = installation(tmp_path / "old", host.port)
    size = fork.do("grow", "otra")
    while size < before["size"]:
        size = fork.do("grow", f"otra-{size}")
    code, said = school.run("atestiguar")
    assert (code, "ALERTA" in said, len(list((school.folder / "contradicciones").iterdir()))) == (1, True, 1), said
    stand = fork.do("stand")
    assert (stand["forked"], "El registro está en pausa" in page(f"{fork.url}/{PLACE}/")) == (True, True)
    stolen = page(f"{fork.url}/registro/checkpoint")
    fork.destroy()

    # The lawful successor: from the bundle of an ally, judged by the policy that the ally kept.
    heir.answer()
    told = heir.do("run", "succession", "restore", str(bundle), "--policy", str(policy), "--pages")
    assert "Todo coincide" in told, told
    assert ("páginas iguales" in told, told.count("✗")) == (True, 0), told
    after = heir.do("stand")
    assert (after["faults"], after["size"]) == ([], before["size"] + 1)  # and the first act of this house
    same = heir.do("run", "succession", "identity", str(bundle))
    assert (same.count("igual"), "DISTINTA" in same) == (2, False), same
    # Every key went down with the host: the witnesses name the next.
    assert heir.do("seal") == 0
    letter = tmp_path / "carta"
    heir.do("run", "record", "keys", "note", str(letter), "--reason", "Se extinguió el instituto.")
    lines = [ally.good("sucesion", str(letter), "--acepto").splitlines()[-1] for ally in (school, neighbours)]
    text = letter.read_text()
    letter.write_text(f"{text}{lines[0]}\n")
    with pytest.raises(Refused, match="no bastan las firmas"):
        heir.do("run", "record", "keys", "succeed", str(letter))
    letter.write_text(f"{text}{lines[0]}\n{lines[1]}\n")
    heir.do("run", "record", "keys", "succeed", str(letter))
    # Old witnesses come along: the same tree, further on, under a key that they can follow from the first act.
    for ally in allies:
        ally.good("mudar", heir.url)
    for ally in (school, neighbours):
        assert "cambió de llave" in ally.good("atestiguar")
    assert "Espejo: " in chamber.good("espejo")
    now = heir.do("stand")
    assert (now["faults"], now["attested"], now["size"] > after["size"]) == ([], now["size"], True)
    assert json.loads((school.folder / "visto.json").read_text())["root"] == now["root"]
    keys = page(f"{heir.url}/registro/llaves").split("\n")
    assert [line.split()[0] for line in keys if line][-1] == first
    assert "Todo coincide" in chamber.good("comprobar", str(chamber.folder / "espejo"), "--llave", first)
    # A seal that was made with the old key says nothing here any more, and stops nobody.
    text, _gap, _lines = stolen.partition("\n\n")
    assert base64.b64decode(text.split("\n")[2]).hex() != before["root"]
    request = urllib.request.Request(f"{heir.url}/registro/cosignatures", stolen.encode())
    with pytest.raises(urllib.error.HTTPError, match="422"):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request)
    assert heir.do("stand")["behind"] == 0
    assert heir.do("grow", "sigue") == now["size"] + 1
