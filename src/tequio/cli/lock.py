"""``lock``: pins every package by hash for Python 3.11–3.13, for users and for developers, with no address in the files."""

import subprocess
import sys
from collections.abc import Sequence

from tequio.cli import parser
from tequio.cli.project import ROOT
from tequio.cli.say import say

COMPILE = ["-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes"]
PLAIN = ["--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header", "--quiet"]


def run(name: str, words: Sequence[str]) -> int:
    """Writes both locks from the ranges in pyproject.toml. ``--upgrade`` takes the newest release of each package."""
    options = parser(name)
    options.add_argument("--upgrade", action="store_true", help="toma lo más nuevo · takes the newest")
    more = ["--upgrade"] if options.parse_args(words).upgrade else []
    users = [*COMPILE, *PLAIN, *more, "pyproject.toml", "-o", "requirements.txt"]
    developers = [*COMPILE, *PLAIN, *more, "pyproject.toml", "--group", "dev", "-c", "requirements.txt"]
    for command in (users, [*developers, "-o", "requirements-dev.txt"]):
        if code := subprocess.call([sys.executable, *command], cwd=ROOT):
            return code
    say("Listo: requirements.txt y requirements-dev.txt.", "Done: requirements.txt and requirements-dev.txt.")
    return 0
