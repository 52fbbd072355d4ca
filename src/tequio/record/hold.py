"""Whether somebody holds more of this log than this host does: then nothing is written until the host has recovered.

It happens when a database is put back from an older copy. Acts written on top of it would be a second story at positions
that are taken: a fork, which every witness refuses for ever. The flag lies beside the log's key, where all servers of an
installation see it.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tequio.record import keys
from tequio.record.core.checkpoint import Checkpoint as Statement
from tequio.record.core.note import Note

REFUSAL = _(
    "El registro está en pausa: un aliado guarda actos que aquí faltan. Nada se puede cambiar hasta recuperarlos; "
    "avisa a quien administra el portal."
)


@dataclass(frozen=True)
class Behind:
    """Who holds more (an address or a name), and up to which size. ``forked``: it holds another story at a size that we
    have, which no recovery mends."""

    source: str
    size: int
    forked: bool = False


def path() -> Path:
    return keys.path().with_name("behind.json")


def behind() -> Behind | None:
    """The flag, or None."""
    try:
        return Behind(**json.loads(path().read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError):
        return Behind("", 0)  # there is a flag that cannot be read: better to wait than to fork


def need_none() -> None:
    """Raises ``ValidationError`` while the flag is up."""
    if path().exists():
        raise ValidationError(REFUSAL, code="behind")


def raise_flag(found: Behind) -> None:
    """From now on nothing is written."""
    path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path().with_name("behind.new")
    draft.write_text(json.dumps(vars(found)), "utf-8")
    draft.replace(path())


def lower_flag() -> None:
    """The host has recovered."""
    path().unlink(missing_ok=True)


def notice(source: str, signed: str) -> Behind | None:
    """Looks at a checkpoint that somebody holds; raises the flag where this log signed it and it is not ours.

    None for a text that no key of this log signed: a stranger must not be able to stop the portal.
    """
    from tequio.record import keyring, tree
    from tequio.record.sequence import tree_size

    try:
        note = Note.parse(signed)
        said = Statement.parse(note.text)
        # A key that another one took over from says nothing any more: whoever stole it must not stop the portal.
        epochs = keyring.log_keys()
        known = {one.verifier for one in keys.all_held()} - {epoch.key for epoch in epochs[:-1]}
        known |= {epoch.key for epoch in epochs[-1:]}
        if not note.verified_by(*known):
            return None
    except ValueError:
        return None
    size = tree_size()
    if said.size > size:
        found = Behind(source, said.size)
    elif said.size and tree.root(said.size) != said.root:
        found = Behind(source, said.size, forked=True)
    else:
        return None
    raise_flag(found)
    return found
