"""Settings of an installation that a journey starts as a process: the product's, with files named as in the source."""

from tequio.config.settings import *  # noqa: F403
from tequio.config.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LINK_CHECKS = False
PAGE_HEAD_SECONDS = 0
