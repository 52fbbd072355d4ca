"""Signed checkpoints: when the tree has grown, and at least once a day."""

import base64
import datetime as dt
import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tequio.record import hold, keyring, kinds, state_seal, tree
from tequio.record.core import note
from tequio.record.core.checkpoint import Checkpoint as Statement
from tequio.record.entry import milliseconds, stamp
from tequio.record.models import Checkpoint, Leaf
from tequio.record.sequence import sequence, take_lock, tree_size

log = logging.getLogger(__name__)

USUAL = dt.timedelta(minutes=15)
DECISIVE = dt.timedelta(minutes=1)
QUIET = dt.timedelta(days=1)


def newest() -> Checkpoint | None:
    """The newest checkpoint."""
    return Checkpoint.objects.order_by("-id").first()


def due_at() -> dt.datetime | None:
    """When the next checkpoint falls due: a minute after the last one for decisive acts, a quarter of an hour for
    others, a day when nothing happened. None while the tree is empty."""
    size, last = tree_size(), newest()
    if last is None:
        return timezone.now() if size else None
    if size == last.size:
        return last.made + QUIET
    decisive = [kind.key for kind in kinds.all_kinds() if kind.decisive]
    waiting = Leaf.objects.filter(position__gte=last.size, act__kind__in=decisive).exists()
    return last.made + (DECISIVE if waiting else USUAL)


def seconds_until_due() -> float | None:
    """Seconds until ``due_at``, never below zero; None while the tree is empty."""
    due = due_at()
    return None if due is None else max(0.0, (due - timezone.now()).total_seconds())


def publish_if_due() -> Checkpoint | None:
    """Signs a checkpoint when one is due."""
    due = due_at()
    return publish() if due is not None and timezone.now() >= due else None


def tick() -> Checkpoint | None:
    """Numbers every act that waits, however late it committed, seals the state once a day, and signs a checkpoint when
    one is due."""
    if hold.behind() is not None:
        return None
    sequence(wait=True, thorough=True)
    state_seal.seal_if_due()
    return publish_if_due()


def publish() -> Checkpoint | None:
    """Numbers what waits and signs the tree as it stands; None while it is empty, or while its key is not here."""
    if hold.behind() is not None:
        return None
    sequence(wait=True)
    with transaction.atomic():
        take_lock(wait=True)  # so that no tree grows, and no other checkpoint is signed, meanwhile
        size = tree_size()
        if size == 0:
            return None
        root = tree.root(size)
        made = milliseconds(timezone.now())
        signers = keyring.signers()
        if not signers:
            log.error("the log's key is not on this machine: nothing is sealed until it is (docs/succession.md)")
            return None
        signer = signers[0]
        text = note.sign(Statement(settings.RECORD_ORIGIN, size, root).text, *signers)
        time_signature = base64.b64encode(signer.signature(time_statement(text, made))).decode()
        return Checkpoint.objects.create(
            size=size, root=root.hex(), note=text, made=made, time_signature=time_signature
        )


def time_statement(note_text: str, made: dt.datetime) -> str:
    """What the log signs about the time of a checkpoint: its note carries none. The first line is no log's name."""
    return f"tequio checkpoint time\n{stamp(made)}\n\n{note_text}"
