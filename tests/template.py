"""A test database is a copy of one that was migrated from nothing, once for all workers and for all runs until something
that migrations draw on changes.

SQLite's stand as files in ``.cache/``, PostgreSQL's as databases beside those of the tests, named
``<name>_template_<digest>``. The digest is of every migration, of what migrations import with the data beside it, of the
models, of the settings and of the libraries that bring tables of their own. Delete them to have them made anew.
"""

import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.backends.postgresql.creation import DatabaseCreation as PostgresCreation
from django.db.backends.sqlite3.creation import DatabaseCreation as SQLiteCreation

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
FOLDER = ROOT / ".cache" / "databases"
KEPT = 3  # of other branches: going back to one costs nothing
OURS = re.compile(r"^\s*(?:from|import) (tequio[\w.]*)(?: import ([\w, ]+))?", re.MULTILINE)
BRINGING_TABLES = ("django", "django-allauth", "django-i18nfield")
DATA = {".json", ".csv"}

_from_nothing = BaseDatabaseCreation.create_test_db


def _modules(path: Path) -> Iterator[Path]:
    """The files of ours that a file imports."""
    for module, names in OURS.findall(path.read_text(encoding="utf-8")):
        base = SOURCE.joinpath(*module.split("."))
        for place in [base, *(base / name.strip() for name in names.split(",") if name.strip())]:
            for found in (place.with_suffix(".py"), place / "__init__.py"):
                if found.is_file():
                    yield found


@cache
def sources() -> list[Path]:
    """The files that decide what a migrated database holds."""
    ours = SOURCE / "tequio"
    found = set(ours.glob("*/migrations/*.py"))
    found |= {module for path in found for module in _modules(path)}
    apps = {ours / path.relative_to(ours).parts[0] for path in found}
    for app in apps:
        found |= {
            path for path in app.rglob("*") if path.suffix in DATA and "tests" not in path.relative_to(ours).parts
        }
    for pattern in ("*/apps.py", "*/models.py", "*/models/*.py", "config/settings.py"):
        found |= set(ours.glob(pattern))
    return sorted(found | {Path(__file__).with_name("settings.py")})


@cache
def digest() -> str:
    """Another for everything that may give another database."""
    seen = hashlib.sha256()
    for name in BRINGING_TABLES:
        seen.update(f"{name} {version(name)}\n".encode())
    seen.update(f"sqlite {sqlite3.sqlite_version}\n".encode())
    for path in sources():
        seen.update(f"{path.relative_to(ROOT)}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return seen.hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time; the others wait."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _ready(creation: Any, name: str, *, serialize: bool) -> str:
    """What ``create_test_db`` does after migrating."""
    settings.DATABASES[creation.connection.alias]["NAME"] = name
    creation.connection.settings_dict["NAME"] = name
    if serialize:
        creation.connection._test_serialized_contents = creation.serialize_db_to_string()
    creation.connection.ensure_connection()
    return name


def sqlite_template() -> Path:
    return FOLDER / f"{digest()}.sqlite3"


def _create_sqlite(
    self: Any, verbosity: int = 1, autoclobber: bool = False, serialize: bool = True, keepdb: bool = False
) -> str:
    if keepdb or self.is_in_memory_db(self._get_test_db_name()):
        return str(_from_nothing(self, verbosity, autoclobber, serialize, keepdb))
    with _alone():
        template = sqlite_template()
        if not template.exists():
            made = _from_nothing(self, verbosity, autoclobber, False)
            self.connection.close()  # the last connection writes the WAL into the file
            shutil.copyfile(made, template.with_suffix(".part"))
            os.replace(template.with_suffix(".part"), template)
        os.utime(template)
        for old in sorted(FOLDER.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            old.unlink()
        name: str = self._create_test_db(verbosity, autoclobber, keepdb)
        shutil.copyfile(template, name)
    return _ready(self, name, serialize=serialize)


def postgres_prefix(connection: Any) -> str:
    """What the names of all templates of one base name begin with, within PostgreSQL's 63 bytes."""
    return f"{connection.settings_dict['NAME'][:30]}_template_"


def _create_postgres(
    self: Any, verbosity: int = 1, autoclobber: bool = False, serialize: bool = True, keepdb: bool = False
) -> str:
    if keepdb:
        return str(_from_nothing(self, verbosity, autoclobber, serialize, keepdb))
    prefix = postgres_prefix(self.connection)
    template, part = f"{prefix}{digest()}", f"{prefix}part"
    quote, test = self._quote_name, self.connection.settings_dict["TEST"]
    with _alone(), self._nodb_cursor() as cursor:
        # Those of another machine or clone, with the same base name, wait too.
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [prefix])
        if not self._database_exists(cursor, template):
            named = test["NAME"]
            test["NAME"] = part
            try:
                _from_nothing(self, verbosity, True, False)
            finally:
                test["NAME"] = named
                self.connection.close()
                self.connection.close_pool()
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
            for (old,) in cursor.fetchall():
                if old != part:
                    cursor.execute(f"DROP DATABASE IF EXISTS {quote(old)}")
            cursor.execute(f"ALTER DATABASE {quote(part)} RENAME TO {quote(template)}")
        test["TEMPLATE"] = template
        try:
            self._create_test_db(verbosity, autoclobber, keepdb)
        finally:
            del test["TEMPLATE"]
    self.connection.close()
    return _ready(self, self._get_test_db_name(), serialize=serialize)


def install() -> None:
    SQLiteCreation.create_test_db = _create_sqlite  # type: ignore[method-assign]
    PostgresCreation.create_test_db = _create_postgres  # type: ignore[method-assign]
