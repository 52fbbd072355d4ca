"""What the shape of the code promises and import-linter cannot see. Each test names every place that breaks it."""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "tequio"
LONGEST = 400
LONG_ON_PURPOSE = {"src/tequio/witnesses/tool/tequio_testigo.py"}  # one file, so that an ally can read and carry it
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch|oklab|lab|lch|color)\(")
# Addresses of registries and folders of one machine, in pieces so that this file may be searched as well.
REGISTRIES = re.compile(
    "|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "registry\\.npm" + "js", "file" + ":///"))
)
MACHINE = re.compile(r"(?<![\w.}])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me")) + r")/\w")


def own(pattern: str) -> list[Path]:
    """Files of the product itself: no tests, no migrations."""
    found = SRC.rglob(pattern)
    return sorted(path for path in found if not {"tests", "migrations", "__pycache__"} & set(path.parts))


def places(files: list[Path], pattern: str | re.Pattern[str]) -> list[str]:
    """``file:line: text`` for each line that the pattern finds."""
    search = re.compile(pattern).search
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if search(line)
    ]


def committed() -> list[Path]:
    """Text files that git keeps, or would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    paths = [ROOT / name for name in names if (ROOT / name).is_file()]
    return [path for path in paths if b"\0" not in path.read_bytes()[:8000]]


def test_nothing_happens_by_signal() -> None:
    assert (
        places(own("*.py"), r"django\.dispatch|db\.models\.signals|core\.signals|@receiver|\.connect\(.*sender") == []
    )


def test_saving_a_row_only_saves_it() -> None:
    overridden = {
        f"{parent.__module__}.{parent.__name__}.{name}"
        for model in apps.get_models()
        for parent in model.__mro__
        for name in ("save", "delete", "save_base", "full_clean")
        if parent.__module__.startswith("tequio.") and name in vars(parent)
    }
    assert overridden == set()


def test_no_model_hides_rows_behind_a_manager() -> None:
    hidden = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("tequio.") and type(model._default_manager) is not models.Manager
    ]
    assert [name for name in hidden if name != "people.Account"] == []  # allauth needs the manager of accounts


def test_pages_carry_no_style_and_no_script_of_their_own() -> None:
    # The page that an ally keeps on their own computer is one file; no server of ours sends it as a page.
    templates = [path for path in own("*.html") + own("*.svg") if path.parent.name != "tool"]
    inline = r"(?i)<script(?![^>]*\bsrc=)|<style\b|\sstyle=|[\s\"']on[a-z]+=[\"']|javascript:|hx-on"
    assert places(templates, inline) == []


def test_colours_are_named_in_one_file_only() -> None:
    css = [path for path in own("*.css") if path.name != "tokens.css"]
    assert places(css, COLOUR) == []


def test_a_person_can_read_each_file_in_one_sitting() -> None:
    files = [path for suffix in ("*.py", "*.html", "*.css", "*.js") for path in own(suffix)]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in files}
    assert {name: n for name, n in lengths.items() if n > LONGEST and name not in LONG_ON_PURPOSE} == {}


def test_every_setting_from_the_environment_is_described() -> None:
    read = re.compile(r"""env(?:\.\w+)?\(\s*"([A-Z_]+)"|environ(?:\.get|\.setdefault)?[\[(]\s*"(TEQUIO_[A-Z_]+)\"""")
    files = [*own("*.py"), ROOT / "tequio", ROOT / "tests" / "settings.py"]
    names = {one or two for path in files for one, two in read.findall(path.read_text("utf-8"))}
    inner = {"TEQUIO_ROOT", "TEQUIO_OTHER_PYTHON", "TEQUIO_TEST_DATABASE"}  # one part of the product tells another
    described = set(re.findall(r"`([A-Z_]{4,})`", (ROOT / "docs" / "settings.md").read_text("utf-8")))
    assert sorted(names - inner - described) == []
    assert sorted(described - names) == []


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE], ids=["registry", "folder"])
def test_no_file_names_a_registry_or_a_folder_of_one_machine(pattern: re.Pattern[str]) -> None:
    assert places(committed(), pattern) == []


def test_locks_hold_a_hash_for_each_package_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        entries = (ROOT / name).read_text("utf-8").replace("\\\n", " ").splitlines()
        assert [line for line in entries if not re.match(r"[a-z0-9._-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []


def test_developers_have_the_same_releases_as_users() -> None:
    users, developers = (
        set(re.findall(r"^[a-z0-9._-]+==\S+", (ROOT / name).read_text("utf-8"), re.M))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert sorted(users - developers) == []
