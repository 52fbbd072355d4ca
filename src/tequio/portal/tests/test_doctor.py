"""``doctor`` names each fault of an installation and says what to do about it."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tequio.common import health, schedule
from tequio.common.health import Level
from tequio.portal import health as portal
from tequio.portal.health_database import database
from tequio.portal.management.commands.doctor import ask


@pytest.fixture
def installation(settings: Any, tmp_path: Path) -> Any:
    """Production settings in a folder of the test's own."""
    settings.DATA, settings.BLOB_ROOT, settings.TRIAL = tmp_path, tmp_path / "blobs", False
    settings.RECORD_KEY_FILE = tmp_path / "keys" / "log.key"
    settings.BASE_URL, settings.ALLOWED_HOSTS = "https://tequio.example", ["tequio.example"]
    settings.SECRET_KEY = "".join(chr(33 + n % 90) for n in range(64))
    settings.DEBUG = False
    return settings


def levels(check: health.Check) -> list[Level]:
    return [finding.level for finding in check()]


def test_a_sound_installation_has_only_good_findings(installation: Any) -> None:
    assert levels(portal.safe_settings) == [Level.GOOD]
    assert levels(portal.files) == [Level.GOOD, Level.GOOD]
    assert levels(portal.clock) == [Level.GOOD]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", True),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", ["*"]),
        ("ALLOWED_HOSTS", ["other.example"]),
        ("BASE_URL", "http://tequio.example"),
    ],
)
def test_each_unsafe_setting_is_named_with_what_to_do(installation: Any, name: str, value: Any) -> None:
    setattr(installation, name, value)
    bad, good = list(portal.safe_settings())
    assert (bad.level, good.level) == (Level.BAD, Level.GOOD)
    assert bad.fix.endswith(".")


def test_data_that_was_born_in_a_trial_is_told_in_production(installation: Any) -> None:
    (installation.DATA / "trial").touch()
    assert levels(portal.safe_settings) == [Level.WARN, Level.GOOD]


def test_a_key_that_others_may_read_is_a_fault_and_the_next_key_belongs_off_line(installation: Any) -> None:
    path = installation.RECORD_KEY_FILE
    assert levels(portal.record_key) == [Level.WARN]
    path.parent.mkdir()
    path.touch(mode=0o600)
    assert levels(portal.record_key) == [Level.GOOD]
    path.chmod(0o644)
    assert levels(portal.record_key) == [Level.BAD]
    path.chmod(0o600)
    path.with_name("log.key.next").touch()
    assert levels(portal.record_key) == [Level.WARN, Level.GOOD]


def test_rounds_of_tasks_that_stopped_are_told(installation: Any) -> None:
    assert levels(portal.tasks) == [Level.WARN]
    note = installation.DATA / "last-tick.json"
    note.write_text(json.dumps({"time": time.time(), "faults": {}}))
    assert levels(portal.tasks) == [Level.GOOD]
    note.write_text(json.dumps({"time": time.time() - 3600, "faults": {"record": "broken"}}))
    assert levels(portal.tasks) == [Level.BAD, Level.WARN]


def test_a_mail_server_that_does_not_answer_is_a_fault(installation: Any) -> None:
    installation.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    installation.EMAIL_HOST, installation.EMAIL_PORT = "127.0.0.1", 9
    assert levels(portal.mail) == [Level.BAD]
    installation.TRIAL = True
    assert levels(portal.mail) == [Level.GOOD]


@pytest.mark.django_db
def test_the_database_of_the_tests_is_sound() -> None:
    assert levels(database) == [Level.GOOD, Level.GOOD]


def test_a_question_that_breaks_is_a_finding_and_the_others_are_asked() -> None:
    def broken() -> Any:
        raise RuntimeError("no disk")

    (finding,) = ask("disk", broken)
    assert finding.level is Level.BAD
    assert finding.what == "La revisión «disk» no pudo terminar: no disk."


@pytest.mark.django_db
def test_one_round_runs_every_task_and_notes_the_time(installation: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    monkeypatch.setattr(schedule, "_tasks", {"one": lambda: ran.append("one"), "two": lambda: ran.append("two")})
    call_command("tick")
    assert ran == ["one", "two"]
    assert json.loads((installation.DATA / "last-tick.json").read_text())["faults"] == {}
