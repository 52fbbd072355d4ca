"""The result of looking through a file, and what is sought in all of them."""

import re
from dataclasses import dataclass, field

# A web page at the beginning of a file of another type: a browser that guesses would run it.
MARKUP = re.compile(rb"<(?:!doctype\s+html|html|script|svg|iframe|body)[\s>/]", re.IGNORECASE)


@dataclass(frozen=True)
class Looked:
    """The bytes to keep, and what the uploader should know of them, a sentence each (who the file says wrote it)."""

    content: bytes
    notes: list[str] = field(default_factory=list)
