"""This installation as a witness of others: each Tequio guards the rest."""

import base64
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.record import keys
from tequio.record.core.cosignature import Witness as Cosigner
from tequio.record.core.note import NoteError, Verifier
from tequio.record.core.witness import Answer, Seen, answer
from tequio.witnesses.models import WatchedLog


def own_witness() -> Cosigner:
    """The key with which this installation confirms other logs, made at first use; never the log's own."""
    path = Path(settings.RECORD_KEY_FILE).with_name("witness.key")
    if not path.exists():
        keys.make(path)
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(path.read_text().strip()))
    return Cosigner(f"{settings.RECORD_ORIGIN}/testigo", private)


def watch_log(*, name: str, vkey: str) -> WatchedLog:
    """Begins to watch another log. Raises ``ValidationError`` for a key that is none, our own, or known already."""
    try:
        log = Verifier.parse(vkey.strip())
    except NoteError as error:
        raise ValidationError({"vkey": _("Esta no es la llave pública de un registro.")}) from error
    if log.name == settings.RECORD_ORIGIN or WatchedLog.objects.filter(origin=log.name).exists():
        raise ValidationError({"vkey": _("Ese registro ya está, o es este mismo.")})
    return WatchedLog.objects.create(origin=log.name, name=name.strip(), vkey=log.vkey)


@transaction.atomic
def add_checkpoint(*, body: str) -> Answer:
    """Answers a log that asks us to confirm its checkpoint. What was seen is stored in the same step as it is signed."""
    held: dict[str, WatchedLog] = {}

    def log_of(origin: str) -> Verifier | None:
        row = WatchedLog.objects.select_for_update().filter(origin=origin).first()
        if row is None:
            return None
        held[origin] = row
        return Verifier.parse(row.vkey)

    def seen_of(origin: str) -> Seen:
        row = held[origin]
        return Seen(row.size, bytes.fromhex(row.root)) if row.size else Seen()

    found = answer(body, log_of, seen_of, own_witness(), int(time.time()))
    if found.remember is not None:
        (row,) = held.values()
        row.size, row.root, row.signed = found.remember.size, found.remember.root.hex(), timezone.now()
        row.save(update_fields=["size", "root", "signed"])
    return found
