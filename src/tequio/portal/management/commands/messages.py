"""``messages``: brings the English catalogue up to date with the Spanish texts in the code; ``--check`` only looks.

Needs GNU gettext (``xgettext``) and polib, as developers have them. The compiled ``.mo`` files are committed: a portal
starts on a machine without gettext.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.management.commands import makemessages

CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
ALIASES = ("_t", "lazy", "_lazy")
"""Names under which modules import gettext, besides those that Django looks for."""


class _Extract(makemessages.Command):
    xgettext_options = [*makemessages.Command.xgettext_options, *(f"--keyword={name}" for name in ALIASES)]


class Command(BaseCommand):
    help = "Updates the English catalogue, or with --check tells what it lacks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, tell what is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not shutil.which("xgettext"):
            raise CommandError("gettext: «sudo apt install gettext»")
        own = settings.PACKAGE / CATALOGUE
        catalogue = polib.pofile(str(own)) if own.exists() else _empty()
        wanted = _wanted()
        if not options["check"]:
            _merge(catalogue, wanted)
            own.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(own))
            catalogue.save_as_mofile(str(own.with_suffix(".mo")))
        faults = _faults(catalogue, wanted, own.with_suffix(".mo"))
        if faults:
            shown = faults[:40] + ([f"… ({len(faults)})"] if len(faults) > 40 else [])
            raise CommandError("\n".join(shown))


def _key(entry: polib.POEntry) -> tuple[str, str, str]:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def _empty() -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return catalogue


def _wanted() -> polib.POFile:
    """Every text that the code marks for translation today, read from a copy so that nothing here is touched."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tequio"
        shutil.copytree(
            settings.PACKAGE, copy, ignore=shutil.ignore_patterns("tests", "__pycache__", "locale", "static")
        )
        (copy / "locale").mkdir()
        place, settings.LOCALE_PATHS = settings.LOCALE_PATHS, [copy / "locale"]
        try:
            _extract(copy)
        finally:
            settings.LOCALE_PATHS = place
        return polib.pofile(str(copy / CATALOGUE))


def _extract(folder: Path) -> None:
    import contextlib

    with contextlib.chdir(folder):
        call_command(
            _Extract(), locale=["en"], no_location=True, no_wrap=True, extensions=["html", "py", "txt"], verbosity=0
        )


def _merge(catalogue: polib.POFile, wanted: polib.POFile) -> None:
    """Adds new texts without a translation and drops those that the code no longer has; no guessed translations."""
    keys = {_key(entry) for entry in wanted}
    for entry in [entry for entry in catalogue if _key(entry) not in keys]:
        catalogue.remove(entry)
    have = {_key(entry) for entry in catalogue}
    catalogue.extend(entry for entry in wanted if _key(entry) not in have)
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))


def _faults(catalogue: polib.POFile, wanted: polib.POFile, compiled: Path) -> list[str]:
    have = {_key(entry) for entry in catalogue if not entry.obsolete}
    faults = [f"not in the catalogue: {entry.msgid!r}" for entry in wanted if _key(entry) not in have]
    faults += [f"no translation: {entry.msgid!r}" for entry in catalogue.untranslated_entries()]
    faults += [f"guessed translation: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()]
    if not compiled.exists() or _texts(polib.mofile(str(compiled))) != _texts(catalogue):
        faults.append(f"{compiled.name} is not what {compiled.stem}.po says")
    return faults


def _texts(
    catalogue: polib.POFile | polib.MOFile,
) -> dict[tuple[str, str, str], tuple[str, tuple[tuple[int, str], ...]]]:
    return {
        _key(entry): (entry.msgstr, tuple(sorted((int(number), text) for number, text in entry.msgstr_plural.items())))
        for entry in catalogue
        if entry.msgid and (entry.msgstr or any(entry.msgstr_plural.values()))
    }
