"""What the terminal says. Good news in the terminal's language; bad news in Spanish and in English."""

import os
import sys
from typing import NoReturn


def language() -> str:
    """``en`` when the terminal speaks English, else ``es``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "en" if os.environ[name].lower().startswith("en") else "es"
    return "es"


def say(spanish: str, english: str, *, error: bool = False) -> None:
    """Prints a sentence: one language on standard output, both on standard error."""
    if error:
        print(spanish, english, sep="\n", file=sys.stderr, flush=True)
    else:
        print(english if language() == "en" else spanish, flush=True)


def stop(spanish: str, english: str) -> NoReturn:
    """Says what to do in one sentence of each language and ends with exit code 1."""
    say(spanish, english, error=True)
    raise SystemExit(1)
