"""The log's keys through time: which one signs now, which signed before, and how the next takes its place."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.common.moment import remembered
from tequio.record import genesis, keys, log_acts
from tequio.record.core import canon, history
from tequio.record.core.history import ChainError, Epoch
from tequio.record.core.note import Signer, Verifier
from tequio.record.models import Act
from tequio.record.sequence import sequence


@remembered
def log_keys() -> list[Epoch]:
    """The keys of the log in their order; empty before its first act. Raises ``ChainError`` where the chain is broken."""
    told = (history.STARTED, history.ROTATED, history.SUCCEEDED, history.POLICY_SET)
    rows = Act.objects.filter(on__in=(history.LOG, history.POLICY), kind__in=told, numbered__isnull=False)
    entries = rows.order_by("numbered__position").values_list("numbered__position", "entry")
    return history.history((position, _decoded(bytes(entry))) for position, entry in entries)


def _decoded(entry: bytes) -> dict[str, Any]:
    try:
        said = canon.decode(entry)
    except ValueError as error:
        raise ChainError("an act about keys cannot be read") from error
    return said if isinstance(said, dict) else {}


def log_key() -> Verifier:
    """The key that signs now; before the first act, the one that will."""
    try:
        epochs = log_keys()
    except ChainError:
        epochs = []
    return epochs[-1].key if epochs else keys.signer().verifier


def key_of(size: int) -> Verifier:
    """The key that signs a tree of ``size`` acts."""
    epoch = history.at_size(log_keys(), size)
    return epoch.key if epoch else log_key()


def signers() -> list[Signer]:
    """Who signs a checkpoint: the key in force, and for thirty days after a rotation the one before it as well.

    Empty when the key in force is not on this machine: then nothing is sealed, rather than sealed by a stranger.
    """
    epochs = log_keys()
    if not epochs:
        return [keys.signer()]
    found = [keys.find(epochs[-1].key.vkey)]
    if len(epochs) > 1 and epochs[-1].how == history.ROTATED:
        since = dt.datetime.fromisoformat(epochs[-1].at.replace("Z", "+00:00"))
        if timezone.now() - since < dt.timedelta(days=history.OVERLAP_DAYS):
            found.append(keys.find(epochs[-2].key.vkey))
    return [one for one in found if one is not None] if found[0] is not None else []


def rotate() -> Epoch:
    """The next key takes over: an act reveals it and announces the one after, whose file is made beside it.

    Raises ``ValidationError`` where the next key is not at hand or is not the announced one.
    """
    epochs = log_keys()
    if not epochs:
        raise ValidationError(_("El registro aún no empieza: no hay llave que cambiar."))
    here = keys.path()
    following, after, before = (here.with_name(here.name + ending) for ending in (".next", ".after", ".previous"))
    if not following.exists():
        raise ValidationError(
            _("Falta la llave siguiente: trae del sobre el archivo «%(name)s» y ponlo en «%(folder)s».")
            % {"name": following.name, "folder": here.parent}
        )
    signer = keys.read(following)
    if history.hash_of(signer.verifier) != epochs[-1].next_hash:
        raise ValidationError(_("Esa no es la llave que el registro anunció; con ella nadie aceptaría sus sellos."))
    if not after.exists():
        keys.make(after)
    with transaction.atomic():
        log_acts.write(
            history.ROTATED,
            genesis.LOG,
            {
                "origin": settings.RECORD_ORIGIN,
                "key": signer.verifier.vkey,
                "next_key_hash": history.hash_of(keys.read(after).verifier),
            },
        )
    sequence(wait=True)
    _move(here, before)
    _move(following, here)
    _move(after, following)
    return log_keys()[-1]


def _move(old: Path, new: Path) -> None:
    if old.exists():
        old.replace(new)
