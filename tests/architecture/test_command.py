"""The script ``./tequio`` under conditions that stop it: it says what to do, in one sentence of each language."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tequio.cli import main, overview, server
from tequio.cli.suite import find_postgres

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tequio"


def script(folder: Path, before: str, *words: str, path: str = "") -> subprocess.CompletedProcess[str]:
    """Runs a copy of the script in an empty folder, after a line of Python that sets the conditions."""
    copy = folder / "tequio"
    shutil.copy(SCRIPT, copy)
    for lock in ("requirements.txt", "requirements-dev.txt"):
        (folder / lock).write_text("nothing-that-exists==0 --hash=sha256:" + "0" * 64 + "\n")
    run = f"import runpy; runpy.run_path({str(copy)!r}, run_name='__main__')"
    code = f"import sys; sys.argv={[str(copy), *words]!r}; {before}; {run}"
    environment = {
        "PATH": path,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "PIP_RETRIES": "0",
    }
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)


def test_an_old_python_is_named_and_the_way_out_said(tmp_path: Path) -> None:
    done = script(tmp_path, "sys.version_info = (3, 8, 1)", "up")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Tequio necesita Python 3.11, 3.12 o 3.13 y aquí hay 3.8: instálalo (en Debian o Ubuntu: "
        "«sudo apt install python3 python3-venv») y repite la orden.",
        "Tequio needs Python 3.11, 3.12 or 3.13 and found 3.8: install it (on Debian or Ubuntu: "
        "'sudo apt install python3 python3-venv') and run the command again.",
    ]


def test_an_old_python_hands_over_to_a_newer_one_on_the_path(tmp_path: Path) -> None:
    other = tmp_path / "python3.12"
    other.write_text('#!/bin/sh\necho "newer: $2"\n')
    other.chmod(0o755)
    done = script(tmp_path, "sys.version_info = (3, 8, 1)", "help", path=str(tmp_path))
    assert (done.returncode, done.stdout) == (0, "newer: help\n")


def test_the_script_can_be_read_by_a_python_that_is_too_old() -> None:
    import ast

    ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 6))


def test_a_missing_venv_module_is_named_with_its_package(tmp_path: Path) -> None:
    done = script(tmp_path, "sys.modules['ensurepip'] = None", "up")
    package = f"python3.{sys.version_info.minor}-venv"
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"A este Python le falta el módulo venv: instálalo con «sudo apt install {package}» y repite la orden.",
        f"This Python lacks the venv module: install it with 'sudo apt install {package}' and run the command again.",
    ]


def test_without_network_it_says_to_connect(tmp_path: Path) -> None:
    done = script(tmp_path, "pass", "up")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "No pude descargar los paquetes: conéctate a internet (o configura pip para tu red) y repite la orden.",
        "The packages could not be downloaded: connect to the internet (or set pip up for your network) and run "
        "the command again.",
    ]


def test_help_needs_nothing_installed(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-I", "-S", SCRIPT, "help"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, overview() + "\n", "")


def command(folder: Path, *words: str, database: str = "") -> subprocess.CompletedProcess[str]:
    """Runs the package's command with a data folder of its own."""
    environment = {**os.environ, "TEQUIO_DATA": str(folder), "PYTHONPATH": str(ROOT / "src"), "LANG": "es_MX.UTF-8"}
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "LC_ALL"):
        environment.pop(name, None)
    if database:
        environment["DATABASE_URL"] = database
    return subprocess.run(
        [sys.executable, "-m", "tequio", *words], capture_output=True, text=True, env=environment, check=False
    )


@pytest.mark.parametrize("words", [("up", "--port"), ("serve", "--bind")])
def test_a_taken_port_is_named_and_nothing_is_touched(tmp_path: Path, words: tuple[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = command(tmp_path, words[0], words[1], str(port) if words[0] == "up" else f"127.0.0.1:{port}")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"El puerto {port} está ocupado: cierra lo que lo usa o elige otro con «{words[1]}».",
        f"Port {port} is taken: close what uses it or choose another one with '{words[1]}'.",
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_second_up_is_quick_and_touches_no_data(tmp_path: Path) -> None:
    first = command(tmp_path, "up", "--no-serve", "--no-demo")
    assert (first.returncode, first.stderr) == (0, "")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    second = command(tmp_path, "up", "--no-serve", "--no-demo")
    assert (second.returncode, second.stderr) == (0, "")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert (tmp_path / "tequio.sqlite3") in before


def test_verify_without_tables_says_what_to_run(tmp_path: Path) -> None:
    done = command(tmp_path, "verify")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Las tablas no están al día: corre antes «./tequio manage migrate».",
        "The tables are not up to date: run './tequio manage migrate' first.",
    ]


def test_a_database_that_does_not_answer_is_told_in_a_sentence(tmp_path: Path) -> None:
    done = command(tmp_path, "up", "--no-serve", database="postgres://nobody@127.0.0.1:9/none")
    assert done.returncode == 1
    assert done.stderr.startswith("La base de datos no responde: revisa DATABASE_URL y que esté encendida (")
    assert "The database does not answer: check DATABASE_URL and that it is running (" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_word_is_told_and_the_help_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nada"]) == 2
    assert capsys.readouterr().err == (f"No conozco la orden «nada».\nThere is no command 'nada'.\n{overview()}\n")


def test_a_port_is_free_until_somebody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert server.is_free("127.0.0.1", port) is False
    assert server.is_free("127.0.0.1", port) is True


def test_a_postgres_that_was_named_and_does_not_answer_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEQUIO_TEST_POSTGRES", "postgres://nobody@127.0.0.1:9/none")
    with pytest.raises(SystemExit, match="does not answer"):
        find_postgres()
