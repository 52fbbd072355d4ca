"""When every key is lost: a note that witnesses sign, and with it a new key for the same log (record.core.history)."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tequio.record import keyring, keys, log_acts, tree
from tequio.record.core import canon, history
from tequio.record.core.history import ChainError, Epoch, Succession
from tequio.record.core.note import Note
from tequio.record.core.policy import Policy
from tequio.record.models import Act
from tequio.record.publish import newest
from tequio.record.sequence import sequence


def draft(*, reason: str) -> str:
    """The text of the note, with an empty line after which the witnesses' lines go. Makes the new key and the one after.

    Raises ``ValidationError`` while the key in force is here: then it is a rotation, not a loss.
    """
    epochs, seal = keyring.log_keys(), newest()
    if not epochs or seal is None:
        raise ValidationError(_("El registro aún no tiene sellos: no hay nada que suceder."))
    if keys.find(epochs[-1].key.vkey) is not None:
        raise ValidationError(
            _("La llave del registro está aquí: no hace falta carta. Para cambiarla, «record keys rotate».")
        )
    if not reason.strip():
        raise ValidationError(_("Escribe el motivo: los testigos lo leen antes de firmar."))
    here = keys.path()
    names = (here, here.with_name(f"{here.name}.next"))
    for path in names:
        if path.exists():
            path.replace(path.with_name(f"{path.name}.old-{dt.date.today():%Y%m%d}"))  # noqa: DTZ011  a file's name
        keys.make(path)
    key, after = (keys.read(path).verifier for path in names)
    note = Succession(
        settings.RECORD_ORIGIN, seal.size, tree.root(seal.size), key, history.hash_of(after), settings.BASE_URL, reason
    )
    return note.text + "\n"


def policy_at(size: int) -> Policy:
    """The policy in force in the tree of ``size`` acts."""
    rows = Act.objects.filter(on=history.POLICY, numbered__position__lt=size).order_by("-rev")
    last = rows.first()
    return Policy.parse(canon.decode(bytes(last.entry))["state"]["text"]) if last else Policy()


def succeed(*, signed: str) -> Epoch:
    """Takes the note that enough witnesses signed: an act carries it, and the new key signs from there on."""
    try:
        size = Succession.parse(Note.parse(signed).text).size
        said = Succession.signed(signed, policy_at(size))
    except ChainError as error:
        raise ValidationError(_("Todavía no bastan las firmas de los testigos, o alguna no vale.")) from error
    except ValueError as error:
        raise ValidationError(_("Esto no es la carta firmada: pega los renglones de los testigos al final.")) from error
    seal = newest()
    if said.origin != settings.RECORD_ORIGIN or seal is None or size > seal.size or tree.root(size) != said.root:
        raise ValidationError(_("La carta es de otro registro, o de un árbol que aquí no está."))
    if keys.find(said.key.vkey) is None:
        raise ValidationError(_("La llave que nombra la carta no está en este equipo."))
    with transaction.atomic():
        log_acts.write(history.SUCCEEDED, history.LOG, {"note": signed, "host": said.host, "why": said.reason})
    sequence(wait=True)
    return keyring.log_keys()[-1]
