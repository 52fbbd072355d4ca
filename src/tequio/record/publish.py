"""Signed checkpoints: when the tree has grown, and at least once a day."""

import base64
import datetime as dt
import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tequio.record import kinds, tree
from tequio.record.core import note
from tequio.record.core.checkpoint import Checkpoint as Statement
from tequio.record.models import Act, Checkpoint
from tequio.record.sequence import sequence, tree_size

USUAL = dt.timedelta(minutes=15)
DECISIVE = dt.timedelta(minutes=1)
QUIET = dt.timedelta(days=1)


@lru_cache(maxsize=4)
def _signer(path: Path, origin: str) -> note.Signer:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(base64.b64encode(os.urandom(32)).decode())
    seed = base64.b64decode(path.read_text().strip())
    return note.Signer(origin, Ed25519PrivateKey.from_private_bytes(seed))


def signer() -> note.Signer:
    """The log's key, made at first use and readable by the system alone."""
    return _signer(Path(settings.RECORD_KEY_FILE), settings.RECORD_ORIGIN)


def newest() -> Checkpoint | None:
    """The newest checkpoint."""
    return Checkpoint.objects.order_by("-id").first()


def is_due(now: dt.datetime) -> bool:
    """Whether a checkpoint is due: the tree grew a quarter of an hour ago, a decisive act a minute ago, or a day went by."""
    size, last = tree_size(), newest()
    if last is None:
        return size > 0
    age = now - last.made
    if size == last.size:
        return age >= QUIET
    if age >= USUAL:
        return True
    recent = Act.objects.filter(numbered__position__gte=last.size).values_list("kind", flat=True).distinct()
    decisive = {kind.key for kind in kinds.all_kinds() if kind.decisive}
    return age >= DECISIVE and bool(decisive & set(recent))


def publish_if_due() -> Checkpoint | None:
    """Signs a checkpoint when one is due."""
    return publish() if is_due(timezone.now()) else None


@transaction.atomic
def publish() -> Checkpoint | None:
    """Numbers what waits and signs the tree as it stands; None while it is empty."""
    sequence(wait=True)
    size = tree_size()
    if size == 0:
        return None
    root = tree.root(size)
    text = Statement(settings.RECORD_ORIGIN, size, root).text
    return Checkpoint.objects.create(size=size, root=root.hex(), note=note.sign(text, signer()), made=timezone.now())
