"""Settings of the tests: the product's own, away from any installation's data, mail and environment."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

if sys.dont_write_bytecode:
    # Whoever wants no bytecode beside the sources gets it in a folder of its own: compiling the product and rewriting the
    # tests' assertions again in each process would cost more than many of the tests.
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(Path(__file__).parent.parent / ".cache" / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix  # for processes that tests start

_memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
_folder = tempfile.mkdtemp(prefix="tequio-tests-", dir=_memory)
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

for _name in (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "TEQUIO_BASE_URL",
    "TEQUIO_TRIAL",
    "TEQUIO_DEBUG",
    "CACHE_URL",
    "EMAIL_URL",
):
    os.environ.pop(_name, None)
os.environ["TEQUIO_DATA"] = _folder
os.environ["DATABASE_URL"] = os.environ.get("TEQUIO_TEST_DATABASE") or f"sqlite:///{_folder}/tequio.sqlite3"

from tequio.config.settings import *  # noqa: E402, F403
from tequio.config.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in an installation: several threads, WAL and its locks behave as they will.
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}
else:
    # What a test writes need not survive the machine: the server answers before its disk does.
    DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=off"}
DATABASES["default"]["CONN_MAX_AGE"] = 0

# Pages name files as they are in the source: no collectstatic before a test.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PAGE_HEAD_SECONDS = 0  # each request asks anew
