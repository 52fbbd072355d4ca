"""Which file of the copy an address becomes. A pure function: the same address has the same file in every copy."""

import hashlib
import posixpath
import re
from functools import lru_cache
from urllib.parse import quote, unquote

INDEX = "index.html"
UNSAFE = re.compile(r"[^A-Za-z0-9._/=&~-]")  # what some file system or web server takes for something else
LONGEST_QUERY = 60


def _mark(text: str) -> str:
    """Eight hexadecimal digits that keep apart what shortening makes alike."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@lru_cache(maxsize=100_000)
def file_of(path: str, query: str = "") -> str:
    """``/x/tablero/?luz=red`` → ``x/tablero/index@luz=red-1a2b3c4d.html``; ``/registro/llaves`` → ``registro/llaves``."""
    said = unquote(path).lstrip("/")
    plain = UNSAFE.sub("_", said)
    if plain != said:
        head, tail = posixpath.split(plain.rstrip("/"))
        plain = posixpath.join(head, f"{tail}-{_mark(said)}") + ("/" if said.endswith("/") else "")
    # Its address ends like a folder below the file itself; a folder and a file cannot share a name.
    if plain.startswith("registro/blobs/") and plain.endswith("/texto"):
        plain = plain.removesuffix("/texto") + ".texto.txt"
    if plain == "" or plain.endswith("/"):
        plain += INDEX
    if query:
        stem, ending = posixpath.splitext(plain)
        words = UNSAFE.sub("_", unquote(query))[:LONGEST_QUERY]
        plain = f"{stem}@{words}-{_mark(query)}{ending or '.html'}"
    return plain


def between(source: str, target: str) -> str:
    """The relative address that leads from one file of the copy to another."""
    return _from(source.rpartition("/")[0], target)


@lru_cache(maxsize=100_000)
def _from(folder: str, target: str) -> str:
    here, there = _parts(folder), _parts(target)
    same = 0
    while same < len(here) and same < len(there) - 1 and here[same] == there[same]:
        same += 1
    return "../" * (len(here) - same) + "/".join(there[same:])


@lru_cache(maxsize=100_000)
def _parts(name: str) -> tuple[str, ...]:
    return tuple(quote(name, safe="/@=&~.-_").split("/")) if name else ()
